import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '../base/whole-file.ts'

/** What became of the import that a start began last: what it took to its end, or why it could not. Times in milliseconds since 1970. */
export type StartMark = { readonly at: number } & ({ readonly finished: string } | { readonly failed: string })

/** The mark in a folder of imports. One that cannot be read is none: to import once more changes no count. */
export function readStartMark(folder: string): StartMark | undefined {
  try {
    return JSON.parse(readFileSync(pathOf(folder), 'utf8')) as StartMark // Only `writeStartMark` makes such a file, in a folder of ours.
  } catch {
    return undefined
  }
}

/** When it returns, the mark is on disk in place of the one before. */
export function writeStartMark(folder: string, mark: StartMark): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeWhole(pathOf(folder), `${JSON.stringify(mark)}\n`)
}

/** The import is begun again. */
export function removeStartMark(folder: string): void {
  rmSync(pathOf(folder), { force: true })
}

function pathOf(folder: string): string {
  return join(folder, 'at-start.json')
}
