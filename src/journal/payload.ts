import type { Cloaked, Entry, NewEntry, Seq, TelemetryEvent } from '../event/entry.ts'

/** One entry as a JSON line. JSON never holds a raw line break, so a line is an entry. */
export function encodeEntry(entry: NewEntry): string {
  return JSON.stringify([entry.tenant, entry.receivedAt, entry.at, entry.event])
}

/** The entries of one group, numbered from `firstSeq`. Throws on a damaged group: only we write them, so that is a broken disk. */
export function decodeGroup(firstSeq: Seq, payload: string): Entry[] {
  const rows = JSON.parse(`[${payload.replaceAll('\n', ',')}]`) as [string, number, number, Cloaked<TelemetryEvent>][]
  return rows.map(([tenant, receivedAt, at, event], index) => ({ seq: firstSeq + index, tenant, receivedAt, at, event }))
}
