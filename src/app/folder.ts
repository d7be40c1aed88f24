import { join } from 'node:path'
import { type Access, openAccess } from '../access/access.ts'
import { isRestoreBroken } from '../archive/restore.ts'
import { systemClock } from '../base/clock.ts'
import { type FolderLock, lockFolder } from '../base/lock.ts'
import { type Log, type OpenLog, openLog } from '../base/log.ts'
import type { Settings } from '../config.ts'
import type { PocketBaseSettings } from '../consumer/consumer-settings.ts'
import type { PocketBaseAccess } from '../consumer/pocketbase/client.ts'
import { openStoreWriter } from '../store/writer.ts'

/** A data folder opened for one command, under its lock. */
export function openFolder(settings: Settings) {
  const lock = takeFolder(settings)
  const { log, settle } = commandLog(settings)
  const access = openAccessOf(settings, log)
  const writer = openStoreWriter(pathsOf(settings).storePath)
  async function close(): Promise<void> {
    writer.close()
    access.close()
    lock.release()
    await settle()
  }
  return { log, access, writer, [Symbol.asyncDispose]: close }
}

/** The log of a command. What goes well is told in words, so that JSON lines do not stand between them. */
function commandLog({ logLevel }: Settings): OpenLog {
  return openLog({ level: logLevel === 'info' ? 'warn' : logLevel, room: 'command' })
}

/** Where PocketBase is and as whom to sign in; undefined when it is off. */
export function pocketbaseAccessOf({
  pbUrl,
  pbIdentity,
  pbPassword,
  pbAuthCollection,
  upstreamTimeoutMs,
}: Settings): PocketBaseAccess | undefined {
  if (pbUrl === undefined) return undefined
  return {
    url: pbUrl,
    authCollection: pbAuthCollection,
    identity: pbIdentity ?? '',
    password: pbPassword ?? '',
    timeoutMs: upstreamTimeoutMs,
  }
}

/** What the mirror is made with; undefined when PocketBase is off. */
export function pocketbaseOf(settings: Settings, { idSecret }: Access): PocketBaseSettings | undefined {
  const access = pocketbaseAccessOf(settings)
  return access && { access, collection: settings.pbTargetCollection, repoOwners: settings.repoOwners, idSecret }
}

/** Takes the data folder for this process. Throws with a message for the operator when another one has it. */
export function takeFolder(settings: Settings): FolderLock {
  const lock = lockFolder(settings.dataDir)
  if (!lock.ok) throw new Error(lock.fault.message)
  if (!isRestoreBroken(settings.dataDir)) return lock.value
  lock.value.release()
  throw new Error(`a restore into ${settings.dataDir} was broken off: run \`telemetry-service backup restore\` again`)
}

/** The files that several threads open. */
export function pathsOf({ dataDir }: Settings): FolderPaths {
  return pathsIn(dataDir)
}

/** The same for a folder by its path. */
export function pathsIn(folder: string): FolderPaths {
  return { journalPath: join(folder, 'journal.db'), storePath: join(folder, 'store.db'), accessPath: join(folder, 'access.db') }
}

type FolderPaths = Readonly<Record<'journalPath' | 'storePath' | 'accessPath', string>>

/** Bytes that nobody can foretell. */
export function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}

/** Where clients reach the service: PUBLIC_URL, else the service's own machine. Never what a request says of itself. */
export function originOf(settings: Settings, port: number): string {
  return settings.publicUrl ?? urlOf(settings, port)
}

/** Where the service is reached from its own machine: an address that stands for every interface is none to call. */
export function urlOf({ listenAddr, tlsCertFile }: Settings, port: number): string {
  const given = listenAddr.host ?? '0.0.0.0'
  const host = given === '0.0.0.0' || given === '::' ? 'localhost' : given
  return `${tlsCertFile === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Keys and limits of the data folder, as the settings ask for. */
export function openAccessOf(settings: Settings, log: Log): Access {
  return openAccess({
    folder: settings.dataDir,
    rpm: settings.rateLimitRpm,
    burst: settings.rateBurst,
    keyRpm: settings.ingestKeyRpm,
    trustedProxies: settings.trustedProxiesCidr,
    ...(settings.rateKeyMode === 'header' && { keyHeader: settings.rateKeyHeader }),
    clock: systemClock,
    random: randomBytes,
    log,
  })
}
