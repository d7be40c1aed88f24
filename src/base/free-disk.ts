import { statfsSync, statSync } from 'node:fs'

const megabyte = 1024 * 1024

/** How many bytes a folder takes before its disk is full. */
export function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** What databases take on the disk with their logs; one that is not there takes nothing. */
export function databaseBytes(paths: readonly string[]): number {
  const files = paths.flatMap((path) => [path, `${path}-wal`]).map((path) => statSync(path, { throwIfNoEntry: false }))
  return files.reduce((sum, file) => sum + (file?.size ?? 0), 0)
}

/** A size as sentences for operators name it. */
export function inMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / megabyte)} MB`
}
