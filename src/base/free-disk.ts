import { statfsSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { faultCode } from './fault-code.ts'

const megabyte = 1024 * 1024

/** A disk: what whoever runs the service may still write to it, and all of it. */
export type Disk = { readonly freeBytes: number; readonly totalBytes: number }

/** The disk under a folder, without waiting for it in this thread; undefined where it cannot be looked at. */
export async function readDisk(folder: string): Promise<Disk | undefined> {
  const disk = await statfs(folder).catch(() => undefined)
  return disk && { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize }
}

/** How many bytes a folder takes before its disk is full. */
export function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** What the system and SQLite say of a disk without room; the index of a write-ahead log finds none to begin with. */
const fullCodes: ReadonlySet<string> = new Set(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT'])

/**
 * What an operator is told of a fault for want of room in the data folder; undefined for any other fault. A start ends with it: without room no database can be
 * opened, and a service without its keys, audit and journal could answer nobody rightly.
 */
export function explainFullDisk(folder: string, fault: unknown): string | undefined {
  const code = faultCode(fault)
  if (!fullCodes.has(code)) return fault instanceof Error && fault.cause !== undefined ? explainFullDisk(folder, fault.cause) : undefined
  return `the disk of the data folder ${folder} is full (${code}): make room there, what the folder holds is safe, or set another DATA_DIR`
}

/** Does work of a command that writes to a data folder. Where it ends for want of room, the fault names the folder and says what to do. */
export async function tellingFullDisk<Value>(folder: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (cause) {
    const full = explainFullDisk(folder, cause)
    throw full === undefined ? cause : new Error(full)
  }
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
