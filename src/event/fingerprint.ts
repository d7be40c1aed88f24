import { createHash } from 'node:crypto'
import { cutCharacters } from './cut.ts'
import { type ErrorWord, readErrorWords, significantWords } from './error-word.ts'
import { categoryOfExitCode, describeExitCode } from './exit-code.ts'
import { readFailingCommand } from './failing-command.ts'
import { errorCharactersMax } from './install.ts'

/** What is known of the end of a run that did not succeed. Its text is cloaked and cut to what is stored. */
export type FailureText = { readonly error?: string; readonly exitCode?: number; readonly errorCategory?: string }

/** Goes into every fingerprint. A change of what falls into one group takes a new version: groups of two versions never meet. */
export const fingerprintVersion = 1

/**
 * The group of a failure: 16 hexadecimal characters, the same for ever. Takes linear time and never throws.
 * A text decides by its words; what differs from run to run (ids, numbers, paths, names, times) does not count, and neither does a tail that the cut may have taken.
 * Of the clients' form `exit_code=N | explanation | at line L: command` the code and the command decide: the explanation only says the code again.
 */
export function fingerprintOf(failure: FailureText): string {
  const { parts } = readFailure(failure)
  const key = JSON.stringify([fingerprintVersion, ...parts])
  return createHash('sha256').update(key).digest('hex').slice(0, fingerprintCharacters)
}

/** What a page shows as the name of the group: the text with `<path>`, `<n>` and the like for what does not count, at most 120 characters. */
export function templateOf(error: string): string {
  return titleOf({ error })
}

/** The name of the group of a failure, also of one that left no text. */
export function titleOf(failure: FailureText): string {
  return cutCharacters(readFailure(failure).title, errorCharactersMax, 'head')
}

export const fingerprintCharacters = 16

/** What decides the group, and its name. */
type Reading = { readonly parts: readonly (string | number)[]; readonly title: string }

function readFailure({ error = '', exitCode, errorCategory }: FailureText): Reading {
  const text = error.slice(0, readCharactersMax).replace(blanks, ' ').trim()
  const category = errorCategory ?? 'unknown'
  const coded = codedForm.exec(text)
  if (coded !== null) return readCoded(Number(coded[1]), coded[2] ?? '', category)
  const words = readErrorWords(text)
  if (words.some(({ isLiteral }) => isLiteral)) return readWords(words, category)
  return exitCode === undefined ? { parts: ['category', category], title: `No message (${category})` } : readCoded(exitCode, '', category)
}

/** A text is stored with 120 characters; of a longer one no more than this is looked at, so that a megabyte costs no more. */
const readCharactersMax = 512
const blanks = /[\s\p{Cc}\p{Cf}]+/gu

/** Matches `exit_code=100 | General error` and `Exit code 28: timed out`; must not match `exit code of make was 2`. */
const codedForm = /^exit[_ ]code ?[=:]? ?(\d{1,3})(?: ?[|:] ?(.*))?$/iu

/** Matches `| at line 64: apt-get install`; must not match `failed at line 64 of main.c`. */
const commandForm = /(?:^|\| ?)at line \d+: ?(.*)$/iu

function readCoded(code: number, rest: string, category: string): Reading {
  const place = commandForm.exec(rest)
  const explanation = (place === null ? (rest.split('|')[0] ?? '') : rest.slice(0, place.index)).trim()
  const command = place === null ? '' : readFailingCommand(place[1] ?? '', commandCharactersMin)
  const words = readErrorWords(explanation)
  const says = saysMoreThan(code, explanation, words) ? readWords(words, category) : undefined
  const byLog = categoryOfExitCode(code) === 'unknown' ? category : ''
  const subject = command === '' ? `Exit code ${code}` : `${command}: exit code ${code}`
  return { parts: ['code', code, command, byLog, ...(says?.parts ?? [])], title: `${subject}, ${says?.title ?? describeExitCode(code)}` }
}

const commandCharactersMin = 48

/** Whether an explanation is more than the client's words for the code: these name no thing, and say nothing at all for codes that can mean anything. */
function saysMoreThan(code: number, explanation: string, words: readonly ErrorWord[]): boolean {
  if (explanation === '' || genericWords.test(explanation) || explanation === describeExitCode(code)) return false
  return categoryOfExitCode(code) === 'unknown' || words.some(({ isLiteral }) => !isLiteral)
}

const genericWords = /^(?:general|unknown) error\b/iu

function readWords(words: readonly ErrorWord[], category: string): Reading {
  const { words: counted, isOpen } = significantWords(words)
  const title = counted.map(({ shown }) => shown).join(' ')
  const keys = counted.map(({ key }) => key).filter((key) => key !== '')
  return { parts: ['text', keys.join(' '), isOpen ? category : ''], title: isOpen && counted.length < words.length ? `${title} …` : title }
}
