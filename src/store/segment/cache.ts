import { partCount } from './column.ts'

/** Chunks whose segments are remembered: the newest ones, which most questions are about. */
const cachedChunks = 1_024
/** Room for the segments of one chunk, so 32 MB in all. A chunk of more (28 kB are usual) is read each time. */
const chunkBytes = 32_768

type Entry = { readonly chunk: number; readonly packed: number; readonly segments: (Uint8Array | undefined)[]; bytes: number }

/** Remembers the segments of the newest chunks in one piece of memory. What was packed again since is not given. */
export class SegmentCache {
  readonly #entries: (Entry | undefined)[] = new Array(cachedChunks)
  #memory: Uint8Array | undefined
  #newest = 0

  /** One segment of a chunk, as it was packed the `packed`-th time; `read` reads it where it is not remembered. */
  segment({ chunk, packed }: { readonly chunk: number; readonly packed: number }, part: number, read: () => Uint8Array): Uint8Array {
    this.#newest = Math.max(this.#newest, chunk)
    if (chunk <= this.#newest - cachedChunks) return read()
    const entry = this.#entryOf(chunk, packed)
    const known = entry.segments[part]
    if (known !== undefined) return known
    const segment = read()
    this.#keep(entry, part, segment)
    return segment
  }

  #entryOf(chunk: number, packed: number): Entry {
    const place = chunk % cachedChunks
    const known = this.#entries[place]
    if (known?.chunk === chunk && known.packed === packed) return known
    const entry = { chunk, packed, segments: new Array<Uint8Array | undefined>(partCount), bytes: 0 }
    this.#entries[place] = entry
    return entry
  }

  #keep(entry: Entry, part: number, segment: Uint8Array): void {
    if (entry.bytes + segment.length > chunkBytes) return
    this.#memory ??= new Uint8Array(cachedChunks * chunkBytes)
    const start = (entry.chunk % cachedChunks) * chunkBytes + entry.bytes
    const room = this.#memory.subarray(start, start + segment.length)
    room.set(segment)
    entry.segments[part] = room
    entry.bytes += segment.length
  }
}
