import { codesOf } from '../../src/cloak/codes.ts'
import { foldName } from '../../src/cloak/name/fold.ts'
import { hashText } from '../../src/cloak/tagger/hash.ts'
import { readTokens } from '../../src/cloak/tagger/read-tokens.ts'
import { nameBit, placeOf, seenMask, type Vocabulary, vocabularySize, wordBit } from '../../src/cloak/tagger/vocabulary.ts'
import { englishWords } from '../names.ts'
import { kindsOf } from './example.ts'
import type { TrainingText } from './training-text.ts'
import { listedWords } from './word-list.ts'

const wordLists = ['german-noun', 'german-word', 'ordinary-word', 'product'] as const
const nameLists = ['given-name', 'surname', 'more-given-name', 'more-surname', 'city'] as const

/** Notes the words of the lists, and in how many of the texts each word stands where nothing has to be hidden. */
export async function makeVocabulary(texts: readonly TrainingText[]): Promise<Vocabulary> {
  const vocabulary = new Uint8Array(vocabularySize / 2)
  const note = (place: number, bits: number): void => {
    vocabulary[place >>> 1] = (vocabulary[place >>> 1] ?? 0) | (bits << (4 * (place & 1)))
  }
  for (const word of englishWords()) note(placeOf(hashText(word)), wordBit)
  for (const word of [...listedWords(), ...(await readLists(wordLists))]) note(placeOf(hashText(word)), wordBit)
  for (const word of await readLists(nameLists)) note(placeOf(hashText(word)), nameBit)
  const seen = new Map<number, number>()
  for (const text of texts) {
    for (const place of placesIn(text, vocabulary)) seen.set(place, (seen.get(place) ?? 0) + 1)
  }
  for (const [place, count] of seen) note(place, Math.min(count, seenMask))
  return vocabulary
}

function placesIn({ text, spans }: TrainingText, vocabulary: Vocabulary): ReadonlySet<number> {
  const tokens = readTokens(text, codesOf(text), { from: 0, to: text.length }, vocabulary)
  const kinds = kindsOf(tokens, spans)
  const harmless = kinds.flatMap((kind, number) => (kind === 0 ? [text.slice(tokens.start[number], tokens.end[number])] : []))
  return new Set(harmless.flatMap(wordsOf).map((word) => placeOf(hashText(word))))
}

/** As the tagger reads them: two letters and more, apart where small letters end. */
function wordsOf(token: string): readonly string[] {
  const apart = token.slice(0, 64).replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
  return apart
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(({ length }) => length > 1)
}

async function readLists(names: readonly string[]): Promise<readonly string[]> {
  const folder = new URL('../../src/cloak/name/list/', import.meta.url).pathname
  const files = await Promise.all(names.map((name) => Bun.file(`${folder}${name}.txt`).text()))
  return files
    .flatMap((file) => file.split(/[\s,]+/))
    .map(foldName)
    .filter(({ length }) => length > 1)
}
