import pino from 'pino'
import type { LineSink } from './log-file.ts'

/** Facts of a log line: codes, counts and ids. Never an address, a body or a text a client sent. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>

export type Log = {
  debug(facts: LogFacts, message: string): void
  info(facts: LogFacts, message: string): void
  warn(facts: LogFacts, message: string): void
  error(facts: LogFacts, message: string): void
}

/** JSON lines on stdout, one object each, with an ISO time and the level's name. `room` names the part that speaks; `files` get each line as well. */
export function createLog(level: keyof Log | 'silent', room: string, files?: LineSink): Log {
  const options = {
    level,
    base: { room },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const stdout = pino.destination({ dest: 1, sync: true })
  const both: LineSink = {
    write: (line) => {
      stdout.write(line)
      files?.write(line)
    },
  }
  return pino(options, files === undefined ? stdout : both) // Lines must be out before a SIGKILL; the service logs sums, not requests.
}

/** For callers that want no log at all. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing }

function nothing(): void {}
