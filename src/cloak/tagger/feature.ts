import { classOf, digit, lower, upper } from './character-class.ts'
import { hashSeed, hashStep, mix } from './hash.ts'
import { contextStart, nothing, said, shown, type Tokens } from './token.ts'

/** More features than any token has. */
export const featuresMax = 192

/** How many tokens before and behind one on its line, and at the end of the line before, are looked at. */
const beforeMax = 12
const bagMax = 10
const behindMax = 6
const lineBeforeMax = 6
/** Most characters of a token whose trigrams count, and most words of a neighbour. */
const trigramsMax = 22
const wordsMax = 6

/** Stands before and behind the characters of a token. */
const edge = 0x5e

const wordParts = new Int32Array(wordsMax)

/**
 * Writes the features of a token, as hashes, and answers how many: what it looks like, what its words are, and what stands around it.
 * A number says which feature it is, so that none can be taken for another but by chance. Takes a bounded time a token.
 */
export function readFeatures(text: string, tokens: Tokens, number: number, features: Int32Array): number {
  let size = readOwn(text, tokens, number, features)
  size = readBeside(text, tokens, number, features, size)
  size = readLine(text, tokens, number, features, size)
  size = readLineBefore(tokens, number, features, size)
  return readRule(tokens, number, features, size)
}

/** What it looks like, and its words. */
function readOwn(text: string, tokens: Tokens, number: number, features: Int32Array): number {
  const from = tokens.start[number] ?? 0
  const to = tokens.end[number] ?? 0
  const ownLook = tokens.look[number] ?? 0
  const looked = lookedOf(tokens, number)
  const known = tokens.familiarity[number] ?? 0
  let size = 0
  features[size++] = mix(0, tokens.exact[number] ?? 0, 0)
  features[size++] = mix(1, tokens.shape[number] ?? 0, 0)
  features[size++] = mix(2, looked, 0)
  features[size++] = mix(3, known, 0)
  features[size++] = mix(4, known, ownLook)
  features[size++] = mix(5, tokens.changes[number] ?? 0, looked)
  features[size++] = mix(6, vowelShare(tokens.vowels[number] ?? 0, tokens.letters[number] ?? 0), looked)
  const parts = readWords(text, from, to)
  for (let part = 0; part < parts; part += 1) features[size++] = mix(7, wordParts[part] ?? 0, 0)
  return readEdges(text, from, to, features, size)
}

/** The tokens right before and behind it, and what stands between. */
function readBeside(text: string, tokens: Tokens, number: number, features: Int32Array, sizeBefore: number): number {
  const { count, start, end, shape, look, familiarity, gap, apart, kind } = tokens
  const ownLook = look[number] ?? 0
  const known = familiarity[number] ?? 0
  const floor = contextStart(tokens, number)
  const hasNext = number + 1 < count && (apart[number + 1] ?? 0) !== 2
  const before = number > floor ? said(tokens, number - 1) : nothing
  const before2 = number > floor + 1 ? said(tokens, number - 2) : nothing
  const before3 = number > floor + 2 ? said(tokens, number - 3) : nothing
  const behind = hasNext ? said(tokens, number + 1) : nothing
  const behind2 = hasNext && number + 2 < count && (apart[number + 2] ?? 0) !== 2 ? said(tokens, number + 2) : nothing
  const gapLeft = gap[number] ?? 0
  const gapRight = hasNext ? (gap[number + 1] ?? 0) : nothing
  const gapLeft2 = number > floor ? (gap[number - 1] ?? 0) : nothing
  const glued =
    (apart[number] ?? 0) | ((hasNext ? (apart[number + 1] ?? 0) : 3) << 2) | ((number > floor ? (apart[number - 1] ?? 0) : 3) << 4)
  let size = sizeBefore
  features[size++] = mix(12, gapLeft, 0)
  features[size++] = mix(13, gapRight, 0)
  features[size++] = mix(14, gapLeft, gapRight)
  features[size++] = mix(15, gapLeft, lookedOf(tokens, number))
  features[size++] = mix(16, before, 0)
  features[size++] = mix(17, before, gapLeft)
  features[size++] = mix(18, before2, 0)
  features[size++] = mix(19, before ^ Math.imul(before2, 31), gapLeft ^ Math.imul(gapLeft2, 31))
  features[size++] = mix(20, behind, gapRight)
  features[size++] = mix(21, behind, 0)
  features[size++] = mix(22, behind2, 0)
  features[size++] = mix(23, behind, behind2)
  features[size++] = mix(24, before3, 0)
  features[size++] = mix(25, before, behind)
  features[size++] = mix(26, (number > floor ? shown(tokens, number - 1) : nothing) ^ gapLeft, shape[number] ?? 0)
  features[size++] = mix(27, (hasNext ? shown(tokens, number + 1) : nothing) ^ gapRight, shape[number] ?? 0)
  features[size++] = mix(28, before ^ gapLeft, known)
  features[size++] = mix(29, before, ownLook)
  features[size++] = mix(30, glued, ownLook)
  if (number === floor || kind[number - 1] !== 0) return size
  return readNeighbour(41, text, start[number - 1] ?? 0, end[number - 1] ?? 0, strangeLookOf(tokens, number), features, size)
}

/** What stands further off on its line; a key is the last word before a colon or an equals sign. */
function readLine(text: string, tokens: Tokens, number: number, features: Int32Array, sizeBefore: number): number {
  const { count, start, end, look, familiarity, apart, first, kind } = tokens
  const ownLook = look[number] ?? 0
  const known = familiarity[number] ?? 0
  const strangeness = isStrange(known) | (((known >> 6) & 7) === 0 ? 0 : 2)
  const lineFirst = first[number] ?? 0
  const place = Math.min(number - lineFirst, 5)
  let size = sizeBefore
  let key = -1
  for (let other = number - 1, steps = 0; other >= lineFirst && steps < beforeMax; other -= 1, steps += 1) {
    const heard = said(tokens, other)
    if (steps < bagMax) {
      features[size++] = mix(31, heard, 0)
      features[size++] = mix(32, heard, strangeness)
    }
    if (key < 0 && endsKey(text, end[other] ?? 0)) key = other
  }
  for (let other = number + 1, steps = 0; other < count && (apart[other] ?? 0) !== 2 && steps < behindMax; other += 1, steps += 1) {
    features[size++] = mix(33, said(tokens, other), 0)
  }
  const opening = lineFirst < number ? said(tokens, lineFirst) : nothing
  features[size++] = mix(34, opening, 0)
  features[size++] = mix(35, opening, place)
  const keyWord = key < 0 ? nothing : said(tokens, key)
  features[size++] = mix(36, keyWord, 0)
  features[size++] = mix(37, keyWord, known)
  features[size++] = mix(38, keyWord, lookedOf(tokens, number))
  features[size++] = mix(43, place, ownLook)
  if (key < 0 || kind[key] !== 0) return size
  return readNeighbour(39, text, start[key] ?? 0, end[key] ?? 0, strangeLookOf(tokens, number), features, size)
}

/** The end of the line before: a value may stand alone below its label. */
function readLineBefore(tokens: Tokens, number: number, features: Int32Array, sizeBefore: number): number {
  const floor = contextStart(tokens, number)
  const lineFirst = tokens.first[number] ?? 0
  let size = sizeBefore
  for (let other = lineFirst - 1, steps = 0; other >= floor && steps < lineBeforeMax; other -= 1, steps += 1) {
    features[size++] = mix(44, said(tokens, other), 0)
  }
  if (number === lineFirst && number > floor) {
    const before = said(tokens, number - 1)
    features[size++] = mix(45, before, 0)
    features[size++] = mix(46, before, tokens.look[number] ?? 0)
  }
  return size
}

/** What a rule says of it, and of its neighbours. */
function readRule(tokens: Tokens, number: number, features: Int32Array, sizeBefore: number): number {
  const { count, exact, look, familiarity, apart, kind, rule } = tokens
  const floor = contextStart(tokens, number)
  const hasNext = number + 1 < count && (apart[number + 1] ?? 0) !== 2
  const ownRule = rule[number] ?? 0
  const ownKind = ownRule === 0 ? 0 : (kind[number] ?? 0)
  let size = sizeBefore
  features[size++] = mix(60, ownRule, 0)
  features[size++] = mix(61, ownKind, 0)
  if (ownRule !== 0) {
    features[size++] = mix(62, ownRule, look[number] ?? 0)
    features[size++] = mix(63, ownRule, familiarity[number] ?? 0)
    features[size++] = mix(64, ownRule, number > floor ? said(tokens, number - 1) : nothing)
    features[size++] = mix(65, ownRule, exact[number] ?? 0)
  }
  features[size++] = mix(66, ownKind, number > floor ? (kind[number - 1] ?? 0) : 0)
  features[size++] = mix(67, ownKind, hasNext ? (kind[number + 1] ?? 0) : 0)
  return size
}

/** Its look, and its length in steps. */
function lookedOf({ start, end, look }: Tokens, number: number): number {
  return (look[number] ?? 0) | (stepOf((end[number] ?? 0) - (start[number] ?? 0)) << 7)
}

/** Its look, and whether it has an unknown word. */
function strangeLookOf({ look, familiarity }: Tokens, number: number): number {
  return (look[number] ?? 0) | (isStrange(familiarity[number] ?? 0) << 8)
}

/** 1 where a word of a token never stood in a harmless place. */
function isStrange(known: number): number {
  return ((known >> 3) & 7) === 0 ? 0 : 1
}

/** Whether a key ends here: a colon or an equals sign follows, behind at most one sign or blank (`"user": `, `user =`). */
export function endsKey(text: string, at: number): boolean {
  const sign = text.charCodeAt(at)
  if (isKeySign(sign)) return true
  return (sign === 0x22 || sign === 0x27 || sign === 0x20 || sign === 0x5d) && isKeySign(text.charCodeAt(at + 1))
}

function isKeySign(code: number): boolean {
  return code === 0x3a || code === 0x3d
}

/** 0 for no character to 10 for forty and more. */
function stepOf(length: number): number {
  return lengthSteps[Math.min(length, lengthSteps.length - 1)] ?? 0
}

const steps = [1, 2, 3, 4, 6, 8, 12, 16, 24, 40]
const lengthSteps = Uint8Array.from({ length: 41 }, (_, length) => steps.filter((step) => length >= step).length)

/** In fifths; 9 without a letter. */
function vowelShare(vowels: number, letters: number): number {
  return letters === 0 ? 9 : Math.round((5 * vowels) / letters)
}

/** The words of a neighbour, each also with what the token looks like. */
function readNeighbour(kind: number, text: string, from: number, to: number, look: number, features: Int32Array, before: number): number {
  let size = before
  const parts = readWords(text, from, to)
  for (let part = 0; part < parts; part += 1) {
    features[size++] = mix(kind, wordParts[part] ?? 0, 0)
    features[size++] = mix(kind + 1, wordParts[part] ?? 0, look)
  }
  return size
}

/** Notes the words of two letters and more in a token, apart where small letters end (`userName`, `db-password`), and answers how many. */
function readWords(text: string, from: number, to: number): number {
  let parts = 0
  let hash = hashSeed
  let length = 0
  let before = 0
  const limit = Math.min(to, from + 64)
  for (let at = from; at <= limit && parts < wordsMax; at += 1) {
    const code = at < limit ? text.charCodeAt(at) : 0
    const nature = at < limit ? (classOf[code] ?? 0) : 0
    if (length > 0 && (nature < upper || (nature === upper && before === lower))) {
      if (length > 1) wordParts[parts++] = hash
      hash = hashSeed
      length = 0
    }
    if (nature >= upper) {
      hash = hashStep(hash, nature === upper ? code | 0x20 : code)
      length += 1
    }
    before = nature
  }
  return parts
}

/** Beginnings, ends and trigrams, in lower case and with all digits alike. */
function readEdges(text: string, from: number, to: number, features: Int32Array, before: number): number {
  let size = before
  const length = to - from
  features[size++] = mix(8, smallAt(text, from), smallAt(text, from + 1))
  features[size++] = mix(9, smallAt(text, to - 2), smallAt(text, to - 1))
  if (length > 2) {
    features[size++] = mix(10, smallAt(text, from) | (smallAt(text, from + 1) << 16), smallAt(text, from + 2))
    features[size++] = mix(11, smallAt(text, to - 3) | (smallAt(text, to - 2) << 16), smallAt(text, to - 1))
  }
  let first = edge
  let second = smallAt(text, from)
  for (let at = from + 1; at <= to && at - from <= trigramsMax; at += 1) {
    const third = at === to ? edge : smallAt(text, at)
    features[size++] = mix(47, first | (second << 16), third)
    first = second
    second = third
  }
  return size
}

function smallAt(text: string, at: number): number {
  if (at < 0 || at >= text.length) return edge
  const code = text.charCodeAt(at)
  const nature = classOf[code] ?? 0
  if (nature === digit) return 0x30
  return nature === upper ? code | 0x20 : code
}
