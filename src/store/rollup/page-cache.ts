import type { Prepared } from '../../base/sql.ts'

/** A packed row as it is changed in memory. `size` says how much of the cache's bound it takes. */
export type PackedPage = { readonly size: number; encode(): Uint8Array }

export type PageStatements = { readonly find: Prepared<unknown>; readonly write: Prepared<unknown> }

type Entry<Page> = { readonly page: Page; isChanged: boolean }

/** Packed rows by their rowid: unpacked when first asked for, written back together, kept while they are in use. */
export class PageCache<Page extends PackedPage> {
  readonly #statements: PageStatements
  readonly #unpack: (blob: Uint8Array | undefined, id: number) => Page
  readonly #sizeMax: number
  readonly #entries = new Map<number, Entry<Page>>()

  constructor(statements: PageStatements, unpack: (blob: Uint8Array | undefined, id: number) => Page, sizeMax: number) {
    this.#statements = statements
    this.#unpack = unpack
    this.#sizeMax = sizeMax
  }

  /** The page of a row as it stands; an empty one when there is no row. `willChange` says that it is to be written. */
  open(id: number, willChange: boolean): Page {
    const entry = this.#entries.get(id) ?? this.#read(id)
    entry.isChanged ||= willChange
    this.#entries.delete(id)
    this.#entries.set(id, entry) // The ones used last stand last.
    return entry.page
  }

  /** Writes what was changed, in the order of the rows, and forgets what was not used for longest. */
  write(): void {
    const changed = [...this.#entries].filter(([, { isChanged }]) => isChanged).sort(([left], [right]) => left - right)
    for (const [id, entry] of changed) {
      this.#statements.write.run(id, entry.page.encode())
      entry.isChanged = false
    }
    let size = 0
    for (const { page } of this.#entries.values()) size += page.size
    for (const [id, { page }] of this.#entries) {
      if (size <= this.#sizeMax) break
      this.#entries.delete(id)
      size -= page.size
    }
  }

  forget(): void {
    this.#entries.clear()
  }

  #read(id: number): Entry<Page> {
    const blob = this.#statements.find.arrays(id)[0]?.[0]
    return { page: this.#unpack(blob instanceof Uint8Array ? blob : undefined, id), isChanged: false }
  }
}
