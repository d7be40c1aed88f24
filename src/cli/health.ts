import type { Command } from 'commander'
import type { Address } from '../setting-value.ts'
import { ask } from './ask.ts'
import type { Context, ExitCode } from './context.ts'
import type { End } from './end.ts'
import { loadConfig } from './load-settings.ts'

const timeoutMs = 5_000

/** `health`: for a container engine or a supervisor, without any tool beside the binary. */
export function addHealth(program: Command, context: Context, end: End): void {
  program
    .command('health')
    .description('Asks the server on this machine whether it can take events. Exit code 0 when it can, 1 when not.')
    .option('--json', 'print the answer of /healthz as it is')
    .action(async (options: { json?: true }) => end(await checkHealth(context, options.json === true)))
}

async function checkHealth(context: Context, asJson: boolean): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const address = config.settings.listenAddr
  const reply = await ask({
    to: { ...loopbackOf(address), isSecure: config.settings.tlsCertFile !== undefined },
    method: 'GET',
    path: '/healthz',
    timeoutMs,
  })
  if (!reply.ok) {
    context.tell(`error: nothing answers on port ${address.port} (${reply.fault})\n`)
    return 1
  }
  const isHealthy = reply.value.status === 200
  if (asJson) context.print(`${reply.value.text.trimEnd()}\n`)
  else context.print(`${isHealthy ? statusOf(reply.value.text) : `not healthy: /healthz answers ${reply.value.status}`}\n`)
  return isHealthy ? 0 : 1
}

/** Where a server that listens on `address` is reached from its own machine. */
export function loopbackOf(address: Address): { readonly host: string; readonly port: number } {
  if (address.host === undefined || address.host === '0.0.0.0') return { host: '127.0.0.1', port: address.port }
  return { host: address.host === '::' ? '::1' : address.host, port: address.port }
}

function statusOf(text: string): string {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && 'status' in body ? String(body.status) : 'ok'
  } catch {
    return 'ok'
  }
}
