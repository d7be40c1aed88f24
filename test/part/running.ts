import { startService } from '../../src/app.ts'
import { controlPath } from '../../src/base/control-path.ts'
import type { Log, LogFacts } from '../../src/base/log.ts'
import { createTally } from '../../src/base/tally.ts'
import { ask } from '../../src/cli/ask.ts'
import { readSettings } from '../../src/config.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'

export type LogLine = { readonly level: keyof Log; readonly message: string } & LogFacts

/** The whole service inside the test's own process, on a free port of loopback and in a folder of its own. */
export type Running = AsyncDisposable & {
  readonly url: string
  readonly port: number
  readonly folder: string
  readonly lines: readonly LogLine[]
  /** Asks one path; `key` goes as Bearer. */
  ask(path: string, init?: Asking): Promise<Response>
  /** Makes a key over the control socket, as the command does. */
  makeKey(scope: 'read' | 'ingest' | 'admin' | 'cloak', more?: { readonly tenant?: string; readonly expiresAt?: number }): Promise<string>
  revokeKey(key: string): Promise<void>
  /** Resolves once every acknowledged event is in the store. */
  settle(): Promise<void>
  /** Stops the service and keeps its folder until the end. */
  stop(): Promise<void>
}

export type Asking = {
  readonly method?: string
  readonly body?: string | Uint8Array | ReadableStream<Uint8Array>
  readonly headers?: Readonly<Record<string, string>>
  readonly key?: string
}

const askMs = 30_000
/** Tests date runs as they like: what is done by the clock to old ones is asked for by name. */
const quiet = { CLEANUP_ENABLED: 'false', RETENTION_ENABLED: 'false' }

/** Starts it with settings by their environment names. Limits are off unless they are given. */
export async function startRunning(env: Readonly<Record<string, string>> = {}): Promise<Running> {
  const own = temporaryFolder()
  const folder = env['DATA_DIR'] ?? own.path
  const config = readSettings({ LISTEN_ADDR: '127.0.0.1:0', RATE_LIMIT_RPM: '0', DATA_DIR: folder, ...quiet, ...env })
  if (!config.ok) throw new Error(config.fault.map(({ message }) => message).join('; '))
  const lines: LogLine[] = []
  const service = await startService(config.value.settings, { log: gatherLog(lines), lostLines: createTally() })
  const { url } = service

  async function makeKey(scope: string, { tenant = 'default', ...more }: { tenant?: string; expiresAt?: number } = {}): Promise<string> {
    const reply = await askControl('POST', '/keys', { scope, tenant, ...more })
    return (JSON.parse(reply) as { key: string }).key
  }

  async function askControl(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<string> {
    const reply = await ask({ to: { socketPath: controlPath(folder) }, method, path, body, timeoutMs: askMs })
    if (!reply.ok || reply.value.status >= 300) throw new Error(`control ${method} ${path} failed`)
    return reply.value.text
  }

  function askHttp(path: string, { method, body, headers, key }: Asking = {}): Promise<Response> {
    return fetch(`${url}${path}`, {
      redirect: 'manual',
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { ...headers, ...(key !== undefined && { Authorization: `Bearer ${key}` }) },
      ...(body !== undefined && { body }),
    })
  }

  let stopped: Promise<void> | undefined
  function stop(): Promise<void> {
    stopped ??= service.stop()
    return stopped
  }

  async function settle(): Promise<void> {
    await until(async () => /^telemetry_store_lag_events 0$/m.test(await (await askHttp('/metrics')).text()), 'the store has every event')
  }

  return {
    url,
    port: Number(new URL(url).port),
    folder,
    lines,
    ask: askHttp,
    makeKey,
    revokeKey: async (key) => void (await askControl('DELETE', `/keys/${key.split('_')[2]}`)),
    settle,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop()
      own[Symbol.dispose]()
    },
  }
}

function gatherLog(lines: LogLine[]): Log {
  const at = (level: keyof Log) => (facts: LogFacts, message: string) => void lines.push({ level, message, ...facts })
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** A body that every rule accepts, with what a test changes. */
export function eventBody(more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ random_id: crypto.randomUUID(), type: 'lxc', nsapp: 'docker', status: 'success', ...more })
}
