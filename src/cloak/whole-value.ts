import type { RankedMatch } from './walk.ts'

/** Most characters of a passphrase behind its first word, and of a domain before a login. */
const reach = 64
/** More words up to the quote that closes: matches ` horse battery"`; must not match `, then "`. */
const moreWords = /^(?: [^\s"'`<>{}=]{1,24}){1,7}(?=["'`])/
/** The domain of a login of Windows, that of the machine itself as well: matches `FIRMA\`, `.\`; must not match `C:\users\`. */
const domain = /(?<=^|[\s"'`=:(,;|])(?:[A-Za-z][\w.-]{1,30}|\.)\\{1,2}$/

/**
 * The matches with all that belongs to them: secrets that begin right behind a quote with the words up to the next one of its kind, since a rule takes the first word
 * of a passphrase; logins with the domain of Windows before them.
 */
export function wholeValues(text: string, matches: readonly RankedMatch[]): readonly RankedMatch[] {
  return matches.map((match) => {
    if (match.label === '<secret>') return wholeQuote(text, match)
    return match.label === '<user>' ? withDomain(text, match) : match
  })
}

function wholeQuote(text: string, match: RankedMatch): RankedMatch {
  const { start, end } = match
  const quote = text.charAt(start - 1)
  if (!/^["'`]$/.test(quote) || !/^(?:[\s=:([,{]|)$/.test(text.charAt(start - 2))) return match
  const more = moreWords.exec(text.slice(end, end + reach))?.[0].length ?? 0
  return more > 0 && text[end + more] === quote ? { ...match, end: end + more } : match
}

function withDomain(text: string, match: RankedMatch): RankedMatch {
  if (text[match.start - 1] !== '\\') return match
  const length = domain.exec(text.slice(Math.max(0, match.start - reach), match.start))?.[0].length ?? 0
  return length === 0 ? match : { ...match, start: match.start - length }
}
