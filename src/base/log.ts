import pino from 'pino'
import { type LinePlace, openLogOutput, openStdout } from './log-output.ts'
import { createTally, type Tally } from './tally.ts'

/** Facts of a log line: codes, counts and ids. Never an address, a body or a text a client sent. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>

export type Log = {
  debug(facts: LogFacts, message: string): void
  info(facts: LogFacts, message: string): void
  warn(facts: LogFacts, message: string): void
  error(facts: LogFacts, message: string): void
}

export type LogOptions = {
  readonly level: keyof Log | 'silent'
  /** The part that speaks. */
  readonly room: string
  /** Files get each line as well. */
  readonly files?: LinePlace | undefined
}

/** A log with what became of its lines. */
export type OpenLog = {
  readonly log: Log
  /** Lines that could not be written, by place. */
  readonly lostLines: Tally
  /** Gives lines that still wait for whoever reads them a short time. */
  settle(): Promise<void>
}

/** JSON lines on stdout, one object each, with an ISO time and the level's name. To log neither waits nor throws, whatever becomes of the line. */
export function openLog({ level, room, files }: LogOptions): OpenLog {
  const options = {
    level,
    base: { room },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const lostLines = createTally()
  const noteOf = createNote((destination) => pino(options, destination))
  const places = [openStdout(), ...(files === undefined ? [] : [files])]
  const outputs = places.map((place) => openLogOutput(place, { lost: lostLines, noteOf }))
  const write = (line: string) => {
    for (const output of outputs) output.write(line)
  }
  return {
    log: pino(options, { write }),
    lostLines,
    settle: async () => void (await Promise.all(outputs.map((output) => output.settle()))),
  }
}

/** Words the line about lost lines as the log would, and gives it instead of writing it: it must stand where they are missing. */
function createNote(openTo: (destination: { write(line: string): void }) => Log) {
  let text = ''
  const log = openTo({
    write: (line) => {
      text = line
    },
  })
  return (place: string, lost: number): string => {
    log.warn({ place, lost }, 'log lines were lost')
    return text
  }
}

/** For callers that want no log at all. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing }

function nothing(): void {}
