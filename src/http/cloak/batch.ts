import { err, ok, type Result } from '../../base/result.ts'
import type { CloakThread } from './cloak-thread.ts'
import { type CloakFault, faultBody, interrupted, malformed } from './fault.ts'
import type { Worked } from './work.ts'

/** Most lines of a batch; a rate limit may allow fewer. */
export const batchLinesMax = 10_000
/** Lines that are with the thread at a time: enough that it never waits, and so few that others are answered in between. */
const linesAhead = 8

const lineBreak = '\n'.charCodeAt(0)

/** A line of a batch, in memory of its own: a view would drag the whole body to the thread. `number` counts from 1, with those that are empty. */
export type BatchLine = { readonly bytes: Uint8Array; readonly number: number }

/** The lines of a batch, empty ones left out. */
export function splitLines(body: Uint8Array): Result<readonly BatchLine[], CloakFault> {
  const lines: BatchLine[] = []
  for (let start = 0, number = 1; start < body.length; number += 1) {
    const found = body.indexOf(lineBreak, start)
    const end = found < 0 ? body.length : found
    if (end > start && !(end === start + 1 && body[start] === carriageReturn)) lines.push({ bytes: body.slice(start, end), number })
    if (lines.length > batchLinesMax)
      return err(malformed('body', `at_most_${batchLinesMax}_lines`, `A batch has at most ${batchLinesMax} lines`))
    start = end + 1
  }
  return lines.length === 0 ? err(malformed('body', 'required', 'The batch has no line')) : ok(lines)
}
const carriageReturn = '\r'.charCodeAt(0)

/** The answers to the lines in their order, a line of JSON each, made while they are read. `note` is told of each; `done` once nothing more comes. */
export function answerLines(
  lines: readonly BatchLine[],
  thread: Pick<CloakThread, 'work'>,
  { note, done }: { readonly note: (worked: Worked) => void; readonly done: () => void },
): ReadableStream<string> {
  let next = 0

  async function answerLine({ bytes, number }: BatchLine): Promise<string> {
    const worked = await thread.work('anonymize', bytes).catch(() => err(interrupted))
    if (!worked.ok) return faultBody(worked.fault, { line: number, status: worked.fault.status })
    note(worked.value)
    if (worked.value.status === 200) return worked.value.body
    const fault = JSON.parse(worked.value.body) as CloakFault
    return faultBody(fault, { line: number, status: worked.value.status })
  }

  return new ReadableStream<string>({
    pull: async (stream) => {
      const part = lines.slice(next, next + linesAhead)
      const answers = await Promise.all(part.map(answerLine))
      next += part.length
      if (answers.length > 0) stream.enqueue(`${answers.join('\n')}\n`)
      if (next < lines.length) return
      stream.close()
      done()
    },
    cancel: done,
  })
}
