import pino from 'pino'

/** Facts of a log line: codes, counts and ids. Never an address, a body or a text a client sent. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>

export type Log = {
  debug(facts: LogFacts, message: string): void
  info(facts: LogFacts, message: string): void
  warn(facts: LogFacts, message: string): void
  error(facts: LogFacts, message: string): void
}

/** JSON lines on stdout, one object each, with an ISO time and the level's name. `room` names the part that speaks. */
export function createLog(level: keyof Log | 'silent', room: string): Log {
  const options = {
    level,
    base: { room },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return pino(options, pino.destination({ dest: 1, sync: true })) // Lines must be out before a SIGKILL; the service logs sums, not requests.
}

/** For callers that want no log at all. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing }

function nothing(): void {}
