/**
 * The tokens of a text, one place in each array for each of them: numbers and hashes, so that no string is made of them.
 * The next text is read into the same arrays.
 */
export type Tokens = {
  count: number
  /** Where the token begins and ends, in UTF-16 units. */
  start: Int32Array
  end: Int32Array
  /** Hash of the token in lower case, with zeros for its digits. */
  exact: Int32Array
  /** Hash of its beginning in lower case, with a zero for each run of digits: what it says to its neighbours. */
  word: Int32Array
  /** Hash of the order of its classes of characters. */
  shape: Int32Array
  /** Which classes of characters it has, as bits: see `looks`. */
  look: Int32Array
  /** How many characters, classes in a row, and vowels it has. */
  changes: Int32Array
  vowels: Int32Array
  letters: Int32Array
  /** How many words it has, and how many of those are known as what: see `familiarityOf`. */
  familiarity: Int32Array
  /** Hash of what stands before it, up to the token before it; with a line break, of what stands behind the last one. */
  gap: Int32Array
  /** 1 where a blank or a line break stands before it, 2 where a line break does. */
  apart: Int32Array
  /** The token that its line begins with. */
  first: Int32Array
  /** What a rule takes it for: the number of a kind of labels, and a hash of the rule's name; 0 without one. A kind without a rule is what its neighbours hear. */
  kind: Int32Array
  rule: Int32Array
}

/** Bits of `look`. */
export const looks = { upper: 1, lower: 2, digit: 4, join: 8, sign: 16, label: 32, foreign: 64 } as const

/** Arrays with room for so many. */
export function makeTokens(room: number): Tokens {
  const array = (): Int32Array => new Int32Array(room)
  return {
    count: 0,
    ...{ start: array(), end: array(), exact: array(), word: array(), shape: array(), look: array() },
    ...{ changes: array(), vowels: array(), letters: array(), familiarity: array(), gap: array(), apart: array(), first: array() },
    ...{ kind: array(), rule: array() },
  }
}

/** Twice the room. A text may have any number of tokens, and most have few. */
export function growTokens(tokens: Tokens): void {
  const grown = makeTokens(2 * tokens.start.length)
  for (const name of ['start', 'end', 'exact', 'word', 'shape', 'look', 'changes', 'vowels', 'letters'] as const)
    grown[name].set(tokens[name])
  for (const name of ['familiarity', 'gap', 'apart', 'first', 'kind', 'rule'] as const) grown[name].set(tokens[name])
  Object.assign(tokens, { ...grown, count: tokens.count })
}

/** Stands for a token beyond either end of the text. */
export const nothing = 0x5bd1e995

/** What a token says to its neighbours: its word, or what it is taken for. */
export function said({ word, kind }: Tokens, number: number): number {
  return kind[number] || (word[number] ?? 0)
}

/** Its shape, or what it is taken for. */
export function shown({ shape, kind }: Tokens, number: number): number {
  return kind[number] || (shape[number] ?? 0)
}

/** The token from where on others count for one: the first of the line before, or of its own. */
export function contextStart({ first }: Tokens, number: number): number {
  const lineFirst = first[number] ?? 0
  return lineFirst > 0 ? (first[lineFirst - 1] ?? 0) : 0
}
