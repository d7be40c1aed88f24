import type { Clock } from '../../src/base/clock.ts'
import type { NewEntry } from '../../src/event/entry.ts'
import type { Refusal } from '../../src/event/refusal.ts'
import { prepareRun, type RecordPolicy } from '../../src/ingest/prepare-run.ts'
import { type EncodedEntries, encodeEntries } from '../../src/journal/payload.ts'
import { toWireNames } from './earlier-names.ts'
import type { FoundRecord, Position, Source } from './source.ts'

/** Where imported runs go: the running service, or the data folder of one that is stopped. */
export type ImportDoor = {
  /** Takes runs; when it resolves they wait to be counted. Throws with a sentence for the operator when it cannot. */
  importEntries(entries: EncodedEntries): Promise<void>
  /** Resolves when all that was taken is on disk for good and counted. */
  settleImport(): Promise<void>
}

export type ImportOptions = {
  readonly source: Source
  readonly door: ImportDoor
  readonly policy: RecordPolicy
  readonly tenant: string
  readonly clock: Clock
  readonly from: Position
  /** Told of each record that was not taken, and why. */
  readonly onReject: (place: number, fault: Refusal) => void
  /** Told where the import may go on should it be broken off here, and what was done since it began. */
  readonly onSettled: (end: Position, done: ImportCounts) => void
  readonly onProgress: (end: Position, done: ImportCounts) => void
}

export type ImportCounts = { readonly read: number; readonly taken: number; readonly rejected: number }

/** Runs handed over at a time: enough to share a commit, few enough that live events get in between. */
const handedOver = 500
/** Records between two places where the import may go on. */
const settledEvery = 20_000

/** Takes every record of a source from a position on. Safe to be repeated: what is known already changes nothing. */
export async function importRecords(options: ImportOptions): Promise<ImportCounts> {
  const { source, door, onSettled, onProgress } = options
  let [read, taken, rejected, settled] = [0, 0, 0, 0]
  let end = options.from
  const counts = (): ImportCounts => ({ read, taken, rejected })
  let entries: NewEntry[] = []

  async function handOver(): Promise<void> {
    if (entries.length > 0) await door.importEntries(encodeEntries(entries))
    entries = []
  }

  async function settle(): Promise<void> {
    await handOver()
    await door.settleImport()
    settled = read
    onSettled(end, counts())
  }

  for await (const portion of source.read(options.from)) {
    for (const found of portion.records) {
      read += 1
      const prepared = prepare(found, options)
      if ('fault' in prepared) {
        rejected += 1
        options.onReject(found.place, prepared.fault)
        continue
      }
      taken += 1
      if (entries.push(prepared) >= handedOver) await handOver()
    }
    end = portion.end
    if (read - settled >= settledEvery) await settle()
    onProgress(end, counts())
  }
  await settle()
  return counts()
}

function prepare(found: FoundRecord, { policy, tenant, clock }: ImportOptions): NewEntry | { readonly fault: Refusal } {
  if ('fault' in found) return found
  const prepared = prepareRun(toWireNames(found.record), policy, { tenant, receivedAt: clock.now() })
  return prepared.ok ? prepared.value : { fault: prepared.fault }
}
