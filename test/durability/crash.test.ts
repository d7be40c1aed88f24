import { expect, test } from 'bun:test'
import { seededRandom } from '../../bench/generated-event.ts'
import { makeKey, proveStored } from '../part/audit.ts'
import { builtBinary } from '../part/binary.ts'
import { readFreed } from '../part/recorded-run.ts'
import { createIds, Ledger, type Report, sendBatch, sendReport, stages } from '../part/reporter.ts'
import { startServiceProcess } from '../part/service.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'

const rounds = 18
/** Every so many rounds the service lives until its journal was trimmed, so that it is killed around checkpoints and trims as well. */
const longRoundEvery = 6
const clients = 12
const acknowledgedMax = 400
/** Runs that further reports are sent of. */
const recentRuns = 20
const testMs = 240_000

test(
  'a service that is killed again and again under load keeps every report it acknowledged, each once',
  async () => {
    using folder = temporaryFolder()
    const binary = await builtBinary()
    const { key } = await makeKey(binary, folder.path, ['--scope', 'read'])
    const random = seededRandom(7)
    const ids = createIds(8)
    const ledger = new Ledger()
    const options = { command: [binary], folder: folder.path, env: { RATE_LIMIT_RPM: '0' } }

    for (let round = 1; round <= rounds; round += 1) {
      const service = await startServiceProcess(options)
      const load = startLoad(service.url, { ledger, random, ids })
      if (round % longRoundEvery === 0) {
        const before = readFreed(folder.file('journal.db'))
        await until(() => readFreed(folder.file('journal.db')) > before, 'the journal is trimmed')
      }
      const enough = ledger.count + Math.floor(random() * acknowledgedMax)
      await until(() => ledger.count >= enough, 'acknowledged reports')
      await service.end('SIGKILL')
      await load.stop()
    }

    expect(ledger.count).toBeGreaterThan(rounds)
    const service = await startServiceProcess(options)
    await proveStored({ url: service.url, key }, ledger)
    expect(await service.end('SIGTERM')).toBe(0)
  },
  testMs,
)

type LoadParts = { readonly ledger: Ledger; readonly random: () => number; readonly ids: () => string }

/** Clients that send single reports and batches: of new runs, later stages of theirs, and repeats of what had no answer. */
function startLoad(url: string, { ledger, random, ids }: LoadParts) {
  let isStopping = false
  const recent: string[] = []

  function remember(id: string): string {
    recent.push(id)
    if (recent.length > recentRuns) recent.shift()
    return id
  }

  async function runClient(): Promise<void> {
    let unanswered: readonly Report[] = []
    while (!isStopping) {
      const reports = unanswered.length > 0 ? unanswered : makeReports()
      const { status } = reports.length === 1 ? await sendReport(url, reports[0] as Report, ledger) : await sendBatch(url, reports, ledger)
      if (status === 0) return
      unanswered = status === 202 ? [] : reports
    }
  }

  /** One run through some of its stages in a shuffled order, or a batch of several. */
  function makeReports(): readonly Report[] {
    const runs = random() < 0.2 ? 2 + Math.floor(random() * 10) : 1
    return Array.from({ length: runs }, () => {
      const known = random() < 0.5 ? recent[Math.floor(random() * recent.length)] : undefined
      const id = known ?? remember(ids())
      return { id, stage: stages[Math.floor(random() * stages.length)] ?? 'success' }
    })
  }

  const running = Array.from({ length: clients }, runClient)
  return {
    stop: async () => {
      isStopping = true
      await Promise.all(running)
    },
  }
}
