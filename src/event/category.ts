import { categoryOfExitCode, type ErrorCategory } from './exit-code.ts'
import { phraseFinder } from './phrase.ts'

/** The kind of a failure: by its exit code, else by what the script printed, else as the client says, else `unknown`. */
export function categoryOfFailure(exitCode: number | undefined, evidence: string, reported: ErrorCategory | undefined): ErrorCategory {
  const byCode = exitCode === undefined ? 'unknown' : categoryOfExitCode(exitCode)
  if (byCode !== 'unknown') return byCode
  return categoryOfText(evidence) ?? reported ?? 'unknown'
}

/** The kind of failure that a log tells, or undefined when it says nothing that is known. The first kind of the list that is found counts. */
export function categoryOfText(evidence: string): ErrorCategory | undefined {
  if (evidence === '') return undefined
  return kinds.find(([, finds]) => finds(evidence))?.[0]
}

const kinds: readonly (readonly [ErrorCategory, (text: string) => boolean])[] = [
  ['resource', phraseFinder(['out of memory', 'oom-kill', 'cannot allocate memory', 'killed process', 'memory exhausted'])],
  ['storage', phraseFinder(['no space left', 'disk full', 'quota exceeded', 'write error'])],
  [
    'network',
    phraseFinder([
      'could not resolve',
      'connection refused',
      'connection timed out',
      'network is unreachable',
      'temporary failure in name resolution',
      'failed to connect',
      'tls handshake',
      'ssl certificate',
      '(?:curl|wget):(?! command not found)',
    ]),
  ],
  ['permission', phraseFinder(['permission denied', 'operation not permitted', 'eacces', 'must be run as root'])],
  [
    'apt',
    phraseFinder([
      'unable to locate package',
      'broken packages',
      'unmet dependencies',
      'dpkg was interrupted',
      'held broken packages',
      'e: package',
      'apt-get(?!: command not found)',
      'dpkg:(?! command not found)',
    ]),
  ],
  ['command_not_found', phraseFinder(['command not found'])],
  ['timeout', phraseFinder(['timed out', 'timeout'])],
  ['database', phraseFinder(['prisma', 'migration\\.sql', 'datasource', 'sqlite database', 'could not find the migration'])],
]
