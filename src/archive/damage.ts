import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Backup } from './backup-folder.ts'
import { sumFile } from './pack.ts'

/** What is wrong with the files of a backup, by their sizes and checksums; nothing where all is right. Only reads, and needs no room. */
export async function findDamage({ path, manifest }: Pick<Backup, 'path' | 'manifest'>): Promise<string | undefined> {
  if (!manifest.ok) return manifest.fault
  for (const { packed } of manifest.value.files) {
    const file = join(path, packed.name)
    if (packed.name.includes('/') || !existsSync(file)) return `${packed.name} is missing`
    const { bytes, sha256 } = await sumFile(file)
    if (bytes !== packed.bytes || sha256 !== packed.sha256) return `${packed.name} is damaged: its checksum differs`
  }
  return undefined
}
