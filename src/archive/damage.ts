import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { faultCode } from '../base/fault-code.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { Backup } from './backup-folder.ts'
import { type Sum, sumFile } from './pack.ts'

/** What is wrong with the files of a backup, by their sizes and checksums; nothing where all is right. Only reads, and needs no room. */
export async function findDamage({ path, manifest }: Pick<Backup, 'path' | 'manifest'>): Promise<string | undefined> {
  if (!manifest.ok) return manifest.fault
  for (const { packed } of manifest.value.files) {
    const file = join(path, packed.name)
    if (packed.name.includes('/') || !existsSync(file)) return `${packed.name} is missing`
    const sum = await sumOf(file)
    if (!sum.ok) return `${packed.name} cannot be read (${sum.fault})`
    const { bytes, sha256 } = sum.value
    if (bytes !== packed.bytes || sha256 !== packed.sha256) return `${packed.name} is damaged: its checksum differs`
  }
  return undefined
}

/** The fault is the system's code. */
async function sumOf(file: string): Promise<Result<Sum, string>> {
  try {
    return ok(await sumFile(file))
  } catch (cause) {
    return err(faultCode(cause))
  }
}
