import type { Clock } from '../../src/base/clock.ts'
import type { NewEntry } from '../../src/event/entry.ts'
import type { Refusal } from '../../src/event/refusal.ts'
import { prepareRun, type RecordPolicy } from '../../src/ingest/prepare-run.ts'
import { type EncodedEntries, encodeEntries } from '../../src/journal/payload.ts'
import { toWireNames } from './earlier-names.ts'
import { type ImportCounts, ImportTally } from './import-counts.ts'
import type { FoundRecord, Portion, Position, Source } from './source.ts'

/** Where imported runs go: the running service, or the data folder of one that is stopped. */
export type ImportDoor = {
  /** Takes runs, but for those of ids that were erased after they began; when it resolves they wait to be counted. Throws with a sentence for the operator when it cannot. */
  importEntries(entries: EncodedEntries): Promise<{ readonly erased: number }>
  /** Resolves when all that was taken is on disk for good and counted. */
  settleImport(): Promise<void>
}

export type ImportOptions = {
  readonly source: Source
  readonly door: ImportDoor
  readonly policy: RecordPolicy
  /** What is done with each record. */
  readonly choice: RecordChoice
  readonly clock: Clock
  /** Hands over so many records a second at the most. */
  readonly pace?: { readonly rate: number; readonly wait: (ms: number) => Promise<void> }
  /** Where it goes on, and what was counted up to there. */
  readonly from: Position
  readonly counted: ImportCounts
  /** Records between two places where the import may go on. */
  readonly settledEvery?: number
  /** Told of each record that was not taken, and why. */
  readonly onReject: (place: number, fault: Refusal) => void
  /** Told how far the import came and what was done up to there. What it gives is called once all of that is on disk for good; others may be under way by then. */
  readonly onMark: (end: Position, counts: ImportCounts) => () => void
  readonly onProgress: (portion: Portion, read: number) => void
}

/** Whose runs the records become, between which times (in milliseconds since 1970, both included), and the source of those that name none. */
export type RecordChoice = { readonly tenant: string; readonly from?: number; readonly until?: number; readonly repoSource?: string }

/** Runs handed over at a time: enough to share a commit, few enough that live events get in between. */
const handedOver = 500
const settledEveryRecords = 20_000

/**
 * Takes every record of a source from a position on. Safe to be repeated: what is known already changes nothing. Throws what the source or the door throws,
 * with a sentence for the operator.
 */
export async function importRecords(options: ImportOptions): Promise<ImportCounts> {
  const { source, door, settledEvery = settledEveryRecords, onReject, onMark, onProgress } = options
  const tally = new ImportTally(options.counted)
  let settled = tally.read
  let end = options.from
  let entries: NewEntry[] = []
  let settling = Promise.resolve()
  const entriesMax = Math.min(handedOver, options.pace?.rate ?? handedOver)
  const waitForTurn = turnsOf(options)

  async function handOver(): Promise<void> {
    if (entries.length === 0) return
    await waitForTurn(entries.length)
    tally.forget((await door.importEntries(encodeEntries(entries))).erased)
    entries = []
  }

  /** The next records are prepared while the door makes sure of these. */
  async function settle(): Promise<void> {
    await handOver()
    await settling
    settled = tally.read
    const keep = onMark(end, tally.counts())
    settling = door.settleImport().then(keep)
    settling.catch(() => undefined) // Whoever waits for it learns of its fault.
  }

  function take(found: FoundRecord): void {
    const prepared = prepare(found, options)
    if (prepared === undefined) tally.leaveOut()
    else if ('fault' in prepared) {
      tally.reject(prepared.fault)
      onReject(found.place, prepared.fault)
    } else {
      tally.take(prepared)
      entries.push(prepared)
    }
  }

  let fault: unknown
  try {
    for await (const portion of untilFault(source.read(options.from), (cause) => (fault = cause))) {
      for (const found of portion.records) {
        take(found)
        if (entries.length >= entriesMax) await handOver()
      }
      end = portion.end
      if (tally.read - settled >= settledEvery) await settle()
      onProgress(portion, tally.read)
    }
    await settle() // Also what came before a fault of the source is kept, and is not read again.
    await settling
  } finally {
    await settling.catch(() => undefined) // Nothing is kept any more when this has ended.
  }
  if (fault !== undefined) throw fault
  return tally.counts()
}

async function* untilFault(portions: AsyncIterable<Portion>, onFault: (cause: unknown) => void): AsyncGenerator<Portion> {
  try {
    yield* portions
  } catch (cause) {
    onFault(cause)
  }
}

/** Waits until it is the turn of so many records. */
function turnsOf({ pace, clock }: ImportOptions): (count: number) => Promise<void> {
  let next = 0
  return async (count) => {
    if (pace === undefined) return
    const now = clock.now()
    if (next > now) await pace.wait(next - now)
    next = Math.max(next, now) + (count * 1_000) / pace.rate
  }
}

/** What the journal takes, why it cannot, or nothing for a record of another time. */
function prepare(found: FoundRecord, options: ImportOptions): NewEntry | { readonly fault: Refusal } | undefined {
  if ('fault' in found) return found
  const { choice, policy, clock } = options
  const receivedAt = clock.now()
  const record = toWireNames(found.record, choice.repoSource)
  const prepared = prepareRun(record, policy, { tenant: choice.tenant, receivedAt, ...(found.repairs && { repairs: found.repairs }) })
  if (!prepared.ok) return { fault: prepared.fault }
  const { at } = prepared.value
  return at < (choice.from ?? at) || at > (choice.until ?? at) ? undefined : prepared.value
}
