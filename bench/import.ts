/**
 * How fast `import` takes a large file into the store, how much memory it holds, and what live events feel of it.
 *   node script/bun.mjs run bench/import.ts --binary FILE [--against FILE] [--records 2500000] [--rounds 1] [--live] [--shuffled]
 * The source is made once and kept in the temporary folder: 2.5 million records are 1.05 GB, in a minute or two, and the store of one run 0.8 GB more.
 * With `--against` another binary takes its turn in each round. `--live` imports into a running service, to which single events are sent meanwhile; its idle
 * times are taken just before, and its retention is off, which would remove what is older than a year. The records of `--shuffled` stand in no order of time.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startServiceProcess } from '../test/part/service.ts'
import { generateId, seededRandom } from './generated-event.ts'
import { writeSource } from './import-fill.ts'

const { values } = parseArgs({
  options: {
    binary: { type: 'string', default: 'dist/telemetry-service' },
    against: { type: 'string' },
    records: { type: 'string', default: '2500000' },
    rounds: { type: 'string', default: '1' },
    live: { type: 'boolean', default: false },
    shuffled: { type: 'boolean', default: false },
  },
})
const records = Number(values.records)
const idleMs = 20_000
const pauseMs = 10
const folder = join(tmpdir(), 'telemetry-bench-import')
mkdirSync(folder, { recursive: true })
const source = join(folder, `${values.shuffled ? 'shuffled' : 'source'}-${records}.json`)
if (!existsSync(source)) writeSource(source, records, 1, !values.shuffled)

for (let round = 1; round <= Number(values.rounds); round += 1)
  for (const binary of [values.binary, ...(values.against === undefined ? [] : [values.against])]) {
    const line = values.live ? await importLive(binary) : await importAlone(binary, mkdtempSync(join(folder, 'data-')))
    console.log(`${binary}: ${line}, load ${loadavg()[0]?.toFixed(1)}`)
  }

async function importAlone(binary: string, data: string): Promise<string> {
  const begun = performance.now()
  const child = Bun.spawn([binary, 'import', source, '--json'], { env: { DATA_DIR: data }, stdout: 'pipe', stderr: 'ignore' })
  let peak = 0
  const watching = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid))
  }, 100)
  const out = await child.stdout.text()
  clearInterval(watching)
  if ((await child.exited) !== 0) throw new Error('the import failed')
  const seconds = (performance.now() - begun) / 1_000
  const { read, taken, rejected } = JSON.parse(out)
  if (!values.live) rmSync(data, { recursive: true })
  return `${read} read, ${taken} taken, ${rejected} rejected, ${Math.round(read / seconds)} records/s, ${Math.round(peak / 1_024)} MB at most`
}

async function importLive(binary: string): Promise<string> {
  const service = await startServiceProcess({ command: [binary], env: { RATE_LIMIT_RPM: '0', RETENTION_ENABLED: 'false' } })
  const idle = await sendUntil(service.url, Bun.sleep(idleMs))
  const importing = importAlone(binary, service.folder)
  const busy = await sendUntil(service.url, importing)
  const memory = Math.round(peakOf(service.pid) / 1_024)
  await service.end('SIGTERM')
  await service.dispose()
  return `${await importing}; service ${memory} MB at most; live p99 ${busy.toFixed(1)} ms, idle ${idle.toFixed(1)} ms, ${(busy / idle).toFixed(1)} ×`
}

/** The p99 in milliseconds of single events, one after another, until something has happened. */
async function sendUntil(url: string, end: Promise<unknown>): Promise<number> {
  let isOver = false
  end.finally(() => {
    isOver = true
  })
  const random = seededRandom(Date.now())
  const times: number[] = []
  while (!isOver) {
    const id = generateId(random)
    const body = JSON.stringify({ random_id: id, execution_id: id, type: 'lxc', nsapp: 'live', status: 'installing' })
    const begun = performance.now()
    const answer = await fetch(`${url}/telemetry`, { method: 'POST', body })
    if (answer.status !== 202) throw new Error(`answered ${answer.status}`)
    times.push(performance.now() - begun)
    await Bun.sleep(pauseMs)
  }
  times.sort((one, other) => one - other)
  return times[Math.floor(times.length * 0.99)] ?? 0
}

/** The most memory that a process held so far, in KB; 0 once it is gone. */
function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
