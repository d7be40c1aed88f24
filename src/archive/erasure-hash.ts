import { createHmac } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { link, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Erasure } from '../access/erasure.ts'
import { faultCode } from '../base/fault-code.ts'
import { lookUpIds } from '../event/identity.ts'
import type { ErasedUntil } from '../store/erase.ts'
import { syncPath } from './pack.ts'

/** Lies beside the backups: erasures that came after one of them are not in its own `access.db`. */
const fileName = 'erasures.json'

/** The erasures that an id from a person means, whether it is one from a client or one seen in an answer; read by `readGivenId`. */
export function erasuresOf(
  tenant: string,
  randomId: string,
  { secret, at }: { readonly secret: Uint8Array; readonly at: number },
): readonly Erasure[] {
  return lookUpIds(randomId, secret).map((id) => ({ hash: hashOf(tenant, id, secret), at }))
}

/** Tells the runs of erased ids by the hashes alone. */
export function createErasedUntil(erasures: readonly Erasure[], secret: Uint8Array): ErasedUntil {
  const until = new Map(erasures.map(({ hash, at }) => [hash, at]))
  return (tenant, randomId, at) => {
    const erasedAt = until.get(hashOf(tenant, randomId, secret))
    return erasedAt !== undefined && at < erasedAt ? erasedAt : undefined
  }
}

/** Writes all erasures beside the backups, whole or not at all. */
export async function keepErasures(backupFolder: string, erasures: readonly Erasure[]): Promise<void> {
  const path = join(backupFolder, fileName)
  await writeFile(`${path}.new`, `${JSON.stringify(erasures)}\n`, { mode: 0o600 })
  await syncPath(`${path}.new`)
  await rename(`${path}.new`, path)
  await syncPath(backupFolder)
}

/** Begins the list beside the first backup, so that one that is missing later was lost or not copied. A list that is there stays: it may be newer. */
export async function beginErasures(backupFolder: string, readAll: () => readonly Erasure[]): Promise<void> {
  const path = join(backupFolder, fileName)
  if (existsSync(path)) return
  const begun = `${path}.begun`
  try {
    await writeFile(begun, `${JSON.stringify(readAll())}\n`, { mode: 0o600 })
    await syncPath(begun)
    await link(begun, path) // Other than a rename it never takes the place of a list that an erasure wrote meanwhile.
  } catch (cause) {
    if (!existsSync(path)) throw cause
  } finally {
    await rm(begun, { force: true })
  }
  await syncPath(backupFolder)
}

/** Refuses where no folder has the list: nobody can know then what was erased since the backup. Throws with a sentence for the operator. */
export function demandErasures(backupFolders: readonly [string, ...string[]]): void {
  if (backupFolders.some((folder) => existsSync(join(folder, fileName)))) return
  throw new Error(
    `nothing was restored: ${join(backupFolders[0], fileName)} is missing, and what was erased since the backup would come back. ` +
      `Copy ${fileName} there from the folder DATA_DIR/backup in which the backup was made; where it is lost or nothing was ever erased, say --without-erasures`,
  )
}

/** The erasures that lie beside backups; none where there is no such file. Throws for one that cannot be read: a restore must not pass it over. */
export function readErasures(backupFolder: string): readonly Erasure[] {
  try {
    return JSON.parse(readFileSync(join(backupFolder, fileName), 'utf8')) as readonly Erasure[]
  } catch (cause) {
    if (faultCode(cause) === 'ENOENT') return []
    throw new Error(`${join(backupFolder, fileName)} cannot be read: what was erased would come back`, { cause })
  }
}

function hashOf(tenant: string, id: string, secret: Uint8Array): string {
  return createHmac('sha256', secret).update('erasure\0').update(tenant).update('\0').update(id).digest('hex')
}
