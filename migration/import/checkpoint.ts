import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
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

/**
 * The checkpoint in a file; undefined when there is none. It is written whole or not at all, so one that cannot be read was damaged by something else: it is
 * put aside and told, and its import begins anew, which changes no count.
 */
export function readCheckpoint(path: string, onDamage: (aside: string) => void): Checkpoint | undefined {
  const text = readText(path)
  if (text === undefined) return undefined
  const checkpoint = parseCheckpoint(text)
  if (checkpoint !== undefined) return checkpoint
  const aside = `${path}.damaged`
  renameSync(path, aside)
  onDamage(aside)
  return undefined
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (faultCode(cause) === 'ENOENT') return undefined
    throw new Error(`${path} cannot be read`, { cause })
  }
}

/** Only `writeCheckpoint` makes such a file, in a folder of ours: what begins and ends as it does is one. */
function parseCheckpoint(text: string): Checkpoint | undefined {
  try {
    const { source, end, counts, rejects } = JSON.parse(text)
    const isWhole = typeof source === 'string' && [end.offset, end.place, counts.read, counts.taken, rejects.bytes].every(Number.isInteger)
    return isWhole ? JSON.parse(text) : undefined
  } catch {
    return undefined
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
