import { openPersonLabels, organizationLabels, personLabels, placeLabels } from './cue.ts'
import { isRole } from './person-role.ts'
import type { Token } from './token.ts'

/** What a label says of its value; `isOpen` where that is a person, a thing or another name. */
export type Label = { readonly isPerson: boolean; readonly isOpen: boolean; readonly isOrganization: boolean; readonly isPlace: boolean }

/** Most words of a label: `name of the insured`. */
const labelWordsMax = 4

/** The labels of a line by the token that their value begins with: behind `Name:`, `"author": "`, `Co-authored-by:`, `full_name=`, `<town>`. */
export function labelsOf(tokens: readonly Token[]): ReadonlyMap<number, Label> {
  const labels = new Map<number, Label>()
  for (let sign = 1; sign < tokens.length; sign += 1) {
    const text = tokens[sign]?.text
    const isTag = text === '>' && (tokens[sign - 2]?.text === '<' || tokens[sign - 3]?.text === '<')
    if (text === ':' || text === '=' || isTag) labels.set(skipQuotes(tokens, sign + 1), labelBefore(tokens, beforeBrackets(tokens, sign)))
  }
  return labels
}

/** Before `(eg, city) []` of a label that says more in brackets: `Locality Name (eg, city) []:`. */
function beforeBrackets(tokens: readonly Token[], sign: number): number {
  let end = sign
  while (/^[)\]]$/.test(tokens[end - 1]?.text ?? '')) {
    const open = tokens[end - 1]?.text === ')' ? '(' : '['
    let at = end - 2
    while (at >= Math.max(0, end - bracketTokensMax) && tokens[at]?.text !== open) at -= 1
    if (at < 1 || tokens[at]?.text !== open) return sign
    end = at
  }
  return end
}

/** Most tokens in brackets, with those. */
const bracketTokensMax = 10

function labelBefore(tokens: readonly Token[], sign: number): Label {
  let isPerson = false
  let isOpen = isRole(tokens[sign - 1])
  let isOrganization = false
  let isPlace = false
  let label = ''
  let words = 0
  for (let at = sign - 1; at >= 0 && words < labelWordsMax; at -= 1) {
    const token = tokens[at]
    if (!token || !(token.kind === 'word' || isInside(token))) break
    if (token.kind !== 'word') continue
    label = token.folded.replaceAll('-', '') + label
    words += 1
    isPerson ||= personLabels.has(label)
    isOpen ||= openPersonLabels.has(label)
    isOrganization ||= organizationLabels.has(label)
    isPlace ||= placeLabels.has(label)
  }
  isPlace ||= isLocality(tokens, sign)
  return { isPerson, isOpen: isOpen && !isOrganization && !isPlace, isOrganization, isPlace }
}

/** `L = Eugene` of certificates, `l: Paris` of directories. */
function isLocality(tokens: readonly Token[], sign: number): boolean {
  const name = tokens[sign - 1]?.text ?? ''
  return tokens[sign]?.text === '=' ? /^(?:L|ST)$/.test(name) : sign === 1 && name === 'l'
}

/** Signs and short numbers between the words of a label. */
function isInside({ kind, text }: Token): boolean {
  return /["'_*)([\].-]/.test(text) || (kind === 'number' && text.length < 3)
}

function skipQuotes(tokens: readonly Token[], from: number): number {
  let at = from
  while (/^["'*_[>-]$/.test(tokens[at]?.text ?? '')) at += 1
  return at
}
