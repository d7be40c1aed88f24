/**
 * How long the binary takes from its start to its first `/healthz` 200, over a store that holds runs already.
 *   node script/bun.mjs run bench/start.ts [--store FILE] [--starts 10] [--binary dist/telemetry-service]
 * `--store` is a store made by bench/consumer.ts (`--stored 1000000`); without it the folder is empty.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    store: { type: 'string' },
    starts: { type: 'string', default: '10' },
    binary: { type: 'string', default: 'dist/telemetry-service' },
  },
})
const port = 20_000 + Math.floor(Math.random() * 20_000)
const folder = mkdtempSync(join(tmpdir(), 'bench-start-'))
if (values.store !== undefined) copyFileSync(values.store, join(folder, 'store.db'))
const times: number[] = []
for (let start = 0; start < Number(values.starts); start += 1) times.push(await startOnce())
rmSync(folder, { recursive: true })
times.sort((a, b) => a - b)
console.log(`first /healthz 200 after: min ${show(times[0])}, median ${show(times[times.length >> 1])}, max ${show(times.at(-1))}`)

async function startOnce(): Promise<number> {
  const started = performance.now()
  const child = Bun.spawn([resolve(values.binary), 'serve'], {
    env: { DATA_DIR: folder, LISTEN_ADDR: `127.0.0.1:${port}`, LOG_LEVEL: 'warn' },
    stdout: 'ignore',
    stderr: 'ignore',
  })
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined)
    if (answer?.status === 200) break
    await Bun.sleep(1)
  }
  const took = performance.now() - started
  child.kill('SIGTERM')
  await child.exited
  return took
}

function show(milliseconds: number | undefined): string {
  return `${(milliseconds ?? Number.NaN).toFixed(0)} ms`
}
