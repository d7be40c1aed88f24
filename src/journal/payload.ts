import type { Cloaked, Entry, NewEntry, Seq, TelemetryEvent } from '../event/entry.ts'

declare const encoded: unique symbol
/** Entries as the journal keeps them, a JSON line each. Made by `encodeEntries` alone, so that nothing uncloaked takes this form; passes `postMessage`. */
export type EncodedEntries = { readonly count: number; readonly lines: string & { readonly [encoded]: true } }

/** Entries in their order. JSON never holds a raw line break, so a line is an entry. */
export function encodeEntries(entries: readonly NewEntry[]): EncodedEntries {
  const lines = entries.map(({ tenant, receivedAt, at, event }) => JSON.stringify([tenant, receivedAt, at, event])).join('\n')
  return { count: entries.length, lines: lines as EncodedEntries['lines'] }
}

/** The entries of one group, numbered from `firstSeq`. Throws on a damaged group: only we write them, so that is a broken disk. */
export function decodeGroup(firstSeq: Seq, payload: string): Entry[] {
  const rows = JSON.parse(`[${payload.replaceAll('\n', ',')}]`) as [string, number, number, Cloaked<TelemetryEvent>][]
  return rows.map(([tenant, receivedAt, at, event], index) => ({ seq: firstSeq + index, tenant, receivedAt, at, event }))
}
