import type { Tally } from './tally.ts'
import { within } from './within.ts'

/** Takes log lines, whole ones with their line breaks. */
export type LineSink = { write(line: string): void }

/**
 * Where lines go. `put` gives nothing once the text is out, and a promise while the place takes no more of it yet; it throws, or the promise is rejected, where
 * the text cannot be written.
 */
export type LinePlace = { readonly name: 'stdout' | 'file'; put(text: string): Promise<unknown> | undefined }

export type LogOutput = LineSink & {
  /** Resolves when all that was written is out or lost, or after a short time. */
  settle(): Promise<void>
}

export type LogOutputOptions = {
  /** Counts lines that never got out, by the name of the place. */
  readonly lost: Tally
  /** The line that tells of a gap. */
  readonly noteOf: (place: LinePlace['name'], lost: number) => string
}

/** Characters of lines that wait for a place which takes none. */
export const waitingCharactersMax = 1024 * 1024
/** How long the end of the process waits for what still waits, in milliseconds: what stops a service kills it after ten seconds. */
const settleMs = 400

/**
 * Lines on their way to a place that may be full, stuck or gone. `write` neither waits nor throws: what a place does not take waits here up to a bound, what
 * goes beyond it or cannot be written is lost and counted. Once lines get out again, a line says how many are missing there.
 */
export function openLogOutput(place: LinePlace, { lost, noteOf }: LogOutputOptions): LogOutput {
  let waiting: string[] = []
  /** Characters that wait or are under way. */
  let held = 0
  let underWay: Promise<void> | undefined
  /** Lines lost since a line told of any. */
  let gap = 0
  /** A full disk may have taken a part of a line: the next one begins on a line of its own. */
  let isTorn = false

  function write(line: string): void {
    if (underWay === undefined) send([line])
    else if (gap > 0 || held + line.length > waitingCharactersMax) lose(1)
    else {
      waiting.push(line)
      held += line.length
    }
  }

  function send(lines: readonly string[]): void {
    const told = gap
    const text = `${isTorn ? '\n' : ''}${lines.join('')}${told > 0 ? noteOf(place.name, told) : ''}`
    gap = 0
    const fail = () => {
      isTorn = true
      gap += told
      lose(lines.length)
    }
    try {
      const taking = place.put(text)
      if (taking === undefined) isTorn = false
      else underWay = follow(taking, text.length, fail)
    } catch {
      fail()
    }
  }

  async function follow(taking: Promise<unknown>, characters: number, fail: () => void): Promise<void> {
    held = characters
    const isOut = await taking.then(
      () => true,
      () => false,
    )
    if (isOut) isTorn = false
    else fail()
    const next = waiting
    waiting = []
    held = 0
    underWay = undefined
    if (next.length > 0 || (isOut && gap > 0)) send(next)
  }

  function lose(lines: number): void {
    gap += lines
    lost.add(place.name, lines)
  }

  async function drain(): Promise<void> {
    while (underWay !== undefined) await underWay
  }

  return { write, settle: async () => void (await within(settleMs, drain())) }
}

/** Standard output. Bun's writer hands over at once what the reader takes, and waits for it outside of this thread. */
export function openStdout(): LinePlace {
  let writer = Bun.stdout.writer()
  const renew = (fault: unknown) => {
    writer = Bun.stdout.writer() // One whose promise was rejected takes whatever it is given from then on, and writes none of it.
    throw fault
  }
  return {
    name: 'stdout',
    put: (text) => {
      const results = [writer.write(text), writer.flush()].filter((result) => result instanceof Promise)
      return results.length === 0 ? undefined : Promise.all(results).catch(renew)
    },
  }
}
