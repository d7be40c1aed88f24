/** Letters that are no base letter with a mark. */
const foldedLetters: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['ł', 'l'],
  ['ø', 'o'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ı', 'i'],
  ['ə', 'e'],
  ['’', "'"],
])
const beyondAscii = /[^ -~]/
const beyondAsciiEach = /[^ -~]/g

/** A name as the lists have it: in lower case, without marks (`Müller` → `muller`, `Łukasz` → `lukasz`). */
export function foldName(name: string): string {
  const lower = name.toLowerCase()
  if (!beyondAscii.test(lower)) return lower
  return lower
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(beyondAsciiEach, (letter) => foldedLetters.get(letter) ?? letter)
}
