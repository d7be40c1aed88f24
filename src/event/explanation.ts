import { cutCharacters } from './cut.ts'
import { errorCharactersMax } from './install.ts'

/** A failure as its client told it: what it says in one line, the log behind it, and the part in which signs of the cause are looked for. */
type Failure = { readonly explanation: string; readonly trace: string; readonly evidence: string }

/**
 * Splits the text of an error. The client writes `exit_code=N | explanation | at line L: command`, a line `---` and the end of its log;
 * older ones write `|---|` and pipes for line breaks, a log without explanation, or an explanation alone.
 * The evidence is what the script itself printed: the client's own words name signals and permissions that never were.
 */
export function splitFailure(text: string): Failure {
  const parts = splitAtLine(text) ?? splitAtPipes(text)
  if (parts !== undefined) {
    const trace = trimLog(parts.log)
    const explanation = joinLines(parts.head) || firstLine(trace)
    return { explanation, trace, evidence: evidenceOf(trace) }
  }
  const isLong = text.length > errorCharactersMax || text.includes('\n')
  return { explanation: firstLine(text), trace: isLong ? trimLog(text) : '', evidence: evidenceOf(text) }
}

/** An explanation stands near the start; a line `---` further down belongs to the log. */
const headCharactersMax = 2048
const explanationCharactersMax = 1024

/** Signs of the cause stand at the end of a log; no more of it is stored either. */
const evidenceCharactersMax = 10_240

/** The client's words for an exit code: matches `exit_code=1 | General error | ` and `Exit code 28: timed out`; must not match ` at line 3: curl x`. */
const cannedWords =
  /^\s*(?:exit_code=\d{1,3} \|[^|\n]*(?:\||$|(?=\n))|exit code \d{1,3}:[^\n]*|general error ?\/ ?operation not permitted)/i

function splitAtLine(text: string): { head: string; log: string } | undefined {
  if (text === '---') return { head: '', log: '' }
  if (text.startsWith('---\n')) return { head: '', log: text.slice(4) }
  const near = text.slice(0, headCharactersMax)
  const at = near.indexOf('\n---\n')
  if (at >= 0) return { head: text.slice(0, at), log: text.slice(at + 5) }
  return near.endsWith('\n---') && near.length === text.length ? { head: text.slice(0, -4), log: '' } : undefined
}

function splitAtPipes(text: string): { head: string; log: string } | undefined {
  const at = text.slice(0, headCharactersMax).indexOf('|---|')
  if (at < 0 || text.slice(0, at).includes('\n')) return undefined
  return { head: text.slice(0, at), log: text.slice(at + 5).replaceAll('|', '\n') }
}

function joinLines(text: string): string {
  const lines = text.split('\n').map((line) => line.trim())
  const joined = lines.filter((line) => line !== '').join(' ')
  return meaning.test(joined) ? shorten(joined) : ''
}

/** The first line that says something; a ruler of dashes does not. */
function firstLine(text: string): string {
  const at = text.search(meaning)
  if (at < 0) return ''
  const end = text.indexOf('\n', at)
  return shorten(text.slice(text.lastIndexOf('\n', at) + 1, end < 0 ? text.length : end).trim())
}
const meaning = /[\p{L}\p{N}]/u

/**
 * An explanation is cut to its limit when it has been cloaked; before, it is only kept from being a whole log.
 * It is cut at a space, so that the cloak does not meet half an address.
 */
function shorten(explanation: string): string {
  if (explanation.length <= explanationCharactersMax) return explanation
  const head = cutCharacters(explanation, explanationCharactersMax, 'head')
  const space = head.lastIndexOf(' ')
  return head.slice(0, space > errorCharactersMax ? space : head.length).trimEnd()
}

/** Without empty lines around it; the indentation of its first line stays. */
function trimLog(text: string): string {
  const log = text.trimEnd()
  const start = log.length - log.trimStart().length
  return start === 0 ? log : log.slice(log.lastIndexOf('\n', start) + 1)
}

/** The last of what the script printed, without the words of the client that may stand before it. */
function evidenceOf(text: string): string {
  return text.replace(cannedWords, '').slice(-evidenceCharactersMax)
}
