import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readErasureBook } from '../access/erasure.ts'
import { faultCode } from '../base/fault-code.ts'
import { databaseBytes, freeBytesOf, inMegabytes } from '../base/free-disk.ts'
import { err, ok, type Result } from '../base/result.ts'
import { copyDatabase } from '../base/sqlite-copy.ts'
import { version } from '../base/version.ts'
import { nameOfBackup, openBackup, partialOf, removePartials } from './backup-folder.ts'
import { takeCensus } from './census.ts'
import { beginErasures } from './erasure-hash.ts'
import { type BackedUp, backedUp, backupFormat, type Manifest, manifestName, writeManifest } from './manifest.ts'
import { packFile, syncPath } from './pack.ts'
import { unpackBackup } from './unpack.ts'

export type CopyOptions = {
  /** The data folder, and where its backups lie. */
  readonly folder: string
  readonly into: string
  readonly begunAt: number
}

/** Databases that were copied and are not packed yet. */
export type Copy = { readonly into: string; readonly name: string; readonly begunAt: number }

/** A backup that counts: its name, and how many bytes it takes. */
export type MadeBackup = { readonly name: string; readonly bytes: number; readonly manifest: Manifest }

/**
 * Copies the databases of a data folder, also while events are taken and consumed. The journal comes before the store: an entry that is trimmed meanwhile
 * has reached the store by then, so each acknowledged one is in the copy of the journal, of the store, or of both, and reading it twice changes nothing.
 * The fault is a sentence for the operator.
 */
export function copyFolder({ folder, into, begunAt }: CopyOptions): Result<Copy, string> {
  mkdirSync(into, { recursive: true, mode: 0o700 })
  removePartials(into)
  const missing = backedUp.find((name) => !existsSync(join(folder, name)))
  if (missing !== undefined) return err(`there is no ${missing} in ${folder}: nothing to back up`)
  const short = findShortage(folder, into)
  if (short !== undefined) return err(short)
  const name = nameOfBackup(begunAt)
  if (existsSync(join(into, name))) return err(`there is a backup ${name} already: try again in a second`)
  const partial = partialOf(join(into, name))
  try {
    mkdirSync(partial, { mode: 0o700 })
    for (const database of backedUp) copyDatabase(join(folder, database), join(partial, database))
    return ok({ into, name, begunAt })
  } catch (cause) {
    rmSync(partial, { recursive: true, force: true })
    throw explainDisk(cause)
  }
}

/** Packs what was copied. It counts from the moment its folder gets its name, whole and on the disk; before that it leaves nothing. */
export async function packCopy({ into, name, begunAt }: Copy, now: () => number): Promise<MadeBackup> {
  const path = join(into, name)
  const partial = partialOf(path)
  try {
    const census = takeCensus(partial)
    await beginErasures(into, () => readErasureBook(join(partial, 'access.db')))
    const files: Manifest['files'] = []
    for (const database of backedUp) files.push(await pack(partial, database))
    const [begun = '', done = ''] = [begunAt, now()].map((at) => new Date(at).toISOString())
    const manifest: Manifest = { format: backupFormat, service: version, begun_at: begun, done_at: done, ...census, files }
    writeFileSync(join(partial, manifestName), writeManifest(manifest), { mode: 0o600 })
    await syncPath(join(partial, manifestName))
    await syncPath(partial)
    renameSync(partial, path)
    await syncPath(into)
    return { name, bytes: files.reduce((sum, { packed }) => sum + packed.bytes, 0), manifest }
  } catch (cause) {
    rmSync(partial, { recursive: true, force: true })
    throw explainDisk(cause)
  }
}

/** Unpacks a backup beside itself, proves it, and removes what was unpacked. */
export async function proveBackup(path: string): Promise<Result<Manifest, string>> {
  const place = partialOf(`${path}.proof`)
  try {
    rmSync(place, { recursive: true, force: true })
    mkdirSync(place, { mode: 0o700 })
  } catch (cause) {
    return err(
      `it is unpacked beside itself, and nothing can be written to ${dirname(path)} (${faultCode(cause)}): copy it to where this user may write`,
    )
  }
  try {
    return await unpackBackup(openBackup(path), place)
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

/** A copy is whole before it is packed, so there must be room for twice what the databases hold. */
function findShortage(folder: string, into: string): string | undefined {
  const needed = 2 * databaseBytes(backedUp.map((name) => join(folder, name)))
  const free = freeBytesOf(into)
  if (free >= needed) return undefined
  return `a backup needs ${inMegabytes(needed)} of free disk, twice what the databases hold, and ${inMegabytes(free)} are free`
}

async function pack(folder: string, name: BackedUp): Promise<Manifest['files'][number]> {
  const from = join(folder, name)
  chmodSync(from, 0o600)
  const { plain, packed } = await packFile(from, join(folder, `${name}.zst`))
  rmSync(from)
  return { name, ...plain, packed: { name: `${name}.zst`, ...packed } }
}

/** The code says what the message of a database does not. */
function explainDisk(cause: unknown): unknown {
  const code = faultCode(cause)
  const isFull = code.startsWith('SQLITE_FULL') || code.startsWith('SQLITE_IOERR') || code === 'ENOSPC' || code === 'EDQUOT'
  return isFull ? new Error(`the disk does not take the backup (${code}): make room; nothing of it was kept`) : cause
}
