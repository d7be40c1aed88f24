import { phraseReader } from './phrase.ts'

/**
 * What the output of a script shows about its failure, the most telling first: where it shows several causes, the first of the list counts.
 * `abort` says that the user ended it.
 */
const phrases = {
  abort: [
    ...['sigint', 'sighup', 'ctrl+c', 'ctrl-c', 'aborted by user', 'user abort', 'user aborted'],
    ...['cancelled by user', 'canceled by user', 'no changes have been made'],
  ],
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

export type Sign = keyof typeof phrases

/** The causes among the signs, the most telling first. */
export const causes = (Object.keys(phrases) as Sign[]).filter((sign): sign is Exclude<Sign, 'abort'> => sign !== 'abort')

/** The signs that the output of a script shows. */
export const readSigns: (evidence: string) => ReadonlySet<Sign> = phraseReader<Sign>(phrases)
