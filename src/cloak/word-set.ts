/** Words of ASCII in lower case that can be asked about a stretch of a text, without cutting it out. */
export type WordSet = {
  /** At each place the word whose hash leads there, or the next one free; always some are empty. */
  readonly slots: readonly string[]
  readonly lengthMax: number
}

/** Ready to be asked; the words are in lower case. */
export function makeWordSet(words: Iterable<string>): WordSet {
  const list = [...new Set(words)]
  const slots = Array.from({ length: 2 ** Math.ceil(Math.log2(3 * list.length + 1)) }, () => '')
  for (const word of list) {
    let slot = hash(word, 0, word.length) & (slots.length - 1)
    while (slots[slot] !== '') slot = (slot + 1) & (slots.length - 1)
    slots[slot] = word
  }
  return { slots, lengthMax: Math.max(0, ...list.map((word) => word.length)) }
}

/** Whether the stretch is one of the words, in any case. */
export function isOneOf({ slots, lengthMax }: WordSet, text: string, start: number, end: number): boolean {
  if (end <= start || end - start > lengthMax) return false
  const mask = slots.length - 1
  for (let slot = hash(text, start, end) & mask; ; slot = (slot + 1) & mask) {
    const word = slots[slot] ?? ''
    if (word === '') return false
    if (word.length === end - start && isWordAt(text, start, word)) return true
  }
}

/** Whether a word in lower case stands at a place, in any case. */
export function isWordAt(text: string, start: number, word: string): boolean {
  if (start + word.length > text.length) return false
  for (let offset = 0; offset < word.length; offset += 1) {
    if (lowerCode(text.charCodeAt(start + offset)) !== word.charCodeAt(offset)) return false
  }
  return true
}

function hash(text: string, start: number, end: number): number {
  let sum = 0
  for (let index = start; index < end; index += 1) sum = (Math.imul(sum, 31) + lowerCode(text.charCodeAt(index))) | 0
  return sum ^ (sum >>> 15)
}

function lowerCode(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code | 0x20 : code
}
