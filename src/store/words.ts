import type { Database } from 'bun:sqlite'
import { assert } from '../base/assert.ts'
import { type Prepared, prepare, slot } from '../base/sql.ts'
import { sql } from './schema.ts'

/** Characters of words kept in memory, in each direction. Words come from anonymous clients: the dictionary itself may grow far beyond it. */
const cachedCharactersMax = 2_000_000
const entryCharacters = 64 // What an entry costs beside its text, roughly.

/** The dictionary of the store: short codes for texts that repeat. A code never changes its text, so whatever is cached stays true. */
export class Words {
  readonly #codes = new Cache<string, number>()
  readonly #texts = new Cache<number, string>()
  readonly #findCode: Prepared<{ code: number }>
  readonly #findText: Prepared<{ text: string }>
  readonly #listCodes: Prepared<{ code: number }>

  constructor(database: Database) {
    const byText = sql.selectFrom('word').select('code').where('kind', '=', slot(0)).where('text', '=', slot(1)) // Index word_text.
    const byCode = sql.selectFrom('word').select('text').where('kind', '=', slot(0)).where('code', '=', slot(1)) // Primary key.
    this.#findCode = prepare(database, byText)
    this.#findText = prepare(database, byCode)
    this.#listCodes = prepare(database, sql.selectFrom('word').select('code').where('kind', '=', slot(0))) // Primary key.
  }

  /** The code of a text; undefined when no run ever had it. */
  find(kind: string, text: string): number | undefined {
    const cached = this.#codes.get(kind, text)
    if (cached !== undefined) return cached
    const code = this.#findCode.first(kind, text)?.code
    if (code !== undefined) this.remember(kind, text, code)
    return code
  }

  /** The text of a code that a row holds. */
  text(kind: string, code: number): string {
    const cached = this.#texts.get(kind, code)
    if (cached !== undefined) return cached
    const text = this.#findText.first(kind, code)?.text
    assert(text !== undefined, 'a code in a row has its word')
    this.remember(kind, text, code)
    return text
  }

  /** Every code of a kind that has few. */
  codes(kind: string): readonly number[] {
    return this.#listCodes.all(kind).map(({ code }) => code)
  }

  protected remember(kind: string, text: string, code: number): void {
    this.#codes.set(kind, text, code, text.length)
    this.#texts.set(kind, code, text, text.length)
  }

  /** Empties the cache: after a rollback it may hold words that are not there. */
  forget(): void {
    this.#codes.clear()
    this.#texts.clear()
  }
}

/** The writer's dictionary, which gives new texts a code. Call only inside a transaction, and `forget` when that is rolled back. */
export class WritableWords extends Words {
  readonly #insert: Prepared<unknown>
  readonly #findLast: Prepared<{ code: number }>
  readonly #last = new Map<string, number>()

  constructor(database: Database) {
    super(database)
    this.#insert = prepare(database, sql.insertInto('word').values({ kind: slot(0), code: slot(1), text: slot(2) }))
    const last = sql.selectFrom('word').select('code').where('kind', '=', slot(0)).orderBy('code', 'desc').limit(1) // Primary key.
    this.#findLast = prepare(database, last)
  }

  /** The code of a text, new when nobody had it. Codes start from 1 for each kind. */
  code(kind: string, text: string): number {
    const known = this.find(kind, text)
    if (known !== undefined) return known
    const last = this.#last.get(kind) ?? this.#findLast.first(kind)?.code ?? 0
    this.#insert.run(kind, last + 1, text)
    this.#last.set(kind, last + 1)
    this.remember(kind, text, last + 1)
    return last + 1
  }

  override forget(): void {
    super.forget()
    this.#last.clear()
  }
}

/** A bounded map from kind and key to value. Two generations: what is not asked for while the younger one fills is dropped. */
class Cache<Key, Value> {
  #young = new Map<string, Map<Key, Value>>()
  #old = new Map<string, Map<Key, Value>>()
  #characters = 0

  get(kind: string, key: Key): Value | undefined {
    return this.#young.get(kind)?.get(key) ?? this.#revive(kind, key)
  }

  set(kind: string, key: Key, value: Value, characters: number): void {
    this.#characters += characters + entryCharacters
    if (this.#characters > cachedCharactersMax / 2) {
      this.#old = this.#young
      this.#young = new Map()
      this.#characters = characters + entryCharacters
    }
    const entries = this.#young.get(kind)
    if (entries === undefined) this.#young.set(kind, new Map([[key, value]]))
    else entries.set(key, value)
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
    this.#characters = 0
  }

  #revive(kind: string, key: Key): Value | undefined {
    const value = this.#old.get(kind)?.get(key)
    if (value === undefined) return undefined
    this.set(kind, key, value, typeof key === 'string' ? key.length : String(value).length)
    return value
  }
}
