import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom } from '../../bench/generated-event.ts'
import { proveStored } from '../part/audit.ts'
import { builtBinary } from '../part/binary.ts'
import type { Disk, Survival } from '../part/disk.ts'
import { type DiskEvent, readTrace, recorderOf, recording } from '../part/disk-trace.ts'
import { hasMeans } from '../part/means.ts'
import { type RecordedRun, readFreed, recordRun, serviceEnv } from '../part/recorded-run.ts'
import { createIds, Ledger, type Report, sendReport } from '../part/reporter.ts'
import { startServiceProcess } from '../part/service.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'

const testMs = 240_000
const nothingSurvives: Survival = () => false

const canRecord = hasMeans('power losses', 'strace', Bun.which('strace') !== null)

describe.skipIf(!canRecord)('an answer 202', () => {
  test.each([
    ['one client', 1, 40],
    ['16 clients at once', 16, 160],
  ])(
    'leaves only once a power loss would leave the event on disk: %s',
    async (_, clients, reports) => {
      using folder = temporaryFolder()
      using work = temporaryFolder()
      const ids = createIds(clients)
      const run = await recordRun(folder.path, work.file('trace'), (url) => sendBy(url, { clients, reports, next: ids }))
      let answers = 0
      for (const { disk, id } of walkAnswers(run)) {
        answers += 1
        const image = work.file(`image-${answers}`)
        disk.writeTo(image, nothingSurvives)
        expect(idsOnDisk(image).has(id)).toBe(true)
      }
      expect(answers).toBe(reports)
    },
    testMs,
  )
})

test.skipIf(!canRecord)(
  'a data folder that the start made is itself on disk before the first answer leaves',
  async () => {
    using work = temporaryFolder()
    const log = work.file('trace')
    const made = [work.path, work.file('new'), work.file('new/data')]
    const service = await startServiceProcess({
      command: recording([await builtBinary()], log),
      folder: work.file('new/data'),
      env: serviceEnv,
    })
    const recorder = recorderOf(service.pid)
    await sendBy(service.url, { clients: 1, reports: 1, next: createIds(2) })
    await service.end('SIGTERM')
    await until(() => !existsSync(`/proc/${recorder}`), 'the end of the recording')
    const events = readTrace(log, work.path)
    const answer = events.findIndex((event) => event.kind === 'answer' && event.data.includes(' 202 '))
    expect(answer).toBeGreaterThan(0)
    const synced = events.slice(0, answer).flatMap((event) => (event.kind === 'sync' ? [event.path] : []))
    for (const folder of made) expect(synced).toContain(folder)
  },
  testMs,
)

test.skipIf(!canRecord)(
  'whatever a power loss takes of the writes that no sync covered, each acknowledged event is found again, once',
  async () => {
    using folder = temporaryFolder()
    using work = temporaryFolder()
    const ids = createIds(3)
    const run = await recordRun(folder.path, work.file('trace'), (url) => sendUntilTrimmed(url, ids, folder.file('journal.db')))
    const binary = await builtBinary()
    let moments = 0
    for (const { image, ledger } of losePower(run, work)) {
      moments += 1
      if (moments % restartEvery === 0) {
        const service = await startServiceProcess({ command: [binary], folder: image, env: serviceEnv })
        await proveStored({ url: service.url, key: run.key }, ledger)
        await service.end('SIGKILL')
      } else expect(lostAt(image, ledger)).toEqual([])
      rmSync(image, { recursive: true, force: true })
    }
    expect(moments).toBeGreaterThan(restartEvery * 8)
  },
  testMs,
)

/** Of the syncs that were recorded so many at the least are followed by a power loss, and after every tenth of these the service is started. */
const momentsMax = 80
const restartEvery = 10

type Load = { readonly clients: number; readonly reports: number; readonly next: () => string }

async function sendBy(url: string, { clients, reports, next }: Load): Promise<void> {
  const ledger = new Ledger()
  let left = reports
  const runClient = async () => {
    while (left-- > 0) expect((await sendReport(url, { id: next(), stage: 'success' }, ledger)).status).toBe(202)
  }
  await Promise.all(Array.from({ length: clients }, runClient))
}

/** Runs that begin and end, until the journal was trimmed twice and went on a while. */
async function sendUntilTrimmed(url: string, next: () => string, journal: string): Promise<void> {
  const ledger = new Ledger()
  let isEnough = false
  const runClient = async () => {
    while (!isEnough) {
      const id = next()
      for (const stage of ['installing', 'success'] as const) await sendReport(url, { id, stage }, ledger)
    }
  }
  const clients = Array.from({ length: 2 }, runClient)
  for (let trims = 0; trims < 2; trims += 1) {
    const before = readFreed(journal)
    await until(() => readFreed(journal) > before, 'the journal is trimmed', 30_000)
  }
  const enough = ledger.count + 20
  await until(() => ledger.count >= enough, 'some more reports')
  isEnough = true
  await Promise.all(clients)
}

/** The disk and the event, at the moment when the first byte of each answer 202 leaves. */
function* walkAnswers(run: RecordedRun): Generator<{ readonly disk: Disk; readonly id: string }> {
  const disk = run.disk()
  const asked = new Map<number, Report>()
  for (const event of run.events) {
    disk.apply(event)
    const report = followTalk(event, asked)
    if (report !== undefined) yield { disk, id: report.id }
  }
}

/** Keeps what each socket asked for last; gives the report that the event acknowledges. */
function followTalk(event: DiskEvent, asked: Map<number, Report>): Report | undefined {
  if (event.kind === 'request') {
    const found = /"random_id":"([^"]+)".*"status":"(installing|success)"/.exec(event.data.toString('latin1'))
    if (found !== null) asked.set(event.socket, { id: found[1] ?? '', stage: found[2] === 'success' ? 'success' : 'installing' })
    return undefined
  }
  return event.kind === 'answer' && event.data.toString('latin1', 0, 12) === 'HTTP/1.1 202' ? asked.get(event.socket) : undefined
}

/**
 * A power loss right after a sync, in turn with nothing and with a random half of the uncovered writes on disk: after every sync of a database file
 * itself, which is where checkpoints end and trims begin, and after others spread evenly.
 */
function* losePower(
  run: RecordedRun,
  work: { file(name: string): string },
): Generator<{ readonly image: string; readonly ledger: Ledger }> {
  const random = seededRandom(11)
  const disk = run.disk()
  const asked = new Map<number, Report>()
  const ledger = new Ledger()
  const syncs = run.events.filter(({ kind }) => kind === 'sync').length
  const stride = Math.ceil(syncs / momentsMax)
  let sync = 0
  let closeTo = 0
  for (const event of run.events) {
    disk.apply(event)
    const acknowledged = followTalk(event, asked)
    for (const report of asked.values()) ledger.noteSent(report)
    if (acknowledged !== undefined) ledger.noteAcknowledged(acknowledged)
    if (event.kind !== 'sync') continue
    sync += 1
    closeTo = event.path.endsWith('.db') ? syncsAfterCheckpoint : closeTo - 1
    if (sync % stride !== 0 && closeTo < 0) continue
    const image = work.file(`image-${sync}`)
    disk.writeTo(image, sync % 2 === 0 ? nothingSurvives : () => random() < 0.5)
    yield { image, ledger }
  }
}

const syncsAfterCheckpoint = 4

function lostAt(image: string, ledger: Ledger): readonly string[] {
  const found = idsOnDisk(image)
  return [...ledger.acknowledged.keys()].filter((id) => !found.has(id))
}

/** The ids that SQLite finds on a disk: waiting in the journal, or merged into the store. */
function idsOnDisk(folder: string): ReadonlySet<string> {
  const payloads = readAll(join(folder, 'journal.db'), 'entry_group', 'payload')
  const waiting = payloads.flatMap((payload) => [...payload.matchAll(/"randomId":"([^"]+)"/g)].map((found) => found[1] ?? ''))
  const merged = readAll(join(folder, 'store.db'), 'run', 'lower(hex(key))')
  return new Set([...waiting, ...merged.map((hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'))])
}

/** One value of each row; nothing where the table was not made yet. */
function readAll(path: string, table: string, value: string): readonly string[] {
  using database = new Database(path)
  if (database.query('SELECT 1 FROM sqlite_master WHERE name = ?').get(table) === null) return []
  return database
    .query<{ value: string }, []>(`SELECT ${value} AS value FROM ${table}`)
    .all()
    .map((row) => row.value)
}
