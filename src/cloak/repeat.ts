import { foreign, isIn, labelOfHost } from './character.ts'
import { isUnknownWord } from './tagger/model.ts'
import type { RankedMatch } from './walk.ts'

/** How many values of a text are looked for again; more are found in no text that a program writes. */
const valuesMax = 64

/** What stands for names of people and machines, and for secrets. */
const nameLabels: ReadonlySet<string> = new Set(['<user>', '<host>'])
const secretLabels: ReadonlySet<string> = new Set(['<secret>', '<token>'])

/** A name that is no plain word, which may be that of a program: matches `nas-og`, `jo.doe`, `w01a2b3c`; must not match `paperless`. */
const nameForm = /^(?=.*\p{L})(?=.*[\d_.-])[\p{L}\d_][\p{L}\d_.-]{3,62}$/u
/** A secret that no text holds by chance: matches `hunter2-x`; must not match `geheimnis`, `12345678`. */
const secretForm = /^(?=.*\p{L})(?=.*[^\p{L}\s])\S{8,512}$/u

/** A word that no list and no harmless text has: matches `pkowalczyk`; must not match `paperless`, `max`. */
function isStrangeWord(value: string): boolean {
  return /^\p{L}{5,32}$/u.test(value) && isUnknownWord(value)
}

/** What a vendor's tokens begin with, which people leave out when they speak of one: `glpat-`, `sk_live_`. */
const vendorPrefix = /^(?:[a-z]{2,8}[-_]){1,3}/i
const randomForm = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[\w-]{16,512}$/

/**
 * The matches of a text, and every other place where the same name or secret stands as a word of its own: only one of them may have the words beside it that give it away.
 */
export function withRepeats(text: string, matches: readonly RankedMatch[]): readonly RankedMatch[] {
  const values = new Map<string, RankedMatch>()
  for (const match of matches) {
    if (values.size === valuesMax) break
    const form = nameLabels.has(match.label) ? nameForm : secretLabels.has(match.label) ? secretForm : undefined
    const value = form === undefined || match.end - match.start > 512 ? '' : text.slice(match.start, match.end)
    if (form !== undefined && !values.has(value) && (form.test(value) || isStrangeWord(value))) values.set(value, match)
    const tail = value.replace(vendorPrefix, '')
    if (match.label === '<token>' && tail !== value && randomForm.test(tail)) values.set(tail, match)
  }
  return values.size === 0 ? matches : [...matches, ...[...values].flatMap(([value, match]) => placesOf(text, value, match))]
}

function placesOf(text: string, value: string, match: RankedMatch): readonly RankedMatch[] {
  const places: RankedMatch[] = []
  for (let start = text.indexOf(value); start >= 0; start = text.indexOf(value, start + value.length)) {
    const end = start + value.length
    if (start !== match.start && !goesOn(text, start - 1) && !goesOn(text, end)) places.push({ ...match, start, end })
  }
  return places
}

/** Whether a word goes on at a place. */
function goesOn(text: string, at: number): boolean {
  return isIn(text, at, labelOfHost | foreign)
}
