import { classOf, digit, lower, sign, upper } from './character-class.ts'
import { hashSeed, hashStep } from './hash.ts'
import { looks, type Tokens } from './token.ts'
import { nameBit, seenMask, traitsOf, type Vocabulary, wordBit } from './vocabulary.ts'

/** Most characters of a token that its word, its shape and its words are read from. */
const wordLengthMax = 20
const shapePiecesMax = 12
const readLengthMax = 64

/** Most changes of class that are told apart. */
const changesMax = 9

/** Reads a token to the end of the list, but for the gap before it. One of small letters alone, as most are, is one word: all that is asked of it comes from one hash. */
export function readToken(tokens: Tokens, codes: Uint16Array, start: number, end: number, vocabulary: Vocabulary): void {
  const { count } = tokens
  const length = end - start
  tokens.start[count] = start
  tokens.end[count] = end
  let hash = hashSeed
  let vowels = 0
  let at = length <= wordLengthMax ? start : end + 1
  for (; at < end; at += 1) {
    const code = codes[at] ?? 0
    if (code < 0x61 || code > 0x7a) break
    hash = hashStep(hash, code)
    vowels += (vowelBits >>> (code - 0x61)) & 1
  }
  if (at !== end) {
    readMixedToken(tokens, codes, start, end, vocabulary)
    return
  }
  clearWords()
  addWord(vocabulary, hash, length)
  tokens.exact[count] = hash
  tokens.word[count] = hash
  tokens.shape[count] = length === 1 ? oneSmall : someSmall
  tokens.look[count] = looks.lower
  tokens.changes[count] = 1
  tokens.vowels[count] = vowels
  tokens.letters[count] = length
  tokens.familiarity[count] = familiarity()
}

const vowelBits = [...'aeiouy'].reduce((bits, vowel) => bits | (1 << (vowel.charCodeAt(0) - 0x61)), 0)
const oneSmall = hashStep(hashSeed, lower)
const someSmall = hashStep(oneSmall, 1)

function readMixedToken(tokens: Tokens, codes: Uint16Array, start: number, end: number, vocabulary: Vocabulary): void {
  let exact = hashSeed
  let word = hashSeed
  let wordLength = 0
  let part = hashSeed
  let partLength = 0
  let look = 0
  let vowels = 0
  let letters = 0
  let before = 0
  clearWords()
  clearShape()
  const readEnd = Math.min(end, start + readLengthMax)
  for (let at = start; at < readEnd; at += 1) {
    const code = codes[at] ?? 0
    const nature = classOf[code] ?? 0
    if (partLength > 0 && (nature < upper || (nature === upper && before === lower))) {
      addWord(vocabulary, part, partLength)
      part = hashSeed
      partLength = 0
    }
    const small = nature === upper ? code | 0x20 : nature === digit ? 0x30 : code
    exact = hashStep(exact, small)
    if (wordLength < wordLengthMax && (nature !== digit || before !== digit)) {
      word = hashStep(word, small)
      wordLength += 1
    }
    addToShape(nature === sign ? code : nature, nature !== before || nature === sign)
    if (nature >= upper) {
      part = hashStep(part, small)
      partLength += 1
      letters += 1
      if (small >= 0x61 && small <= 0x7a) vowels += (vowelBits >>> (small - 0x61)) & 1
    }
    look |= lookOf(code, nature)
    before = nature
  }
  if (partLength > 0) addWord(vocabulary, part, partLength)
  const { count } = tokens
  tokens.exact[count] = exact
  tokens.word[count] = word
  tokens.shape[count] = shape
  tokens.look[count] = look
  tokens.changes[count] = Math.min(changes, changesMax)
  tokens.vowels[count] = vowels
  tokens.letters[count] = letters
  tokens.familiarity[count] = familiarity()
}

function lookOf(code: number, nature: number): number {
  if (nature >= upper) return (nature === upper ? looks.upper : looks.lower) | (code >= 0x80 ? looks.foreign : 0)
  if (nature === digit) return looks.digit
  return code === 0x2d || code === 0x2e || code === 0x5f ? looks.join : looks.sign
}

/** The order of the classes: each one once, with a mark where it goes on; each sign by itself. */
let shape = hashSeed
let pieces = 0
let changes = 0
let goesOn = false

function clearShape(): void {
  shape = hashSeed
  pieces = 0
  changes = 0
  goesOn = false
}

function addToShape(piece: number, isNew: boolean): void {
  if (isNew) changes += 1
  else if (goesOn) return
  goesOn = !isNew
  if (pieces < shapePiecesMax) shape = hashStep(shape, isNew ? piece : 1)
  pieces += 1
}

/** How many words a token has, how many of them never or seldom stood in a harmless place, and how many are in the lists of words and of names. */
let words = 0
let unknown = 0
let rare = 0
let listed = 0
let names = 0

function clearWords(): void {
  words = 0
  unknown = 0
  rare = 0
  listed = 0
  names = 0
}

/** A single letter is no word. */
function addWord(vocabulary: Vocabulary, hash: number, length: number): void {
  if (length < 2) return
  const traits = traitsOf(vocabulary, hash)
  words += 1
  if ((traits & seenMask) === 0) unknown += 1
  if ((traits & seenMask) < seenMask) rare += 1
  if ((traits & wordBit) !== 0) listed += 1
  if ((traits & nameBit) !== 0) names += 1
}

/** Three bits for each of the numbers. */
function familiarity(): number {
  const known = (Math.min(listed, 3) << 9) | (Math.min(names, 2) << 12)
  return Math.min(words, 4) | (Math.min(unknown, 3) << 3) | (Math.min(rare, 3) << 6) | known
}
