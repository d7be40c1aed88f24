import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Log, LogFacts } from '../../src/base/log.ts'

/** Random bytes that are the same in each run. */
export function countedBytes(start = 1): (length: number) => Uint8Array {
  let count = start
  return (length) => {
    const bytes = new Uint8Array(length)
    for (let offset = 0; offset < length; offset += 8) {
      count += 1
      const word = Buffer.alloc(8)
      word.writeBigUInt64LE(Bun.hash.wyhash(`bytes ${count}`))
      bytes.set(word.subarray(0, Math.min(8, length - offset)), offset)
    }
    return bytes
  }
}

/** Secrets of days that are the same in each run. */
export function countedSeeds(start = 1): () => bigint {
  const bytes = countedBytes(start)
  return () => Buffer.from(bytes(8)).readBigUInt64LE()
}

export type LogLine = { readonly level: string; readonly facts: LogFacts; readonly message: string }

/** A log whose lines a test can read. */
export function listeningLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = []
  const take = (level: string) => (facts: LogFacts, message: string) => {
    lines.push({ level, facts, message })
  }
  return { lines, debug: take('debug'), info: take('info'), warn: take('warn'), error: take('error') }
}

/** All bytes of all files in a folder, WAL and all. */
export function bytesIn(folder: string): Buffer {
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))))
}
