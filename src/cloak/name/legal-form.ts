import { legalForms } from './organization-word.ts'
import { isCapitalized, isUpperCase, type Token } from './token.ts'

/** Where a legal form ends that begins here (`GmbH & Co. KG`, `e.V.`), or `at`. */
export function formEnd(tokens: readonly Token[], at: number): number {
  const token = tokens[at]
  if (!token?.isApart) return at
  const dotted = token.text.length === 1 ? dottedFormEnd(tokens, at) : at
  if (dotted > at) return dotted
  if (token.text === 'hf' && tokens[at + 1]?.text === '.') return at + 2
  if (token.text === 'Co' && tokens[at + 1]?.text === '.' && !isCapitalized(tokens[at + 2])) return at + 2
  if (!isLegalForm(tokens, at)) return at
  let end = at + 1
  if (token.text === 'UG' && tokens[end]?.text === '(' && tokens[end + 1]?.folded === 'haftungsbeschrankt') return end + 3
  if (tokens[end]?.text === '.' && !tokens[end]?.isApart && /^(?:Inc|Ltd|Corp)$/i.test(token.text)) end += 1
  if (/^[&+]$/.test(tokens[end]?.text ?? '') && tokens[end + 1]?.text === 'Co') {
    end += tokens[end + 2]?.text === '.' ? 3 : 2
    if (isLegalForm(tokens, end)) end += 1
  }
  return end
}

/** `e.V.`, `S.p.A.` */
function dottedFormEnd(tokens: readonly Token[], at: number): number {
  const letters = tokens.slice(at, at + 9).map(({ text }) => text)
  return (
    at + (/^(?:S\.A\.deC\.V|S\.deR\.L|S\.A\.S|e\.[VGK]|[BNS]\.[VALC]|A\.[SŞ]|S\.p\.A|S\.r\.l)\.?/.exec(letters.join(''))?.[0].length ?? 0)
  )
}

/** Also in capitals behind a word in capitals: `SILVERLINE LOGISTICS CORP.` */
export function isLegalForm(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  if (token?.kind !== 'word') return false
  return legalForms.has(token.text) || (isUpperCase(token) && isUpperCase(tokens[at - 1]) && upperForms.has(token.text))
}

const upperForms = new Set([...legalForms].map((form) => form.toUpperCase()))
