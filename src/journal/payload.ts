import type { Entry, NewEntry, Seq } from '../event/entry.ts'

declare const encoded: unique symbol
/** Entries as the journal keeps them, a JSON line each. Made by `encodeEntries` alone, so that nothing uncloaked takes this form; passes `postMessage`. */
export type EncodedEntries = { readonly count: number; readonly lines: string & { readonly [encoded]: true } }

/** Entries in their order. JSON never holds a raw line break, so a line is an entry. */
export function encodeEntries(entries: readonly NewEntry[]): EncodedEntries {
  const lines = entries.map(({ tenant, receivedAt, at, event }) => JSON.stringify([tenant, receivedAt, at, event])).join('\n')
  return { count: entries.length, lines: lines as EncodedEntries['lines'] }
}

/** Entries that another process of this program encoded, as they came over from it. */
export function receiveEntries(lines: string): EncodedEntries {
  return { count: lines.split('\n').length, lines: lines as EncodedEntries['lines'] }
}

/**
 * The entries of one group, numbered from `firstSeq`. Throws on a damaged group: only we write them, so that is a broken disk.
 * Line by line: a line is a view of the group, while any other form of all of them would be another copy.
 */
export function decodeGroup(firstSeq: Seq, payload: string): Entry[] {
  return payload.split('\n').map((line, index) => {
    const [tenant, receivedAt, at, event] = JSON.parse(line) as [string, number, number, Entry['event']]
    return { seq: firstSeq + index, tenant, receivedAt, at, event }
  })
}
