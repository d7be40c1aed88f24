import { open, rename, rm } from 'node:fs/promises'
import { faultCode } from '../base/fault-code.ts'
import type { Context } from './context.ts'

/** Hands data out: to a file, or to standard output where none is named. */
export async function handOut(context: Context, pieces: AsyncIterable<string>, out: string | undefined): Promise<void> {
  if (out === undefined) await context.printAll(pieces)
  else await writeFile(out, pieces)
}

/** The file is there when it is whole. */
async function writeFile(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const begun = `${path}.part`
  const file = await open(begun, 'w', 0o600)
  try {
    for await (const piece of pieces) await file.write(piece)
    await file.sync()
    await file.close()
    await rename(begun, path)
  } catch (cause) {
    await file.close().catch(() => undefined)
    await rm(begun, { force: true })
    const code = faultCode(cause)
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw cause
    throw new Error(`the disk under ${path} is full (${code}): make room there, or name another file with --out`)
  }
}
