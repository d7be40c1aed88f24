import { createHash } from 'node:crypto'
import { type CodedText, readCodedText } from './coded-text.ts'
import { cutCharacters } from './cut.ts'
import { type ErrorWord, readErrorWords, showWords, significantWords } from './error-word.ts'
import { categoryOfExitCode, describeExitCode } from './exit-code.ts'
import { errorCharactersMax } from './install.ts'
import { findRootCause, type RootCause } from './root-cause.ts'

/** What is known of the end of a run that did not succeed. Its texts are cloaked, and `error` is cut to what is stored. */
export type Failure = {
  readonly error?: string
  readonly exitCode?: number
  readonly errorCategory?: string
  /** Found in its log. */
  readonly cause?: RootCause
}

/** Says how failures are grouped. A change of what falls into one group takes a new version, and every run gets its group anew. */
export const fingerprintVersion = 2

/**
 * Go into the fingerprints, so that groups that are made in two ways never meet. Where the headline alone decides it does so as in version 1: such a group
 * keeps its address, and whatever was said of it.
 */
const headlineVersion = 1
const causeVersion = 2

/**
 * The group of a failure: 16 hexadecimal characters, the same for ever. Takes linear time and never throws.
 * A text decides by its words; what differs from run to run (ids, numbers, paths, names, times) does not count, and neither does a tail that a longer path takes from it.
 * Of the clients' form `exit_code=N | explanation | at line L: command` the code and the command decide: the explanation only says the code again.
 * The cause that a log shows tells apart what has one headline. Of a headline that says no more than the code it takes the place.
 */
export function fingerprintOf(failure: Failure): string {
  const { parts, cause } = readFailure(failure)
  const key = JSON.stringify(cause === undefined ? [headlineVersion, ...parts] : [causeVersion, ...parts, 'cause', cause.key])
  return createHash('sha256').update(key).digest('hex').slice(0, fingerprintCharacters)
}

/** What a page shows as the name of a text's group: the words that count, `<path>`, `<n>` and the like for what does not, at most 120 characters. */
export function templateOf(error: string): string {
  return titleOf({ error })
}

/** The name of the group of a failure, also of one that left no text. */
export function titleOf(failure: Failure): string {
  const { title, cause } = readFailure(failure)
  if (cause === undefined) return cutCharacters(title, errorCharactersMax, 'head')
  if (title === '') return cause.title
  return `${cutCharacters(title, errorCharactersMax - cause.title.length - causeJoint.length, 'head')}${causeJoint}${cause.title}`
}
const causeJoint = ', '

export const fingerprintCharacters = 16

/** What decides the group, and its name; empty where the cause says it all. */
type Reading = { readonly parts: readonly (string | number)[]; readonly title: string; readonly cause?: NamedCause }

function readFailure({ error = '', exitCode, errorCategory, cause: line }: Failure): Reading {
  const text = error.trimStart().slice(0, readCharactersMax).replace(blanks, ' ').trim()
  const category = errorCategory || 'unknown'
  const cause = line === undefined ? undefined : nameCause(line)
  const coded = readCodedText(text)
  if (coded !== undefined) return nameCoded(coded, category, cause)
  const words = withoutCutWord(readErrorWords(text), error)
  if (words.some(({ isLiteral }) => isLiteral)) {
    // A headline that tells a cause itself is as good as its log.
    return cause === undefined || findRootCause(text) !== undefined ? nameText(words, category) : { ...nameText(words, ''), cause }
  }
  if (exitCode !== undefined) return nameCoded({ code: exitCode, explanation: '', command: '' }, category, cause)
  if (cause !== undefined) return { ...onlyCause, cause }
  return { parts: ['category', category], title: `No message (${category})` }
}

const onlyCause = { parts: [], title: '' } as const

/** What counts of the line that tells the cause, and how it is shown: all of what is shown counts, so that two causes have two names. */
type NamedCause = { readonly key: string; readonly title: string }

function nameCause(line: RootCause): NamedCause {
  const words = readErrorWords(line.replace(blanks, ' ').trim())
  const counted: ErrorWord[] = []
  let room = causeCharactersMax
  for (const word of words) {
    room -= word.shown.length + 1
    if (room < 0 && counted.length > 0) break
    counted.push(word)
  }
  const title = showWords(counted)
  const shown = counted.length < words.length ? `${title} …` : title
  return { key: counted.map(({ key }) => key).join(' '), title: cutCharacters(shown, causeCharactersMax + 2, 'head') }
}

/** Of the 120 characters of a name; the headline has the rest. */
const causeCharactersMax = 72

/** A text is stored with 120 characters; of a longer one no more than this is looked at, so that a megabyte costs no more. */
const readCharactersMax = 512
const blanks = /[\s\p{Cc}\p{Cf}]+/gu

/** Of a text that fills its room the last word may be a part of one. */
function withoutCutWord(words: readonly ErrorWord[], error: string): readonly ErrorWord[] {
  const isCut = error.length >= errorCharactersMax - 1 && words.length > 1
  return isCut && words.at(-1)?.isLiteral === true ? words.slice(0, -1) : words
}

function nameCoded({ code, explanation, command }: CodedText, category: string, cause?: NamedCause): Reading {
  const words = readErrorWords(explanation)
  const said = saysMoreThanCode(code, explanation, words) ? nameText(words, cause === undefined ? category : '') : undefined
  if (cause !== undefined && command === '' && said === undefined) return { ...onlyCause, cause }
  const subject = command === '' ? `Exit code ${code}` : `${command}: exit code ${code}`
  if (cause !== undefined) {
    return {
      parts: ['code', code, command, ...(said?.parts ?? [])],
      title: said === undefined ? subject : `${subject}, ${said.title}`,
      cause,
    }
  }
  // A code that can mean anything is told apart by the kind of failure that the log showed.
  const kind = categoryOfExitCode(code) === 'unknown' ? category : ''
  const title = `${subject}, ${said?.title ?? describeExitCode(code)}`
  return { parts: ['code', code, command, kind, ...(said?.parts ?? [])], title: said === undefined ? withKind(title, kind) : title }
}

/** Names of groups that only the kind of failure tells apart say it. */
function withKind(title: string, kind: string): string {
  return kind === '' || kind === 'unknown' ? title : `${title} (${kind})`
}

/**
 * Whether an explanation is more than the client's words for the code, which every version puts differently: those name no thing that could
 * be another one the next time, and of codes that can mean anything they say just that.
 */
function saysMoreThanCode(code: number, explanation: string, words: readonly ErrorWord[]): boolean {
  if (explanation === '' || genericWords.test(explanation) || explanation === describeExitCode(code)) return false
  return categoryOfExitCode(code) === 'unknown' || words.some(({ isLiteral }) => !isLiteral)
}
/** Matches `General error / Operation not permitted` and its second half; must not match `Unknown errors in the log`. */
const genericWords = /^(?:(?:general|unknown) error\b|operation not permitted$)/iu

function nameText(words: readonly ErrorWord[], category: string): Reading {
  const { words: counted, isOpen } = significantWords(words)
  const title = showWords(counted)
  const keys = counted.map(({ key }) => key).join(' ')
  const parts = ['text', keys, isOpen ? category : '']
  if (counted.length === words.length) return { parts, title }
  return { parts, title: isOpen ? withKind(`${title} …`, category) : `${title} …` }
}
