import { phraseFinder } from './phrase.ts'

/** Whether a failed run was ended by its user: the exit codes of SIGHUP and SIGINT, or the words for it in what the script printed. */
export function isAbort(exitCode: number | undefined, evidence: string): boolean {
  return exitCode === 129 || exitCode === 130 || saysAbort(evidence)
}

const saysAbort = phraseFinder([
  'sigint',
  'sighup',
  'ctrl[+-]c',
  'aborted by user',
  'user abort(?:ed)?',
  'cancell?ed by user',
  'no changes have been made',
])
