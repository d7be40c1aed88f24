import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { faultCode } from '../../src/base/fault-code.ts'
import { writeWhole } from '../../src/base/whole-file.ts'
import type { ImportCounts } from './import-counts.ts'
import type { Position, SourceFile } from './source.ts'

/** Where an import goes on, what was done up to there, and how much of its rejects file belongs to that. */
export type Checkpoint = {
  readonly source: string
  readonly end: Position
  readonly counts: ImportCounts
  readonly rejects: { readonly path: string; readonly bytes: number }
  /** The file as it was when the import was begun or taken up again, where the source is one. */
  readonly file?: SourceFile
}

const ending = '.checkpoint.json'

/** The file of the checkpoint of that name. */
export function checkpointPath(folder: string, name: string): string {
  return join(folder, `${name}${ending}`)
}

/** Every checkpoint in a folder of imports. */
export function listCheckpoints(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => (name.endsWith(ending) ? [join(folder, name)] : []))
}

/** The checkpoint in a file; undefined when there is none. Throws when it cannot be read: it is written whole or not at all. */
export function readCheckpoint(path: string): Checkpoint | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Checkpoint // Only `writeCheckpoint` makes such a file, in a folder of ours.
  } catch (cause) {
    if (faultCode(cause) === 'ENOENT') return undefined
    throw new Error(`${path} cannot be read: remove it, and the import begins anew, which changes no count`, { cause })
  }
}

/** When it returns, a crash at any moment leaves this checkpoint or a later one. */
export function writeCheckpoint(path: string, checkpoint: Checkpoint): void {
  writeWhole(path, `${JSON.stringify(checkpoint)}\n`)
}

/** The import is finished: the same command begins anew. */
export function removeCheckpoint(path: string): void {
  rmSync(path, { force: true })
}
