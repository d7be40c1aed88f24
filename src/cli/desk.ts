import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { controlPath } from '../base/control-path.ts'
import { tellingFullDisk } from '../base/free-disk.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { Settings } from '../config.ts'
import type { AuditEntryFacts, Desk, DoneByCommand, KeyFacts, ParkedList } from '../http/control/control.ts'
import type { RemoveRuleFault, RuleFacts } from '../http/control/control-alert.ts'
import type { BackupFacts } from '../http/control/control-backup.ts'
import type { GivenIdFault } from '../http/control/control-erase.ts'
import type { ImportedEntries, ImportPolicy } from '../http/control/control-import.ts'
import type { ShownSettings } from '../http/control/control-inspect.ts'
import type { RetentionPreview } from '../http/control/control-retention.ts'
import type { OfferedSetup, UserFacts } from '../http/control/control-user.ts'
import { ask, type Question } from './ask.ts'
import type { Context, Finding } from './context.ts'

const timeoutMs = 30_000
/** A backup of a large store, on a slow disk. */
const backupTimeoutMs = 6 * 3_600_000
/** Until what waits before it is consumed. */
const importTimeoutMs = 15 * 60_000
/** Each way outside has its own limit; one after the other they take longer than an answer usually does. */
const examineTimeoutMs = 180_000
/** Refusals that the commands tell apart: no such thing, and a value that is not allowed. */
const statusesOfAnswers: readonly number[] = [404, 422]
/** What is asked for is on disk before anything is erased, so that a server that ends in the middle goes on after its next start. */
const mayBeNoted = ': the erasure may be noted already, and is then finished after the next start. To be sure, run the same command again'
const nobodyListens: readonly string[] = ['ECONNREFUSED', 'ENOENT']

/**
 * Runs the work on the desk of the running server, or, when none runs, on one opened here under the folder's lock.
 * So a key revoked by command is revoked at once, whoever serves. The work is told whether a server does.
 */
export function atDesk<Value>(
  context: Context,
  settings: Settings,
  work: (desk: Desk, isServed: boolean) => Promise<Value>,
): Promise<Value> {
  return tellingFullDisk(settings.dataDir, () => workAtDesk(context, settings, work))
}

async function workAtDesk<Value>(
  context: Context,
  settings: Settings,
  work: (desk: Desk, isServed: boolean) => Promise<Value>,
): Promise<Value> {
  const remote = remoteDesk(controlPath(settings.dataDir))
  if (await remote.isServed()) return work(remote, true)

  const service = await context.loadService()
  let desk: Desk & AsyncDisposable
  try {
    desk = await service.openDesk(settings)
  } catch (cause) {
    // A server that is just starting holds the folder before it answers.
    if (await isServedSoon(remote)) return work(remote, true)
    throw cause
  }
  await using opened = desk
  return await work(opened, false)
}

/** The desk of the running server; undefined when none runs. Throws with a message for the operator when it may not be asked. */
export async function findRunningDesk(settings: Settings): Promise<Desk | undefined> {
  const remote = remoteDesk(controlPath(settings.dataDir))
  return (await remote.isServed()) ? remote : undefined
}

/**
 * Notes in the audit what a command did by itself. Without a folder there is no audit yet; one that cannot be written is told and takes nothing of what
 * was done back.
 */
export async function noteDone(context: Context, settings: Settings, done: DoneByCommand): Promise<void> {
  if (!existsSync(join(settings.dataDir, 'access.db'))) return
  try {
    await atDesk(context, settings, (desk) => desk.noteDone(done))
  } catch (cause) {
    context.tell(`not noted in the audit: ${cause instanceof Error ? cause.message : 'failed'}\n`)
  }
}

const startLimitMs = 2_000
const pollMs = 50

async function isServedSoon(remote: RemoteDesk): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < startLimitMs; waitedMs += pollMs) {
    if (await remote.isServed()) return true
    await Bun.sleep(pollMs)
  }
  return false
}

type RemoteDesk = Desk & { isServed(): Promise<boolean> }

function remoteDesk(socketPath: string): RemoteDesk {
  async function send(
    method: Question['method'],
    path: string,
    body?: unknown,
    limitMs = timeoutMs,
    hint = '',
  ): Promise<{ readonly status: number; readonly value: unknown }> {
    const reply = await ask({ to: { socketPath }, method, path, timeoutMs: limitMs, ...(body === undefined ? {} : { body }) })
    if (!reply.ok) throw new Error(`${explain(socketPath, reply.fault)}${hint}`)
    const value: unknown = JSON.parse(reply.value.text)
    if (reply.value.status >= 400 && !statusesOfAnswers.includes(reply.value.status))
      throw Object.assign(new Error(`the running server answered: ${faultOf(value)}`), { code: codeOf(value) })
    return { status: reply.value.status, value }
  }

  return {
    isServed: async () => {
      const reply = await ask({ to: { socketPath }, method: 'GET', path: '/', timeoutMs })
      if (!reply.ok && !nobodyListens.includes(reply.fault)) throw new Error(explain(socketPath, reply.fault))
      return reply.ok
    },
    // The server at the other end of this socket is the same program, started by the same user, so its answers have the shapes it declares.
    createKey: async (wanted) => resultOf(await send('POST', '/keys', wanted)),
    listKeys: async () => (await send('GET', '/keys')).value as readonly KeyFacts[],
    revokeKey: async (id) => (await send('DELETE', `/keys/${encodeURIComponent(id)}`)).status === 200,
    createUser: async (wanted) => resultOf(await send('POST', '/users', wanted)),
    listUsers: async () => (await send('GET', '/users')).value as readonly UserFacts[],
    changeUser: async (name, change) => resultOf(await send('POST', pathOf(name), change)),
    setPassword: async (name, password) => resultOf(await send('POST', `${pathOf(name)}/password`, { password })),
    removeUser: async (name) => resultOf(await send('DELETE', pathOf(name))),
    offerSetup: async () => ((await send('POST', '/setup-link')).value as { readonly setup?: OfferedSetup }).setup,
    listAlerts: async () => (await send('GET', '/alerts')).value as readonly RuleFacts[],
    addAlert: async (wanted) => resultOf(await send('POST', '/alerts', wanted)),
    removeAlert: async (id) => {
      const removed: Result<unknown, RemoveRuleFault> = resultOf(await send('DELETE', alertPath(id)))
      return removed.ok ? ok(id) : removed
    },
    muteAlert: async (id, until) => (await send('POST', alertPath(id), { until })).status === 200,
    testAlerts: async () => ((await send('POST', '/alert-test')).value as { readonly faults?: Readonly<Record<string, string>> }).faults,
    readSettings: async () => known(await send('GET', '/settings')) as ShownSettings,
    examineOutside: async (superuser) =>
      known(await send('POST', '/examination', { ...(superuser && { superuser }) }, examineTimeoutMs)) as readonly Finding[],
    listAudit: async (question) => (await send('POST', '/audit', question)).value as readonly AuditEntryFacts[],
    noteDone: async (done) => void (await send('POST', '/audit/done', done)),
    listParked: async () => (await send('GET', '/parked')).value as ParkedList,
    createBackup: async () => resultOf(await send('POST', '/backups', undefined, backupTimeoutMs)),
    eraseRuns: async (question) => {
      const { status, value } = await send('POST', '/erasures', question, backupTimeoutMs, mayBeNoted)
      return status === 422 ? err(faultOf(value) as GivenIdFault) : ok(undefined)
    },
    readImportPolicy: async () => known(await send('GET', '/import/policy')) as ImportPolicy,
    importEntries: async ({ lines }) => known(await send('POST', '/import/entries', lines, importTimeoutMs)) as ImportedEntries,
    settleImport: async () => void known(await send('POST', '/import/settled', undefined, importTimeoutMs)),
    listBackups: async () => resultOf<readonly BackupFacts[], string>(await send('GET', '/backups')),
    previewRetention: async () => (await send('GET', '/retention')).value as RetentionPreview,
    replayParked: async () => ((await send('POST', '/parked/replay')).value as { readonly replayed: number }).replayed,
  }
}

/** What the server said, unless it is one that does not know the question. */
function known({ status, value }: { readonly status: number; readonly value: unknown }): unknown {
  if (status === 404) throw new Error('the running service is of another version')
  return value
}

function alertPath(id: string): string {
  return `/alerts/${encodeURIComponent(id)}`
}

function pathOf(name: string): string {
  return `/users/${encodeURIComponent(name)}`
}

/** What the server gave, or one of the faults that it declares for the request. */
function resultOf<Value, Fault>({ status, value }: { readonly status: number; readonly value: unknown }): Result<Value, Fault> {
  return status === 422 ? err(faultOf(value) as Fault) : ok(value as Value)
}

function explain(socketPath: string, code: string): string {
  if (code === 'EACCES' || code === 'EPERM') return `${socketPath} belongs to another user: run this as the user who runs the service`
  return `the running server does not answer at ${socketPath} (${code})`
}

/** The code of the fault behind an answer: of a full disk the command knows what to do. */
function codeOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'code' in value ? String(value.code) : 'unknown'
}

function faultOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'error' in value ? String(value.error) : 'failed'
}
