import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { dayMs, dayOf } from '../../src/base/clock.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { makeKey, proveStored } from '../part/audit.ts'
import { builtBinary } from '../part/binary.ts'
import { createIds, Ledger, sendReport } from '../part/reporter.ts'
import { startServiceProcess } from '../part/service.ts'
import { temporaryFolder } from '../store/folder.ts'
import { keyOf, stateOf } from '../store/run-fixture.ts'
import { until } from '../wait.ts'

const dueRuns = 40_000
/** Runs that stay and whose logs go. */
const dueLogs = 5_000
const fillRuns = 5_000
const clients = 4
const testMs = 240_000
/** What a client that waits would notice: the machine of a test is shared, so a pause that only it makes must not count. */
const answerMsMax = 2_000
const trace = 'a line of the log\n'.repeat(40)

/** A store in which everything is due at once, as after the service was off for a year. */
function fill(path: string, now: number): void {
  const store = openStoreWriter(path)
  const old = (n: number) => stateOf({ status: 'success', at: now - 400 * dayMs - n * 1_000 })
  const logged = (n: number) => stateOf({ status: 'failed', exitCode: 1, error: 'no space left', trace, at: now - 100 * dayMs - n })
  for (let first = 0; first < dueRuns + dueLogs; first += fillRuns) {
    const numbers = Array.from({ length: fillRuns }, (_, n) => first + n)
    const deltas = numbers.map((n) => ({ tenant: 'default', key: keyOf(n), after: n < dueRuns ? old(n) : logged(n) }))
    store.apply('test', first + 1, deltas)
  }
  store.moveCursor('retention', dayOf(now) - 366) // The line was drawn a day ago.
  store.checkpoint()
  store.close()
}

/** What a query of one number gives, asked beside the service that has the file open. */
function count(path: string, sql: string): number {
  const database = new Database(path, { readonly: true })
  try {
    database.run('PRAGMA busy_timeout = 5000')
    return database.query<{ count: number }, []>(sql).get()?.count ?? 0
  } finally {
    database.close()
  }
}

type Answer = { readonly status: number; readonly ms: number }

/** Clients that each send one event after the other until they are stopped. */
function startLoad(url: string, ledger: Ledger) {
  const ids = createIds(33)
  const answers: Answer[] = []
  let isStopping = false
  const send = async () => {
    while (!isStopping) {
      const begun = performance.now()
      const { status } = await sendReport(url, { id: ids(), stage: 'success' }, ledger)
      answers.push({ status, ms: performance.now() - begun })
    }
  }
  const running = Promise.all(Array.from({ length: clients }, send))
  return {
    stop: async () => {
      isStopping = true
      await running
      return answers
    },
  }
}

test(
  'P7 P27 retention removes a year of runs and logs while events come, of which none is refused and none waits for it',
  async () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    fill(path, Date.now())
    const binary = await builtBinary()
    const { key } = await makeKey(binary, folder.path, ['--scope', 'read'])
    const timers = (result: string) =>
      count(folder.file('access.db'), `SELECT count(*) AS count FROM timer WHERE name IN ('runs', 'traces') AND ${result}`)
    const service = await startServiceProcess({ command: [binary], folder: folder.path, env: { RATE_LIMIT_RPM: '0', BACKUP_CRON: 'off' } })
    const ledger = new Ledger()
    const load = startLoad(service.url, ledger)
    await until(() => timers('true') === 2, 'both timers of retention begin')
    const atBegin = ledger.count
    await until(() => timers(`result = 'done'`) === 2, 'both are done', testMs)
    const atEnd = ledger.count
    const answers = await load.stop()

    expect(atEnd).toBeGreaterThan(atBegin + 100) // Events were acknowledged while it went on.
    expect(answers.filter(({ status }) => status !== 202)).toEqual([])
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(answerMsMax)
    await proveStored({ url: service.url, key }, ledger)
    expect(await service.end('SIGTERM')).toBe(0)

    const left = ['run', 'trace'].map((table) => count(path, `SELECT count(*) AS count FROM ${table}`))
    expect(left).toEqual([dueLogs + ledger.count, 0])
    const reader = openStoreReader(path)
    const { success, failed } = reader.totals({ tenant: 'default' })
    reader.close()
    expect([success, failed]).toEqual([dueRuns + ledger.count, dueLogs]) // Sums stay.
  },
  testMs,
)
