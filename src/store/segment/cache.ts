import { partCount } from './column.ts'

/** Bytes of segments that are remembered: two months of 27,000 runs a day. */
const cacheBytesMax = 32 * 1024 * 1024
/** What stays when there are more: dropping goes through all of them, so it makes room for some time. */
const keptBytes = 0.95 * cacheBytesMax

type Entry = { readonly packed: number; readonly segments: (Uint8Array | undefined)[]; bytes: number }

/** Remembers the segments of the newest chunks, which most questions are about. What was packed again since is not given. */
export class SegmentCache {
  readonly #entries = new Map<number, Entry>()
  /** Chunks before it are not remembered: a walk through all of them would push out the newer ones. */
  #firstChunk = 0
  #bytes = 0

  /** One segment of a chunk, as it was packed the `packed`-th time; `read` reads it where it is not remembered. */
  segment({ chunk, packed }: { readonly chunk: number; readonly packed: number }, part: number, read: () => Uint8Array): Uint8Array {
    if (chunk < this.#firstChunk) return read()
    const entry = this.#entryOf(chunk, packed)
    const known = entry.segments[part]
    if (known !== undefined) return known
    const segment = read()
    entry.segments[part] = segment
    entry.bytes += segment.length
    this.#bytes += segment.length
    if (this.#bytes > cacheBytesMax) this.#dropOldest()
    return segment
  }

  #entryOf(chunk: number, packed: number): Entry {
    const known = this.#entries.get(chunk)
    if (known?.packed === packed) return known
    this.#bytes -= known?.bytes ?? 0
    const entry = { packed, segments: new Array<Uint8Array | undefined>(partCount), bytes: 0 }
    this.#entries.set(chunk, entry)
    return entry
  }

  #dropOldest(): void {
    for (const [chunk, { bytes }] of [...this.#entries].sort(([left], [right]) => left - right)) {
      if (this.#bytes <= keptBytes) return
      this.#entries.delete(chunk)
      this.#bytes -= bytes
      this.#firstChunk = chunk + 1
    }
  }
}
