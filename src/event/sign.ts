import { phraseReader } from './phrase.ts'

/** Words of a script that say its user ended it. */
const abortPhrases = {
  abort: [
    ...['sigint', 'sighup', 'ctrl+c', 'ctrl-c', 'aborted by user', 'user abort', 'user aborted'],
    ...['cancelled by user', 'canceled by user', 'no changes have been made'],
  ],
}

/** Words of a script that show why it failed, the most telling first: where a log shows several causes, the first of the list counts. */
const causePhrases = {
  resource: ['out of memory', 'oom-kill', 'cannot allocate memory', 'killed process', 'memory exhausted'],
  storage: ['no space left', 'disk full', 'quota exceeded', 'write error'],
  network: [
    ...[
      'could not resolve',
      'connection refused',
      'connection timed out',
      'network is unreachable',
      'temporary failure in name resolution',
    ],
    ...['failed to connect', 'tls handshake', 'ssl certificate', 'curl:', 'wget:'],
  ],
  permission: ['permission denied', 'operation not permitted', 'eacces', 'must be run as root'],
  apt: [
    ...['unable to locate package', 'broken packages', 'held broken packages', 'unmet dependencies', 'dpkg was interrupted'],
    ...['e: package', 'apt-get', 'dpkg:'],
  ],
  // The longer phrases keep a missing tool from looking like the failure that its name stands for.
  command_not_found: [
    ...['command not found', 'curl: command not found', 'wget: command not found'],
    ...['apt-get: command not found', 'dpkg: command not found'],
  ],
  timeout: ['timed out', 'timeout'],
  database: ['prisma', 'migration.sql', 'datasource', 'sqlite database', 'could not find the migration'],
} as const

type Cause = keyof typeof causePhrases

const causes = Object.keys(causePhrases) as Cause[]
const readAborts = phraseReader(abortPhrases)
const readCauses = phraseReader<Cause>(causePhrases)

/** Whether the output of a script says that its user ended it. */
export function showsAbort(evidence: string): boolean {
  return readAborts(evidence).has('abort')
}

/** The most telling cause that the output of a script shows. */
export function findCause(evidence: string): Cause | undefined {
  const found = readCauses(evidence)
  return causes.find((cause) => found.has(cause))
}
