import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { err, ok, type Result } from '../base/result.ts'

/** A folder that is being written for others to read. None of it is seen before `commit`; closed without one, it leaves nothing. */
export type PublishFolder = AsyncDisposable & {
  /** `path` is within the folder, with `/` between its parts. The first file has to be the one that marks the folder. */
  write(path: string, text: string): Promise<void>
  /** Puts the whole folder in place of what was there. */
  commit(): Promise<void>
}

/** The file that says what wrote a folder, and what it says as `made_by`. */
export type FolderMark = { readonly name: string; readonly madeBy: string }

/** Whoever publishes the files may be another user than this one, who keeps all its other files for itself. */
const rights = { file: 0o644, folder: 0o755 } as const

/**
 * Begins a folder that will be `out`: a new one, or in place of an empty one or of one with the same mark. Whatever else is there is refused, and stays as
 * it is. What a broken try left beside it goes. The fault is a sentence for the operator.
 */
export function openPublishFolder(out: string, mark: FolderMark): Result<PublishFolder, string> {
  const target = existsSync(out) ? realpathSync(out) : resolve(out)
  if (!existsSync(dirname(target))) return err(`there is no folder ${dirname(target)}`)
  const [partial, before] = [`${target}.part`, `${target}.old`]
  const foreign = [target, partial, before].find((path) => !isReplaceable(path, mark))
  if (foreign !== undefined) return err(`${foreign} holds something else: name a new folder, an empty one, or an earlier export to replace`)
  const folders = new Set<string>()

  async function write(path: string, text: string): Promise<void> {
    if (folders.size === 0) await Promise.all([partial, before].map(remove))
    await makeFolders(dirname(path))
    const file = join(partial, path)
    await writeFile(file, text)
    await chmod(file, rights.file)
  }

  async function makeFolders(path: string): Promise<void> {
    if (folders.has(path)) return
    if (path !== '.') await makeFolders(dirname(path))
    folders.add(path)
    await mkdir(join(partial, path))
    await chmod(join(partial, path), rights.folder)
  }

  async function commit(): Promise<void> {
    const isThere = existsSync(target)
    if (isThere) await rename(target, before)
    try {
      await rename(partial, target)
    } catch (cause) {
      if (isThere) await rename(before, target)
      throw cause
    }
    await remove(before)
  }

  return ok({ write, commit, [Symbol.asyncDispose]: () => remove(partial) })
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true })
}

/** Whether nothing is lost with what is there: nothing, an empty folder, or one of ours. */
function isReplaceable(path: string, { name, madeBy }: FolderMark): boolean {
  if (!existsSync(path)) return true
  if (!statSync(path).isDirectory()) return false
  if (readdirSync(path).length === 0) return true
  try {
    const about: unknown = JSON.parse(readFileSync(join(path, name), 'utf8'))
    return typeof about === 'object' && about !== null && 'made_by' in about && about.made_by === madeBy
  } catch {
    return false // There is no such file, or it says something else.
  }
}
