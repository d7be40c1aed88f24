import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'

/** A tenth of the processor time of a thread that competes with it, all of it when nobody does (Linux: nice 10). */
const behindOthers = 10

/**
 * Lets the other threads of the process run before the calling one. Only Linux gives each thread a priority of its own;
 * elsewhere, and where the number of the thread cannot be read, nothing changes.
 */
export function standBack(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
    if (Number.isSafeInteger(thread)) setPriority(thread, behindOthers)
  } catch {
    // It is as fast, only less considerate.
  }
}
