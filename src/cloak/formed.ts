import { alphanumeric, anything, capital, dot, foreign, hex, hyphen, isIn, isSign, underscore } from './character.ts'
import type { EntityType } from './entity-type.ts'
import { type Examples, type Match, none, type Recognizer, type Sign } from './recognizer.ts'

/** How a value is judged beyond its form: `proven` by a checksum or a plan of numbers, `likely` by its form alone, `no` when a rule speaks against it. */
export type Verdict = 'proven' | 'likely' | 'no'

/** One way in which a value is written. */
export type Form = {
  /** Sticky (flag `y`), and of bounded length so that the walk stays linear. The value is its named group, which ends the match; without one the whole match. */
  readonly pattern: RegExp
  /** What a value may begin with, as within the brackets of a class, in the case of the pattern: elsewhere the pattern is not tried. Without it anything. */
  readonly initials?: string
  /** Replaces the score of the recognizer. */
  readonly score?: number
  /** Replaces the type of the recognizer. */
  readonly type?: EntityType
  readonly judge?: (value: string) => Verdict
  /** Counts wherever it stands, and before a colon: what stands before it belongs to its form. */
  readonly isLabelled?: true
}

export type FormedShape = {
  readonly name: string
  readonly type: EntityType
  readonly score: number
  readonly isWeighed?: true
  readonly context?: readonly string[]
  readonly anchors?: readonly string[]
  readonly signs?: readonly Sign[]
  /** A first look, cheaper than the patterns: false only where no form can begin. Asked where a value may begin by its signs. */
  readonly mayBegin?: (text: string, at: number) => boolean
  /** Tried in their order; the first that holds counts. */
  readonly forms: readonly Form[]
  readonly examples: Examples
}

/** A recognizer of the API for values that have a form: numbers with their check digit, ids behind their label. */
export function recognizeForms({
  name,
  type,
  score,
  isWeighed,
  context,
  anchors = [],
  signs = [],
  mayBegin,
  forms,
  examples,
}: FormedShape): Recognizer {
  const formsOfCode = groupByInitials(forms)

  function find(text: string, at: number): readonly Match[] {
    const possible = formsOfCode[Math.min(text.charCodeAt(at), beyondAscii)] ?? forms
    if (possible.length === 0 || mayBegin?.(text, at) === false) return none
    const isAlone = beginsAlone(text, at)
    for (const form of possible) {
      if (!isAlone && form.isLabelled !== true) continue
      form.pattern.lastIndex = at
      const found = form.pattern.exec(text)
      if (found === null || !(endsAlone(text, form.pattern.lastIndex) || (form.isLabelled && isSign(text, form.pattern.lastIndex, ':'))))
        continue
      const value = Object.values(found.groups ?? {}).find((group) => group !== undefined) ?? found[0]
      const verdict = form.judge?.(value) ?? 'likely'
      if (verdict === 'no' || value === '') continue
      const end = at + found[0].length
      return [
        {
          start: end - value.length,
          end,
          ...(form.score !== undefined && { score: form.score }),
          ...(form.type !== undefined && { type: form.type }),
          ...(verdict === 'proven' && { isProven: true as const }),
        },
      ]
    }
    return none
  }
  return {
    name,
    type,
    label: `<${type}>`,
    score,
    ...(isWeighed && { isWeighed }),
    ...(context && { context }),
    anchors,
    signs,
    find,
    examples,
  }
}

const beyondAscii = 0x80

/** The forms that can begin with a character, by its code; all beyond ASCII share the last place, where every form is tried. */
function groupByInitials(forms: readonly Form[]): readonly (readonly Form[])[] {
  const classes = forms.map(({ initials, pattern }) =>
    initials === undefined ? undefined : new RegExp(`[${initials}]`, pattern.ignoreCase ? 'i' : ''),
  )
  const ofCode = (code: number) => forms.filter((_, index) => classes[index]?.test(String.fromCharCode(code)) ?? true)
  return [...Array.from({ length: beyondAscii }, (_, code) => ofCode(code)), forms]
}

const wordSigns = alphanumeric | capital | underscore | foreign | hex

/** Whether a value may begin here: no word goes on, and no number with its separators. */
export function beginsAlone(text: string, at: number): boolean {
  if (isIn(text, at - 1, wordSigns)) return false
  return !(isSign(text, at - 1, '.-/,:+@$#') && isIn(text, at - 2, alphanumeric | foreign))
}

/** Whether a value may end here, be it the end of a sentence. */
export function endsAlone(text: string, end: number): boolean {
  if (isIn(text, end, wordSigns)) return false
  return (
    !(isIn(text, end, dot | hyphen) && isIn(text, end + 1, alphanumeric | foreign)) &&
    !(isSign(text, end, ':/@') && isIn(text, end + 1, alphanumeric))
  )
}

/** What no word or number goes on from. */
const before = anything & ~wordSigns

/** The sign of values that begin with characters of the classes, in their order. */
export function classSigns(...after: readonly number[]): readonly Sign[] {
  return [{ sign: '', before, after }]
}

/** Signs for values that begin with one of the digits, and then a character of the classes `after`. */
export function digitSigns(digits: string, ...after: readonly number[]): readonly Sign[] {
  return [...digits].map((sign) => ({ sign, before, after }))
}

/** Signs for values that begin with one of the letters or prefixes, in lower case, and then characters of the classes `after`. */
export function letterSigns(prefixes: readonly string[], ...after: readonly number[]): readonly Sign[] {
  return prefixes.map((sign) => ({ sign, before, after }))
}

/** The digits of a value, without what parts them. */
export function digitsOf(value: string): string {
  return value.replace(/\D/g, '')
}
