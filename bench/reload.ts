import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startServiceProcess } from '../test/part/service.ts'
import { signInWith, type Visitor } from './dashboard/visitor.ts'
import { makeTemplates } from './ingest/mix.ts'
import { runWrk, type WrkResult } from './ingest/wrk.ts'
import { makeKey } from './key.ts'
import { median } from './median.ts'

/**
 * Ingest while four clients reload pages without pause, in alternating rounds with ingest alone:
 *   node script/bun.mjs run bench/reload.ts --folder DIR [--rounds 3] [--seconds 8] [--binary dist/telemetry-service]
 * DIR is a data folder whose store grows by what is sent: give a copy. Prints both rates and 99th percentiles of each round, and their ratios.
 */
const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '8' },
    binary: { type: 'string' },
  },
})
if (values.folder === undefined) throw new Error('--folder is missing')
const pages = ['/dashboard', '/script-analysis', '/error-analysis', '/records'] as const

const work = mkdtempSync(join(tmpdir(), 'bench-reload-'))
const bodies = join(work, 'bodies.ndjson')
const templates = makeTemplates(2_000, 7).map(({ body }) => body)
writeFileSync(bodies, templates.join('\n'))
const service = await startServiceProcess({
  folder: values.folder,
  env: { RATE_LIMIT_RPM: '600', RATE_BURST: '200', LOG_LEVEL: 'warn', JOURNAL_MAX_MB: '16384' },
  ...(values.binary !== undefined && { command: [join(process.cwd(), values.binary)] }),
})
try {
  await compare(await signInWith(service.url, await makeKey(service, 'read')))
} finally {
  await service.end('SIGTERM')
  rmSync(work, { recursive: true })
}

async function compare(visitor: Visitor): Promise<void> {
  const rates: number[] = []
  const waits: number[] = []
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const alone = await load()
    const readers = startReaders(visitor)
    const beside = await load()
    const views = await readers.stop()
    rates.push(beside.perSecond / alone.perSecond)
    waits.push(beside.p99 / alone.p99)
    console.log(
      `round ${round + 1}: alone ${alone.perSecond.toFixed(0)}/s, p99 ${alone.p99.toFixed(1)} ms; beside readers ${beside.perSecond.toFixed(0)}/s, ` +
        `p99 ${beside.p99.toFixed(1)} ms, ${views} pages shown, refused ${alone.refused + beside.refused}`,
    )
  }
  console.log(`median: throughput × ${median(rates).toFixed(2)} (target ≥ 0.7), p99 × ${median(waits).toFixed(2)} (target ≤ 2)`)
}

function load(): Promise<WrkResult> {
  const script = join(import.meta.dir, 'ingest', 'load.lua')
  const args = [bodies, '3', '/telemetry', '10000', '-', '1']
  return runWrk({ url: service.url, seconds: Number(values.seconds), connections: 64, script, args })
}

/** Four clients, each asking for the next page as soon as it has one. */
function startReaders(visitor: Visitor): { stop(): Promise<number> } {
  let isOver = false
  let views = 0
  async function read(first: number): Promise<void> {
    for (let place = first; !isOver; place += 1) {
      await visitor.see(pages[place % pages.length] ?? '/')
      views += 1
    }
  }
  const readers = [0, 1, 2, 3].map(read)
  return {
    stop: async () => {
      isOver = true
      await Promise.all(readers)
      return views
    },
  }
}
