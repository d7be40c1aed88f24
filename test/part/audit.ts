import { until } from '../wait.ts'
import { type Ledger, type Stage, stages } from './reporter.ts'

const askersAtOnce = 16
const auditMs = 60_000

export type Reading = { readonly url: string; readonly key: string }

/**
 * Proves by the records API that all that was acknowledged is there, each run once with every stage that was acknowledged, and nothing else:
 * as many runs in total as there are ids that were found. Waits, with a bound, for what is still on its way to the store, and only then asks for each.
 */
export async function proveStored(reading: Reading, ledger: Ledger): Promise<void> {
  let faults: readonly string[] = []
  const isRight = async () => {
    const waiting = await countWaiting(reading.url)
    faults = waiting > 0 ? [`${waiting} events wait in the journal`] : await findFaults(reading, ledger)
    return faults.length === 0
  }
  await until(isRight, 'every acknowledged report in the store', auditMs).catch((cause) => {
    throw new Error(`${faults.length} faults, among them: ${faults.slice(0, 5).join('; ')}`, { cause })
  })
}

/** How many acknowledged events are not in the store yet. */
async function countWaiting(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^telemetry_store_lag_events (\d+)$/m.exec(text)?.[1])
}

/** What contradicts the ledger; empty when all is right. */
async function findFaults(reading: Reading, ledger: Ledger): Promise<readonly string[]> {
  const faults: string[] = []
  let found = 0
  const ids = [...ledger.sent.keys()]
  const ask = async () => {
    for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
      const run = await readRun(reading, id)
      if (run !== undefined) found += 1
      faults.push(...compare(id, run, ledger))
    }
  }
  await Promise.all(Array.from({ length: askersAtOnce }, ask))
  const total = await countRuns(reading)
  if (total !== found) faults.push(`${total} runs in total, ${found} found by their ids`)
  return faults
}

function compare(id: string, run: Run | undefined, ledger: Ledger): readonly string[] {
  const acknowledged = [...(ledger.acknowledged.get(id) ?? [])]
  if (run === undefined) return acknowledged.length === 0 ? [] : [`${id} is lost`]
  const { status } = run.record
  const shown = run.stages.map(({ stage }) => stage)
  const sent = new Set([...(ledger.sent.get(id) ?? [])].map(kept))
  const lost = acknowledged.filter((stage) => !shown.includes(kept(stage)) || stages.indexOf(stage) > stages.indexOf(status as Stage))
  const invented = shown.filter((stage) => !sent.has(stage))
  return [
    ...lost.map((stage) => `${id} reads ${status} and has lost ${stage}`),
    ...invented.map((stage) => `${id} has the stage ${stage}, which was never sent`),
    ...(new Set(shown).size === shown.length ? [] : [`${id} has a stage twice: ${shown}`]),
  ]
}

/** The stage that a run keeps of a report: both ends are one. */
function kept(stage: Stage): string {
  return stage === 'failed' || stage === 'success' ? 'terminal' : stage
}

type Run = { readonly record: { readonly status: string }; readonly stages: readonly { readonly stage: string }[] }

/** The run with an id, or nothing when there is none. */
export async function readRun({ url, key }: Reading, id: string): Promise<Run | undefined> {
  const response = await fetch(`${url}/api/records/${id}`, { headers: { authorization: `Bearer ${key}` } })
  if (response.status === 404) return undefined
  if (response.status !== 200) throw new Error(`the record was answered with ${response.status}`)
  return (await response.json()) as Run
}

/** The number of all runs that a key may see. */
export async function countRuns({ url, key }: Reading): Promise<number> {
  const response = await fetch(`${url}/api/records?repo=all&limit=1`, { headers: { authorization: `Bearer ${key}` } })
  return ((await response.json()) as { total: number }).total
}

/** Makes a key by the command, whether the service runs in the folder or not. */
export async function makeKey(
  binary: string,
  folder: string,
  words: readonly string[],
): Promise<{ readonly id: string; readonly key: string }> {
  const child = Bun.spawn([binary, 'key', 'create', '--json', ...words], {
    env: { DATA_DIR: folder },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [out, told, code] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited])
  if (code !== 0) throw new Error(`no key was made: ${told}`)
  return JSON.parse(out)
}
