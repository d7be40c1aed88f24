import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import type { Refusal } from '../../src/event/refusal.ts'

/** Lines held back before they are written, in characters. */
const heldCharactersMax = 256 * 1024

/**
 * The records that an import did not take, a JSON line each: where one stands in its source, which field has what wrong with it. Never what stands there,
 * which was not cloaked. The file is made with the first line.
 */
export class RejectsFile {
  readonly path: string
  readonly #noun: string
  #file: number | undefined
  #bytes: number
  #held = ''

  /** `bytes` of the file are known to be right: what stands behind them is cut off, with 0 everything. */
  constructor(path: string, noun: string, bytes = 0) {
    this.path = path
    this.#noun = noun
    this.#bytes = bytes
  }

  add(place: number, { field, rule }: Pick<Refusal, 'field' | 'rule'>): void {
    this.#held += `${JSON.stringify({ [this.#noun]: place, field, rule })}\n`
    if (this.#held.length >= heldCharactersMax) this.#write()
  }

  /** The bytes of the file that hold all that was added so far. */
  mark(): number {
    this.#write()
    return this.#bytes
  }

  /** When it returns, all up to the last mark is on disk. */
  settle(): void {
    if (this.#file !== undefined) fsyncSync(this.#file)
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }

  #write(): void {
    if (this.#held === '') return
    const file = this.#open()
    const line = Buffer.from(this.#held)
    for (let written = 0; written < line.length; ) written += writeSync(file, line, written, line.length - written, this.#bytes + written)
    this.#bytes += line.length
    this.#held = ''
  }

  #open(): number {
    if (this.#file !== undefined) return this.#file
    // Not for appending: what is known of the file says where the next line goes.
    this.#file = openSync(this.path, this.#bytes === 0 ? 'w' : 'r+', 0o600)
    if (fstatSync(this.#file).size > this.#bytes) ftruncateSync(this.#file, this.#bytes)
    return this.#file
  }
}
