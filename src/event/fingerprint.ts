import { createHash } from 'node:crypto'
import { cutCharacters } from './cut.ts'
import { type ErrorWord, readErrorWords, showWords, significantWords } from './error-word.ts'
import { categoryOfExitCode, describeExitCode } from './exit-code.ts'
import { readFailingCommand } from './failing-command.ts'
import { errorCharactersMax } from './install.ts'

/** What is known of the end of a run that did not succeed. Its text is cloaked and cut to what is stored. */
export type Failure = { readonly error?: string; readonly exitCode?: number; readonly errorCategory?: string }

/** Goes into every fingerprint. A change of what falls into one group takes a new version: groups of two versions never meet. */
export const fingerprintVersion = 1

/**
 * The group of a failure: 16 hexadecimal characters, the same for ever. Takes linear time and never throws.
 * A text decides by its words; what differs from run to run (ids, numbers, paths, names, times) does not count, and neither does a tail that a longer path takes from it.
 * Of the clients' form `exit_code=N | explanation | at line L: command` the code and the command decide: the explanation only says the code again.
 */
export function fingerprintOf(failure: Failure): string {
  const { parts } = readFailure(failure)
  const key = JSON.stringify([fingerprintVersion, ...parts])
  return createHash('sha256').update(key).digest('hex').slice(0, fingerprintCharacters)
}

/** What a page shows as the name of a text's group: the words that count, `<path>`, `<n>` and the like for what does not, at most 120 characters. */
export function templateOf(error: string): string {
  return titleOf({ error })
}

/** The name of the group of a failure, also of one that left no text. */
export function titleOf(failure: Failure): string {
  return cutCharacters(readFailure(failure).title, errorCharactersMax, 'head')
}

export const fingerprintCharacters = 16

/** What decides the group, and its name. */
type Reading = { readonly parts: readonly (string | number)[]; readonly title: string }

function readFailure({ error = '', exitCode, errorCategory }: Failure): Reading {
  const text = error.trimStart().slice(0, readCharactersMax).replace(blanks, ' ').trim()
  const category = errorCategory || 'unknown'
  const coded = readCodedText(text)
  if (coded !== undefined) return nameCoded(coded, category)
  const words = withoutCutWord(readErrorWords(text), error)
  if (words.some(({ isLiteral }) => isLiteral)) return nameText(words, category)
  if (exitCode !== undefined) return nameCoded({ code: exitCode, explanation: '', command: '' }, category)
  return { parts: ['category', category], title: `No message (${category})` }
}

/** A text is stored with 120 characters; of a longer one no more than this is looked at, so that a megabyte costs no more. */
const readCharactersMax = 512
const blanks = /[\s\p{Cc}\p{Cf}]+/gu

/** Of a text that fills its room the last word may be a part of one. */
function withoutCutWord(words: readonly ErrorWord[], error: string): readonly ErrorWord[] {
  const isCut = error.length >= errorCharactersMax - 1 && words.length > 1
  return isCut && words.at(-1)?.isLiteral === true ? words.slice(0, -1) : words
}

/** A failure told by the code it ended with, by what the client says to that, and by the command. */
type Coded = { readonly code: number; readonly explanation: string; readonly command: string }

/** Matches `exit_code=100 | General error | at line 64: apt-get update` and `Exit code 28: timed out`; must not match `exit code of make was 2`. */
const codedForm = /^exit[_ ]code ?[=:]? ?(\d{1,3})(?: ?[|:](.*))?$/iu
/** Matches `| at line 64: apt-get update`; must not match `failed at line 64 of main.c`. */
const placeForm = /(?:^|\|) ?at line (\d+): ?(.*)$/iu
/** The first line of older logs: matches `[ERROR] in line 64: exit code 100: while executing command apt-get update`. */
const olderForm = /\bin line (\d+): exit code (\d{1,3}): while executing command (.*)$/iu

function readCodedText(text: string): Coded | undefined {
  const older = olderForm.exec(text)
  if (older !== null) {
    const [, line = '', code = '', command = ''] = older
    return { code: Number(code), explanation: '', command: readFailingCommand(command, roomBehind(text, line, command)) }
  }
  const coded = codedForm.exec(text)
  if (coded === null) return undefined
  const [, code = '', rest = ''] = coded
  const place = placeForm.exec(rest)
  if (place === null) return { code: Number(code), explanation: (rest.split('|')[0] ?? '').trim(), command: '' }
  const [, line = '', command = ''] = place
  const name = readFailingCommand(command, roomBehind(text, line, command))
  return { code: Number(code), explanation: rest.slice(0, place.index).trim(), command: name }
}

/** Characters of the command that are there in every variant: a line number of more digits pushes its end out of the text, and so do blanks. */
function roomBehind(text: string, line: string, command: string): number {
  const before = text.length - command.length
  return errorCharactersMax - spareCharacters - (before - line.length + lineDigitsMax)
}
const spareCharacters = 4
const lineDigitsMax = 5

function nameCoded({ code, explanation, command }: Coded, category: string): Reading {
  const words = readErrorWords(explanation)
  const said = saysMoreThanCode(code, explanation, words) ? nameText(words, category) : undefined
  // A code that can mean anything is told apart by the kind of failure that the log showed.
  const kind = categoryOfExitCode(code) === 'unknown' ? category : ''
  const subject = command === '' ? `Exit code ${code}` : `${command}: exit code ${code}`
  return { parts: ['code', code, command, kind, ...(said?.parts ?? [])], title: `${subject}, ${said?.title ?? describeExitCode(code)}` }
}

/**
 * Whether an explanation is more than the client's words for the code, which every version puts differently: those name no thing that could
 * be another one the next time, and of codes that can mean anything they say just that.
 */
function saysMoreThanCode(code: number, explanation: string, words: readonly ErrorWord[]): boolean {
  if (explanation === '' || genericWords.test(explanation) || explanation === describeExitCode(code)) return false
  return categoryOfExitCode(code) === 'unknown' || words.some(({ isLiteral }) => !isLiteral)
}
/** Matches `General error / Operation not permitted`; must not match `Unknown errors in the log`. */
const genericWords = /^(?:general|unknown) error\b/iu

function nameText(words: readonly ErrorWord[], category: string): Reading {
  const { words: counted, isOpen } = significantWords(words)
  const title = showWords(counted)
  const keys = counted.map(({ key }) => key).join(' ')
  return { parts: ['text', keys, isOpen ? category : ''], title: counted.length < words.length ? `${title} …` : title }
}
