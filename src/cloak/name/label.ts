import { openPersonLabels, organizationLabels, personLabels, placeLabels } from './cue.ts'
import { isRole } from './person-role.ts'
import type { Token } from './token.ts'

/** What a label says of its value; `isOpen` where that is a person, a thing or another name. */
export type Label = { readonly isPerson: boolean; readonly isOpen: boolean; readonly isOrganization: boolean; readonly isPlace: boolean }

/** Most words of a label: `name of the insured`. */
const labelWordsMax = 4

/** The labels of a line by the token that their value begins with: behind `Name:`, `"author": "`, `Co-authored-by:`, `full_name=`. */
export function labelsOf(tokens: readonly Token[]): ReadonlyMap<number, Label> {
  const labels = new Map<number, Label>()
  for (let sign = 1; sign < tokens.length; sign += 1) {
    if (tokens[sign]?.text === ':' || tokens[sign]?.text === '=') labels.set(skipQuotes(tokens, sign + 1), labelBefore(tokens, sign))
  }
  return labels
}

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
  return { isPerson, isOpen: isOpen && !isOrganization && !isPlace, isOrganization, isPlace }
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
