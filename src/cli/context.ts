import type { StoreLook } from '../app/compare.ts'
import type { ErasedLook } from '../app/erased.ts'
import type { ExportFilter, ExportQuery } from '../app/export.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Result } from '../base/result.ts'
import type { Tally } from '../base/tally.ts'
import type { Environment, Settings } from '../config.ts'
import type { AuditEntryFacts, Desk, DoneByCommand } from '../http/control/control.ts'
import type { BackupFacts } from '../http/control/control-backup.ts'
import type { Superuser } from '../http/control/control-inspect.ts'

/** 0: done. 1: it failed. 2: the command line or a setting is wrong and nothing was done. */
export type ExitCode = 0 | 1 | 2

/** What a command gets from the process, so that a test can run it without one. */
export type Context = {
  readonly env: Environment
  readonly clock: Clock
  /** Data, to stdout. */
  readonly print: (text: string) => void
  /** Data without end, to stdout, no faster than it is taken. Ends early, without a fault, when nobody reads any more. */
  readonly printAll: (pieces: AsyncIterable<string>) => Promise<void>
  /** What comes by stdin, as it comes. */
  readonly readInput: () => AsyncIterable<Uint8Array>
  /** Words for people, to stderr. */
  readonly tell: (text: string) => void
  /** Whether a person watches stderr: progress is then a bar, else a line every ten seconds. */
  readonly isTerminal: boolean
  /** Whether a person watches stdout: only then a secret that nobody asked for may go there. */
  readonly printsToTerminal: boolean
  /** Whether `askLine` asks a person: what is typed without being seen is then asked for twice. */
  readonly asksPerson: boolean
  /** Asks for a line; without echo when it is a secret. From a pipe it reads the next line. */
  readonly askLine: (question: string, isSecret: boolean) => Promise<string>
  /** Lets every other program go first, from here to the end of the process. */
  readonly standBack: () => void
  /** Everything heavy. Loaded by the commands that need it, so that `health` and `version` start at once. */
  readonly loadService: () => Promise<Service>
}

/** What `app.ts` offers to the commands. Faults of the environment are thrown with a message for the operator. */
export type Service = {
  /** Takes the data folder and serves. */
  startService(settings: Settings, options: { readonly log: Log; readonly lostLines: Tally }): Promise<RunningService>
  /** Takes the data folder and does by itself what a running server would do for an operator. */
  openDesk(settings: Settings): Promise<Desk & AsyncDisposable>
  /** Brings the collections into shape with the rights of a superuser, who is asked for once and not stored. Gives what was changed, a line each. */
  setupPocketBase(
    settings: Settings,
    superuser: Superuser,
    admitsMembers: boolean,
  ): Promise<Result<readonly string[], { readonly message: string }>>
  /** Takes the data folder and pulls every record into the store. */
  rebuildFromPocketBase(settings: Settings, report: (progress: Progress) => void): Promise<Progress>
  /** The backups of the data folder, which is only read. The fault is a sentence for the operator. */
  listBackups(settings: Settings): Result<readonly BackupFacts[], string>
  /** Unpacks a backup and compares everything in it. Tells what came of it, for the audit. */
  verifyBackup(settings: Settings, name: string, note: (done: DoneByCommand) => Promise<void>): Promise<BackupReport>
  /** Puts a backup into the data folder, or into another empty one. */
  restoreFromBackup(
    settings: Settings,
    name: string,
    choice: { readonly folder?: string | undefined; readonly withoutErasures?: boolean | undefined },
  ): Promise<BackupReport & { readonly held: BackupReport['counts'] }>
  /** Entries of the audit as lines of a file, with its head before the first. */
  writeAudit(rows: readonly AuditEntryFacts[], format: 'csv' | 'jsonl', withHead: boolean): string
  /** Looks at everything that can be wrong; reads beside a running server, which may look at what lies outside in its place. */
  examine(settings: Settings, outside: () => Promise<readonly Finding[]>): Promise<readonly Finding[]>
  /** The command's own look at what lies outside. A superuser of PocketBase sees there what the account does not. */
  examineOutside(settings: Settings, superuser?: Superuser): Promise<readonly Finding[]>
  /** What the store has, for a comparison; reads beside a running server. */
  lookAtStore(settings: Settings, tenant: string): StoreLook
  /** What the folder knows of erased ids, where there is one; reads beside a running server. */
  lookAtErased(settings: Settings): ErasedLook
  /** What is wrong with a value that rows of such a list shall have, as a sentence; nothing where it can be. */
  faultOfFilter(filter: ExportFilter): string | undefined
  /** The same with the name of what was done, as the audit has it. */
  faultOfAct(act: string): string | undefined
  /** A list of the data folder; reads beside a running server. */
  exportFolder(settings: Settings, query: ExportQuery): ExportTable
  /** Writes a list piece by piece, each when the one before was taken. */
  writeExport(table: ExportTable, format: 'csv' | 'jsonl'): AsyncIterable<string>
  /** Writes the pages that PUBLIC_DASHBOARD opens into a folder; reads beside a running server. The fault is a sentence for the operator. */
  publishFolder(
    settings: Settings,
    out: string,
    report: (progress: Progress) => void,
  ): Promise<Result<{ readonly files: number; readonly asOf: number }, string>>
  /** Counts all runs again and compares the roll-ups; reads beside a running server. */
  checkRollups(settings: Settings): Promise<RollupReport>
  /** Makes the packed columns of all runs again and compares them; reads beside a running server. */
  checkSegments(settings: Settings): Promise<SegmentReport>
}

/** A list that is read page by page while it is written. */
export type ExportTable = {
  readonly columns: readonly string[]
  readonly pages: Iterable<readonly Readonly<Record<string, string | number | boolean | undefined>>[]>
}

/** What a backup holds. */
export type BackupReport = {
  readonly name: string
  readonly madeAt: string
  readonly service: string
  readonly counts: { readonly runs: number }
}

/** How many runs were counted and roll-ups compared, how many numbers differ, and the first of these in words. */
export type RollupReport = {
  readonly runs: number
  readonly periods: number
  readonly differing: number
  readonly differences: readonly RollupDifference[]
}

type RollupDifference = {
  readonly [Name in 'tenant' | 'dimension' | 'grain' | 'period' | 'value' | 'type' | 'source' | 'what']: string
} & { readonly stored: number; readonly expected: number }

/** How many runs and chunks were compared, how many numbers differ, and the first of these. */
export type SegmentReport = {
  readonly runs: number
  readonly chunks: number
  readonly differing: number
  readonly differences: readonly {
    readonly chunk: number
    readonly run: number
    readonly column: string
    readonly stored: number
    readonly expected: number
  }[]
}

/** What was looked at, how it is, and what to do where something can be done. */
export type Finding = {
  readonly name: string
  readonly state: 'good' | 'odd' | 'bad' | 'off'
  readonly text: string
  readonly todo?: string
}

export type RunningService = {
  readonly url: string
  /** The link that makes the first admin, and the file it stands in; absent once there is one. */
  readonly setup?: { readonly url: string; readonly file: string }
  stop(): Promise<void>
}
export type { Superuser }
/** How much of something is done; `total` is 0 where nobody knows. `bytes` is how far that is in a file whose records nobody counted. */
export type Progress = {
  readonly done: number
  readonly total: number
  readonly bytes?: { readonly done: number; readonly total: number }
}
