import { isBlank } from '../../src/ingest/split-array.ts'

const quote = 0x22
const comma = 0x2c
const openBracket = 0x5b
const backslash = 0x5c
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d

/** Finds where a JSON value ends whose bytes come piece by piece, and none of which is kept. Of a broken one it may find no end. */
export class ElementEnd {
  #depth = 0
  #isInText = false
  #isEscaped = false
  #isBegun = false

  /** The place behind the value, where it ends in this piece; undefined where it goes on. */
  find(piece: Uint8Array): number | undefined {
    let at = 0
    while (at < piece.length) {
      if (this.#isInText) {
        at = this.#endOfText(piece, at)
        if (!this.#isInText && this.#depth === 0) return at
        continue
      }
      const byte = piece[at] ?? 0
      if (byte === comma && this.#isBegun && this.#depth === 0) return at
      this.#isBegun ||= byte !== comma && !isBlank(byte)
      if (byte === quote) this.#isInText = true
      else if (byte === openBrace || byte === openBracket) this.#depth += 1
      else if (this.#depth === 0 && byte === closeBracket)
        return at // The array's own.
      else if (byte === closeBrace || byte === closeBracket) {
        this.#depth = Math.max(0, this.#depth - 1)
        if (this.#depth === 0) return at + 1
      }
      at += 1
    }
    return undefined
  }

  /** Behind the quote that ends a text, or the end of the piece. */
  #endOfText(piece: Uint8Array, from: number): number {
    for (let at = from; at < piece.length; at += 1) {
      if (this.#isEscaped) this.#isEscaped = false
      else if (piece[at] === backslash) this.#isEscaped = true
      else if (piece[at] === quote) {
        this.#isInText = false
        return at + 1
      }
    }
    return piece.length
  }
}
