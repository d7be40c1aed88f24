import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type ServiceProcess, startServiceProcess } from '../test/part/service.ts'
import { watchMemory } from './ingest/memory.ts'
import { makeTemplates } from './ingest/mix.ts'
import { startMirrored } from './ingest/pocketbase.ts'
import { runWrk, type WrkResult } from './ingest/wrk.ts'
import { makeKey } from './key.ts'
import { median } from './median.ts'

/**
 * Ingest side by side with a bare server, in alternating rounds: `node script/bun.mjs run bench/ingest.ts [--rounds 3] [--seconds 6] [--batch] [--soak] [--pocketbase] [--binary dist/telemetry-service]`.
 * `--pocketbase` lets the service fill a real PocketBase meanwhile. `--soak` keeps the bare server's part short, for long runs that watch the memory. Prints each round, the medians, their ratio, the largest resident memory, and how long the backlog took to reach the store.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '6' },
    batch: { type: 'boolean', default: false },
    soak: { type: 'boolean', default: false },
    pocketbase: { type: 'boolean', default: false },
    binary: { type: 'string' },
    lines: { type: 'string', default: '500' },
  },
})

const folder = mkdtempSync(join(tmpdir(), 'bench-ingest-'))
const script = join(import.meta.dir, 'ingest', 'load.lua')
const bodies = join(folder, 'bodies.ndjson')
writeFileSync(
  bodies,
  makeTemplates(2_000, 7)
    .map(({ body }) => body)
    .join('\n'),
)

const bare = Bun.spawn([process.execPath, 'run', join(import.meta.dir, 'ingest', 'bare.ts')], { stdout: 'pipe' })
const barePort = Number(await firstLine(bare.stdout))
const mirrored = values.pocketbase ? await startMirrored() : undefined
const service = await startServiceProcess({
  env: {
    RATE_LIMIT_RPM: '600',
    RATE_BURST: '200',
    LOG_LEVEL: 'warn',
    JOURNAL_MAX_MB: '16384',
    MAX_BATCH_BYTES: '16777216',
    ...mirrored?.env,
  },
  ...(values.binary !== undefined && { command: [join(process.cwd(), values.binary)] }),
})
try {
  await compare(service)
} finally {
  bare.kill()
  await service.dispose()
  await mirrored?.dispose()
  rmSync(folder, { recursive: true })
}

async function compare(under: ServiceProcess): Promise<void> {
  const key = values.batch ? await makeKey(under, 'ingest') : '-'
  const lines = values.batch ? Number(values.lines) : 1
  const connections = values.batch ? 8 : 64
  const path = values.batch ? '/telemetry/batch' : '/telemetry'
  const args = [bodies, '3', path, '10000', key, String(lines)]
  const results: { bare: WrkResult; ours: WrkResult }[] = []
  const memory = watchMemory(under.pid)
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const shared = { seconds: Number(values.seconds), connections, script, args }
    const ofBare = await runWrk({ url: `http://127.0.0.1:${barePort}`, ...shared, ...(values.soak && { seconds: 5 }) })
    const ours = await runWrk({ url: under.url, ...shared })
    const ofMirror = values.pocketbase ? `, in PocketBase ${await pushedRuns(under)}` : ''
    const drained = await drain(under)
    results.push({ bare: ofBare, ours })
    console.log(
      `round ${round + 1}: bare ${rate(ofBare, lines)}/s, ours ${rate(ours, lines)}/s, ratio ${(ours.perSecond / ofBare.perSecond).toFixed(3)}, ` +
        `p50 ${ours.p50.toFixed(1)} ms, p99 ${ours.p99.toFixed(1)} ms, refused ${ours.refused}, in the store ${drained.toFixed(1)} s after the end${ofMirror}`,
    )
  }
  const ratio = median(results.map((result) => result.ours.perSecond / result.bare.perSecond))
  const { largest, tenths } = memory.stop()
  console.log(`median ratio ${ratio.toFixed(3)}, resident memory at most ${largest} MB; in tenths of the time: ${tenths.join(' ')} MB`)
}

async function drain(under: ServiceProcess): Promise<number> {
  const started = performance.now()
  for (;;) {
    const text = await readMetrics(under)
    if (/^telemetry_store_lag_events 0$/m.test(text)) return (performance.now() - started) / 1_000
    await Bun.sleep(200)
  }
}

/** How far the mirror came, as the service says it. */
async function pushedRuns(under: ServiceProcess): Promise<string> {
  const text = await readMetrics(under)
  return `${/^telemetry_pocketbase_lag_runs (\d+)$/m.exec(text)?.[1]} runs behind`
}

async function readMetrics(under: ServiceProcess): Promise<string> {
  return (await fetch(`${under.url}/metrics`)).text()
}

function rate(result: WrkResult, lines: number): string {
  return Math.round(result.perSecond * lines).toLocaleString('en-US')
}

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  for await (const chunk of stream) return new TextDecoder().decode(chunk)
  return ''
}
