import type { Token } from './token.ts'

/** Most words of a label: `name of the insured`. */
const labelWordsMax = 4

/** The places of the whole text where values of the labels begin: behind `Name:`, `"author": "`, `Co-authored-by:`, `full_name=`; also behind a word that is a label by itself. */
export function labelEnds(
  tokens: readonly Token[],
  labels: ReadonlySet<string>,
  isLabelWord: (token: Token | undefined) => boolean = () => false,
): ReadonlySet<number> {
  const ends = new Set<number>()
  for (const sign of signsOf(tokens)) {
    if (!isLabelWord(tokens[sign - 1]) && !isLabel(tokens, sign, labels)) continue
    const value = tokens[skipQuotes(tokens, sign + 1)]
    if (value) ends.add(value.start)
  }
  return ends
}

/** The signs of a line, which is asked for labels of many kinds. */
const signsOfLines = new WeakMap<readonly Token[], readonly number[]>()

function signsOf(tokens: readonly Token[]): readonly number[] {
  const known = signsOfLines.get(tokens)
  if (known !== undefined) return known
  const signs: number[] = []
  for (let at = 1; at < tokens.length; at += 1) if (tokens[at]?.text === ':' || tokens[at]?.text === '=') signs.push(at)
  signsOfLines.set(tokens, signs)
  return signs
}

function isLabel(tokens: readonly Token[], sign: number, labels: ReadonlySet<string>): boolean {
  let label = ''
  let words = 0
  for (let at = sign - 1; at >= 0 && words < labelWordsMax; at -= 1) {
    const token = tokens[at]
    if (!token) return false
    if (token.kind === 'word') {
      label = token.folded.replaceAll('-', '') + label
      words += 1
      if (labels.has(label)) return true
    } else if (!/["'_*)([\].-]/.test(token.text) && !(token.kind === 'number' && token.text.length < 3)) return false
  }
  return false
}

function skipQuotes(tokens: readonly Token[], from: number): number {
  let at = from
  while (/^["'*_[>-]$/.test(tokens[at]?.text ?? '')) at += 1
  return at
}
