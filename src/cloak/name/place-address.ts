import { isStreetWord } from './place-word.ts'
import { isUpperCase, type Token } from './token.ts'

/** What follows one is part of an address. */
export function isPostalCode(token: Token | undefined): boolean {
  return token?.kind === 'number' && /^\d{4,5}$/.test(token.text)
}

/** Most tokens between a street and its city. */
const streetTokensMax = 7

/** Whether a place is the city of an address: `12 Main Street, Springfield, IL 62704`, `Stroud GL5 2HB`. */
export function isInAddress(tokens: readonly Token[], at: number, to: number): boolean {
  const next = tokens[to]?.text === ',' ? to + 1 : to
  if (isUpperCase(tokens[next]) && tokens[next + 1]?.kind === 'number') {
    if (tokens[next]?.text.length === 2 && isPostalCode(tokens[next + 1])) return true
    if (tokens[next + 1]?.isApart === false || tokens[next + 2]?.isApart === false) return true
  }
  if (isPostalCode(tokens[to]) && tokens[to]?.isApart) return true
  if (tokens[at - 1]?.text !== ',') return false
  for (let before = at - 2; before >= Math.max(0, at - streetTokensMax); before -= 1) {
    const isEnd = tokens[before + 1]?.text === ',' || tokens[before + 1]?.kind === 'number' || tokens[before + 1]?.text === '.'
    if (isEnd && isStreetWord(tokens[before]?.folded ?? ''))
      return tokens.slice(Math.max(0, before - 5), at).some(({ kind }) => kind === 'number')
  }
  return false
}
