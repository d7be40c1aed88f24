import { unlinkSync } from 'node:fs'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { AuditQuestion } from '../../access/audit.ts'
import type { NamedAuditRow } from '../../access/audit-name.ts'
import type { KeyFacts, MadeKey, NewKey, NewKeyFault } from '../../access/key.ts'
import { controlPath } from '../../base/control-path.ts'
import { faultCode } from '../../base/fault-code.ts'
import type { FolderLock } from '../../base/lock.ts'
import type { Result } from '../../base/result.ts'
import { type AlertDesk, alertRoutesOf } from './control-alert.ts'
import { answerControl, guardControl, partOf, readControl } from './control-answer.ts'
import { type BackupDesk, backupRoutesOf } from './control-backup.ts'
import { type EraseDesk, eraseRoutesOf } from './control-erase.ts'
import { type ImportDesk, importRoutesOf } from './control-import.ts'
import { type InspectDesk, inspectRoutesOf } from './control-inspect.ts'
import { type RetentionDesk, retentionRoutesOf } from './control-retention.ts'
import { type UserDesk, userRoutesOf } from './control-user.ts'

/** The shape of a request for a key; whether its values are right is decided where keys are made. */
const NewKeyBody = Type.Object(
  {
    scope: Type.Union([Type.Literal('read'), Type.Literal('ingest'), Type.Literal('admin'), Type.Literal('cloak')]),
    tenant: Type.String(),
    label: Type.Optional(Type.String()),
    expiresAt: Type.Optional(Type.Integer()),
  },
  { additionalProperties: false },
)

export type AuditEntryFacts = NamedAuditRow
export type { KeyFacts, MadeKey, NewKey, NewKeyFault }

/** A run that PocketBase refused for a fault of its own; `key` is the run's key in hex. */
export type ParkedRow = { readonly tenant: string; readonly key: string; readonly reason: string; readonly parkedAt: number }
export type ParkedList = { readonly count: number; readonly runs: readonly ParkedRow[] }

/** What an operator on this machine may ask of the service: by the control socket while it runs, by the command itself while it does not. */
export type Desk = UserDesk &
  AlertDesk &
  BackupDesk &
  EraseDesk &
  ImportDesk &
  InspectDesk &
  RetentionDesk & {
    createKey(wanted: NewKey): Promise<Result<MadeKey, NewKeyFault>>
    listKeys(): Promise<readonly KeyFacts[]>
    /** False when there is no such key. Effective at once. */
    revokeKey(id: string): Promise<boolean>
    /** Entries before one that is known, newest first. */
    listAudit(question: Omit<AuditQuestion, 'tenant'>): Promise<readonly AuditEntryFacts[]>
    /** Notes in the audit what a command did by itself. */
    noteDone(done: DoneByCommand): Promise<void>
    /** At most `parkedListMax` of them, and how many there are. */
    listParked(): Promise<ParkedList>
    /** Sends the parked runs again. Returns how many. */
    replayParked(): Promise<number>
  }

export type Control = { readonly path: string; stop(): Promise<void> }

/** The path of a Unix socket has a fixed place in the kernel's structures: 108 bytes with its end mark. */
const socketPathBytesMax = 107
/** A portion of an import is the largest; only the service's own user gets this far. */
const bodyBytesMax = 64 * 1024 * 1024
/** A backup is answered when it is made. Bun's types know the setting for addresses alone; a socket drops a request after ten seconds without it. */
const noIdleTimeout = 0 as never
export const parkedListMax = 1_000

/**
 * Opens the control socket of the locked folder. Only the user who runs the service may connect (0600 from its first moment).
 * The lock proves that a socket found there was left by a process that is gone, so it is replaced.
 */
export function openControl(lock: FolderLock, desk: Desk): Control {
  const path = controlPath(lock.folder)
  const bytes = Buffer.byteLength(path)
  if (bytes > socketPathBytesMax) {
    throw new Error(
      `the path of the control socket ${path} has ${bytes} bytes, the system allows ${socketPathBytesMax}: choose a shorter DATA_DIR`,
    )
  }
  removeIfThere(path)
  const umask = process.umask(0o177)
  try {
    const server = Bun.serve({
      unix: path,
      maxRequestBodySize: bodyBytesMax,
      idleTimeout: noIdleTimeout,
      routes: routesOf(desk),
      fetch: () => answerControl(404, { error: 'no such request' }),
    })
    return {
      path,
      stop: async () => {
        await server.stop(true)
        removeIfThere(path)
      },
    }
  } finally {
    process.umask(umask)
  }
}

function routesOf(desk: Desk) {
  return {
    '/keys': {
      GET: guardControl(async () => answerControl(200, await desk.listKeys())),
      POST: guardControl(async (request) => createKey(desk, await readControl(request))),
    },
    '/keys/:id': {
      DELETE: guardControl(async (request) => {
        const id = partOf(request, 2)
        return (await desk.revokeKey(id)) ? answerControl(200, { revoked: id }) : answerControl(404, { error: 'no such key' })
      }),
    },
    ...userRoutesOf(desk),
    ...alertRoutesOf(desk),
    ...backupRoutesOf(desk),
    '/audit': { POST: guardControl(async (request) => listAudit(desk, await readControl(request))) },
    '/audit/done': { POST: guardControl(async (request) => noteDone(desk, await readControl(request))) },
    ...eraseRoutesOf(desk),
    ...importRoutesOf(desk),
    ...inspectRoutesOf(desk),
    ...retentionRoutesOf(desk),
    '/parked': { GET: guardControl(async () => answerControl(200, await desk.listParked())) },
    '/parked/replay': { POST: guardControl(async () => answerControl(200, { replayed: await desk.replayParked() })) },
  }
}

const AuditBody = Type.Object(
  { limit: Type.Integer({ minimum: 1, maximum: 10_000 }), before: Type.Optional(Type.Integer()) },
  { additionalProperties: false },
)
/** What commands do without the desk: a whole list or the public pages handed out, a backup looked through, PocketBase made ready. */
const DoneBody = Type.Union([
  doneShape('export', /^(?:public|(?:audit|runs|rollups|errors)\.(?:csv|jsonl))$/),
  doneShape('backup_verify', /^(?:\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z|elsewhere):(?:whole|damaged)$/),
  doneShape('pocketbase_setup', /^pocketbase$/),
  doneShape('import', /^records$/),
])
/** `count` is how many things it was done to, 1 where it is absent. */
export type DoneByCommand = {
  readonly act: 'export' | 'backup_verify' | 'pocketbase_setup' | 'import'
  readonly subject: string
  readonly count?: number
}

function doneShape<Name extends DoneByCommand['act']>(act: Name, subject: RegExp) {
  return Type.Object(
    { act: Type.Literal(act), subject: Type.String({ pattern: subject.source }), count: Type.Optional(Type.Integer({ minimum: 0 })) },
    { additionalProperties: false },
  )
}

async function listAudit(desk: Desk, question: unknown): Promise<Response> {
  if (!Value.Check(AuditBody, question)) return answerControl(400, { error: 'not a question for the audit' })
  return answerControl(200, await desk.listAudit(question))
}

async function noteDone(desk: Desk, done: unknown): Promise<Response> {
  if (!Value.Check(DoneBody, done)) return answerControl(400, { error: 'not an act of a command' })
  await desk.noteDone(done)
  return answerControl(200, {})
}

async function createKey(desk: Desk, wanted: unknown): Promise<Response> {
  if (!Value.Check(NewKeyBody, wanted)) return answerControl(400, { error: 'not a request for a key' })
  const made = await desk.createKey(wanted)
  return made.ok ? answerControl(201, made.value) : answerControl(422, { error: made.fault })
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path)
  } catch (cause) {
    if (faultCode(cause) !== 'ENOENT') throw cause
  }
}
