import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Erasure } from '../access/erasure.ts'
import { lookUpIds } from '../event/identity.ts'
import type { ErasedUntil } from '../store/erase.ts'
import { syncPath } from './pack.ts'

/** Lies beside the backups: erasures that came after one of them are not in its own `access.db`. */
const fileName = 'erasures.json'

/** The erasures that an id from a person means, whether it is one from a client or one seen in an answer. */
export function erasuresOf(
  tenant: string,
  randomId: string,
  { secret, at }: { readonly secret: Uint8Array; readonly at: number },
): readonly Erasure[] {
  return lookUpIds(randomId.trim(), secret).map((id) => ({ hash: hashOf(tenant, id, secret), at }))
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

/** The erasures that lie beside backups; none where there is no such file. Throws for one that cannot be read: a restore must not pass it over. */
export function readErasures(backupFolder: string): readonly Erasure[] {
  try {
    return JSON.parse(readFileSync(join(backupFolder, fileName), 'utf8')) as readonly Erasure[]
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return []
    throw new Error(`${join(backupFolder, fileName)} cannot be read: what was erased would come back`, { cause })
  }
}

function hashOf(tenant: string, id: string, secret: Uint8Array): string {
  return createHmac('sha256', secret).update('erasure\0').update(tenant).update('\0').update(id).digest('hex')
}
