import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { lockFolder } from '../../src/base/lock.ts'
import type { Refusal } from '../../src/event/refusal.ts'
import { type Checkpoint, checkpointPath, listCheckpoints, readCheckpoint, removeCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { type ImportCounts, nothingCounted } from './import-counts.ts'
import { RejectsFile } from './rejects-file.ts'
import { rejectsPathOf } from './rejects-path.ts'
import { type Position, type Source, type SourceFile, startOfSource } from './source.ts'

export type BookOptions = {
  /** `DATA_DIR/import`. One import at a time writes there. */
  readonly folder: string
  readonly source: Source
  /** All that decides what an import does with the source's records. */
  readonly choice: Readonly<Record<string, string | number | undefined>>
  /** A file for the rejects, where it is not one in the folder. */
  readonly rejects?: string
  readonly now: number
}

/** What an import keeps on disk, so that the same command goes on where it was broken off: checkpoint and rejects. */
export type ImportBook = Disposable & {
  readonly from: Position
  readonly counted: ImportCounts
  readonly rejectsPath: string
  /** How many records an import of the same file had read that is begun anew, since the file was written to meanwhile. */
  readonly stale?: number
  /** Where checkpoints lie that could not be read. */
  readonly damaged: readonly string[]
  reject(place: number, fault: Refusal): void
  /** Marks a place. When what it gives has returned, an import that is broken off goes on from there, whatever was rejected behind it meanwhile. */
  mark(end: Position, counts: ImportCounts): () => void
  /** Nothing is left to go on with. */
  finish(): void
}

/**
 * Opens the book of the import of a source, at the page where it was left. Throws with a sentence for the operator when another import is running, or when
 * the file for the rejects belongs to something else.
 */
export function openImportBook(options: BookOptions): ImportBook {
  const lock = lockFolder(options.folder)
  if (!lock.ok) throw new Error(lock.fault.code === 'held' ? 'another import is running with this data folder' : lock.fault.message)
  try {
    return openLocked(options, lock.value.release)
  } catch (cause) {
    lock.value.release()
    throw cause
  }
}

function openLocked({ folder, source, choice, rejects: wanted, now }: BookOptions, release: () => void): ImportBook {
  const path = checkpointPath(folder, nameOfImport(source, choice))
  const damaged: string[] = []
  const read = (one: string) => readCheckpoint(one, (aside) => damaged.push(aside))
  const stale = dropStale({ folder, own: path, file: source.file, read })
  const left = usableOf(read(path))
  if (left === undefined && wanted !== undefined && existsSync(wanted)) throw new Error(`--rejects: ${wanted} exists already`)
  if (left !== undefined && wanted !== undefined && wanted !== left.rejects.path)
    throw new Error(`this import was broken off and its rejects are in ${left.rejects.path}: name that file, or none`)
  const rejects = new RejectsFile(left?.rejects.path ?? wanted ?? rejectsPathOf(folder, source.name, now), source.noun, left?.rejects.bytes)

  function mark(end: Position, counts: ImportCounts): () => void {
    const bytes = rejects.mark()
    return () => {
      rejects.settle()
      writeCheckpoint(path, {
        source: source.name,
        end,
        counts,
        rejects: { path: rejects.path, bytes },
        ...(source.file && { file: source.file }),
      })
    }
  }

  // From its first record on, whoever goes on knows the rejects file: none is left without an owner.
  if (left === undefined) mark(startOfSource, nothingCounted)()
  return {
    from: left?.end ?? startOfSource,
    counted: left?.counts ?? nothingCounted,
    rejectsPath: rejects.path,
    ...(stale !== undefined && { stale }),
    damaged,
    reject: (place, fault) => rejects.add(place, fault),
    mark,
    finish: () => removeCheckpoint(path),
    [Symbol.dispose]: () => {
      rejects.close()
      release()
    },
  }
}

/** What an import takes and what it makes of it, as a name for its files. */
export function nameOfImport({ identity }: Source, choice: BookOptions['choice']): string {
  return createHash('sha256')
    .update(JSON.stringify([identity, choice]))
    .digest('hex')
    .slice(0, 32)
}

type StaleQuestion = {
  readonly folder: string
  readonly own: string
  readonly file: SourceFile | undefined
  readonly read: (path: string) => Checkpoint | undefined
}

/**
 * Removes the checkpoint `own`, and those of the same file, where the file was written to since: nobody knows whether the records before their place are
 * still those that were read. Gives the most records that one of them had read.
 */
function dropStale({ folder, own, file, read }: StaleQuestion): number | undefined {
  let stale: number | undefined
  for (const path of file === undefined ? [] : listCheckpoints(folder)) {
    const left = read(path)
    if (left === undefined || left.file?.changedAt === file?.changedAt) continue
    if (path !== own && left.file?.path !== file?.path) continue
    removeCheckpoint(path)
    stale = Math.max(stale ?? 0, left.counts.read)
  }
  return stale
}

/** Without the rejects that belong to it a checkpoint is none: the import begins anew, which changes no count. */
function usableOf(left: Checkpoint | undefined): Checkpoint | undefined {
  if (left === undefined || left.rejects.bytes === 0) return left
  return existsSync(left.rejects.path) && statSync(left.rejects.path).size >= left.rejects.bytes ? left : undefined
}
