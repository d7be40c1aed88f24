import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { faultCode } from '../base/fault-code.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { Backup } from './backup-folder.ts'
import { type Census, takeCensus } from './census.ts'
import type { Manifest } from './manifest.ts'
import { type Sum, unpackFile } from './pack.ts'

/**
 * Unpacks a backup into an empty folder and proves it: each file has its size and checksum, each database passes SQLite's check and holds what the
 * manifest says. The fault is a sentence for the operator; what was unpacked so far is then the caller's to remove.
 */
export async function unpackBackup({ path, manifest }: Pick<Backup, 'path' | 'manifest'>, into: string): Promise<Result<Manifest, string>> {
  if (!manifest.ok) return manifest
  for (const file of manifest.value.files) {
    const fault = await unpackOne(path, file, into)
    if (fault !== undefined) return err(fault)
  }
  try {
    const found = takeCensus(into)
    const differing = findDifference(found, manifest.value)
    return differing === undefined ? ok(manifest.value) : err(`${differing} differs from what the manifest says`)
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : 'a database cannot be opened')
  }
}

type FileFacts = Manifest['files'][number]

/** What is wrong with a file; nothing where all is right. */
async function unpackOne(path: string, file: FileFacts, into: string): Promise<string | undefined> {
  const { name, packed } = file
  const from = join(path, packed.name)
  if (packed.name.includes('/') || !existsSync(from)) return `${packed.name} is missing`
  let sums: { readonly plain: Sum; readonly packed: Sum }
  try {
    sums = await unpackFile(from, join(into, name), file.bytes)
  } catch (cause) {
    if (isDiskFault(cause)) throw cause
    return `${packed.name} is damaged: it cannot be unpacked`
  }
  if (sums.packed.bytes !== packed.bytes) return `${packed.name} is damaged: it has ${sums.packed.bytes} bytes in place of ${packed.bytes}`
  if (sums.packed.sha256 !== packed.sha256 || sums.plain.sha256 !== file.sha256) return `${packed.name} is damaged: its checksum differs`
  return sums.plain.bytes === file.bytes
    ? undefined
    : `${packed.name} is damaged: it holds ${sums.plain.bytes} bytes in place of ${file.bytes}`
}

/** The disk's fault is not the backup's. */
function isDiskFault(cause: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'EIO', 'EMFILE', 'EEXIST'].includes(faultCode(cause))
}

/** The first number in which a database is not what it was. */
function findDifference(found: Census, said: Census): string | undefined {
  for (const part of ['schemas', 'counts', 'cursors', 'journal'] as const) {
    const [left, right]: readonly Readonly<Record<string, number>>[] = [found[part], said[part]]
    const names = [...Object.keys(left ?? {}), ...Object.keys(right ?? {})]
    const name = names.find((one) => left?.[one] !== right?.[one])
    if (name !== undefined) return `${part}.${name}`
  }
  return undefined
}
