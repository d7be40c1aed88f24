import { cutCharacters } from '../event/cut.ts'
import { describeExitCode } from '../event/exit-code.ts'

/** What is told of a group of errors: the cloaked text it is named by, and facts that belong to no single run. */
export type IssueGroup = {
  readonly title: string
  readonly category?: string
  readonly exitCodes: readonly number[]
  /** The script of most of its newest runs first. */
  readonly scripts: readonly string[]
  readonly firstAt: number
  readonly lastAt?: number
}

/** An issue as it will be read by everybody. */
export type IssueDraft = { readonly title: string; readonly body: string; readonly labels: readonly string[] }

export type IssueMark = { readonly fingerprint: string; readonly marker: string; readonly labels: readonly string[] }

const titleCharactersMax = 200
const textCharactersMax = 120
const listed = 5

/**
 * The issue of a group. Whatever came from outside stands in an indented code block, each text on one line of its own: there nothing is Markdown or HTML,
 * nobody is mentioned, nothing is linked, and no fence can end it.
 */
export function draftIssue(group: IssueGroup, { fingerprint, marker, labels }: IssueMark): IssueDraft {
  const { category = 'unknown', exitCodes, scripts, firstAt, lastAt } = group
  const facts = [
    ['error', oneLine(group.title)],
    ['kind', oneLine(category)],
    [
      'exit codes',
      exitCodes
        .slice(0, listed)
        .map((code) => `${code} (${describeExitCode(code)})`)
        .join(', ') || 'none',
    ],
    ['newest in', scripts.slice(0, listed).map(oneLine).join(', ') || 'not known'],
    ['first run', dayOf(firstAt)],
    ['last run', lastAt === undefined ? 'not known' : dayOf(lastAt)],
    ['group', fingerprint],
    ['mark', marker],
  ] as const
  const lines = facts.map(([name, text]) => `    ${name.padEnd(11)} ${text}`)
  return { title: titleOf(group), body: [preface, '', ...lines, ''].join('\n'), labels }
}

const preface =
  'Runs that ended with one error, counted by telemetry-service. Its text was cloaked before it was stored. The mark tells the service that this group has an issue: please leave it.'

/** As the earlier service began its titles. In a title Markdown means nothing; a mention and a number that would become a link are parted all the same. */
function titleOf({ title, scripts, exitCodes }: IssueGroup): string {
  const [script] = scripts
  const [code] = exitCodes
  const head = script === undefined ? '[Telemetry]' : `[Telemetry] ${oneLine(script)}:`
  const whole = `${head} ${oneLine(title)}${code === undefined ? '' : ` (exit code ${code})`}`
  return cutCharacters(whole.replaceAll('`', "'").replace(/[@#]/g, `$&${wordJoiner}`), titleCharactersMax, 'head')
}

/** Invisible, and no part of a name or a number. */
const wordJoiner = '\u2060'

/** A text on one line and within its bound: matches line breaks of any kind, control, format and unpaired characters; must not match `ä` or a space. */
function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  return cutCharacters(line, textCharactersMax, 'head') || 'unknown'
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, '2026-03-01'.length)
}
