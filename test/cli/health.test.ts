import { describe, expect, setDefaultTimeout, test } from 'bun:test'
import { loopbackOf } from '../../src/cli/health.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { sampleContext } from './desk-sample.ts'

setDefaultTimeout(60_000) // Processes are started, on a machine that may be busy.

/** The exit code and the words of `health` against a server that answers so. */
async function checkAgainst(status: number, body: string, ...flags: string[]) {
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: ({ url }) => new Response(url.endsWith('/healthz') ? body : 'wrong path', { status }),
  })
  const context = sampleContext({ LISTEN_ADDR: `:${server.port}` })
  try {
    return { code: await runCommandLine(['health', ...flags], context), out: context.out() }
  } finally {
    await server.stop(true)
  }
}

describe('health', () => {
  test('a server that can take events gives 0 and its word', async () => {
    expect(await checkAgainst(200, '{"status":"degraded","pocketbase":"disconnected"}')).toEqual({ code: 0, out: 'degraded\n' })
  })

  test('a server that cannot gives 1', async () => {
    expect(await checkAgainst(503, '{"status":"degraded"}')).toEqual({ code: 1, out: 'not healthy: /healthz answers 503\n' })
  })

  test('with --json the answer comes as it is', async () => {
    expect(await checkAgainst(200, '{"status":"ok"}\n', '--json')).toEqual({ code: 0, out: '{"status":"ok"}\n' })
  })

  test('a proxy named in the environment is not asked about this machine', async () => {
    const script = `const { ask } = await import(${JSON.stringify(`${import.meta.dir}/../../src/cli/ask.ts`)})
      const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response('direct') })
      const reply = await ask({ to: { host: '127.0.0.1', port: server.port }, method: 'GET', path: '/', timeoutMs: 5000 })
      console.log(reply.ok ? reply.value.text : reply.fault)
      server.stop(true)`
    const env = { HTTP_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9' }
    const child = Bun.spawn([process.execPath, '-e', script], { env, stdout: 'pipe' })
    expect((await child.stdout.text()).trim()).toBe('direct')
  })

  test('nobody listening gives 1 and the reason', async () => {
    const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
    const port = server.port
    await server.stop(true)
    const context = sampleContext({ LISTEN_ADDR: `127.0.0.1:${port}` })
    expect(await runCommandLine(['health'], context)).toBe(1)
    expect(context.told()).toBe(`error: nothing answers on port ${port} (ECONNREFUSED)\n`)
  })

  test.each([
    [undefined, '127.0.0.1'],
    ['0.0.0.0', '127.0.0.1'],
    ['::', '::1'],
    ['192.0.2.1', '192.0.2.1'],
  ])('a server that listens on %s is asked at %s', (host, asked) => {
    expect(loopbackOf({ host, port: 1 })).toEqual({ host: asked, port: 1 })
  })
})
