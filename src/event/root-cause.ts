import { machineForms, notFoundForm, passedOver, programForms, shellPlace, summaryForms, suspect } from './root-cause-form.ts'

/** The line of a log that tells why a run failed, without what stands before it, or the name of a cause that many lines tell: at most 512 characters. */
export type RootCause = string

/**
 * Looks in a log for the cause of a failure, by a closed list of forms: the last line that tells of what the machine lacked (disk, memory, name service);
 * without one the last line in which a program says what was wrong; without one the first that only says that something was.
 * Only the end of a log is looked at, of each line only its start: takes linear time, and never throws.
 */
export function findRootCause(log: string): RootCause | undefined {
  const searched = log.slice(-searchedCharactersMax)
  const small = searched.toLowerCase()
  const lacks = machineForms.filter(({ hints }) => hints.some((hint) => small.includes(hint)))
  const lines = searched.split(lineBreak)
  const smallLines = small.split(lineBreak)
  let program: RootCause | undefined
  let summary: RootCause | undefined
  for (let index = lines.length - 1; index >= 0; index--) {
    if (lacks.length === 0 && !suspect.test((smallLines[index] ?? '').slice(0, lineCharactersMax))) continue
    const found = readLine(lines[index] ?? '', lacks)
    if (found === undefined) continue
    if (found.kind === 'machine') return found.cause
    if (found.kind === 'program') program ??= found.cause
    else summary = found.cause
  }
  return program ?? summary
}

/** As much as is stored of a log, and what a cloak may have made it longer by. */
const searchedCharactersMax = 16_384
const lineCharactersMax = 512
const lineBreak = /[\r\n]+/

/** Before what a program says: time, level, bullets, the step of a builder. Matches `2026-08-04T12:00:05Z [ERROR] `, `#12 3.456 `, ` ✘ `; must not match `E: `. */
const lead =
  /^(?:[\s|>*•×✖✗✘⚠-]|\uFE0F)*(?:#\d{1,4} \d+\.\d+ )?(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^\s\]]*\]?:? (?:UTC )?)?(?:\[\d{1,7}\] )?(?:\[(?:error|fatal|err)\]:? ?)?/iu

type Found = { readonly kind: 'machine' | 'program' | 'summary'; readonly cause: RootCause }

function readLine(line: string, lacks: typeof machineForms): Found | undefined {
  const start = line.slice(0, lineCharactersMax)
  const text = start.slice(lead.exec(start)?.[0].length ?? 0).trim()
  if (text.length < shortestCause || !meaning.test(text) || passedOver.test(text)) return undefined
  const machine = lacks.find(({ form }) => form.test(text))
  if (machine !== undefined) return { kind: 'machine', cause: machine.name }
  const missing = notFoundForm.exec(text)?.[1]
  if (missing !== undefined) return { kind: 'program', cause: `${missing}: command not found` }
  if (summaryForms.some((form) => form.test(text))) return { kind: 'summary', cause: text }
  const said = text.replace(shellPlace, '')
  return meaning.test(said) && programForms.some((form) => form.test(text)) ? { kind: 'program', cause: said } : undefined
}
/** `Killed` is the shortest line that tells a cause. */
const shortestCause = 6
/** A word. */
const meaning = /\p{L}{2}/u
