import { basename } from 'node:path'
import { Caller } from '../base/call.ts'
import type { CheckHandlers } from './check-worker.ts'

/** Looks for damage in each file, in a thread of its own. Throws with the file's name and what SQLite found first. */
export function checkFiles(paths: readonly string[], signal: AbortSignal): Promise<number> {
  return inThread(signal, async (thread) => {
    for (const path of paths) {
      const damage = await thread.call('damage', path)
      if (damage !== undefined) throw new Error(`${basename(path)}: ${damage}`)
    }
    return 0
  })
}

/** Counts all runs again and compares sums and columns with them, in a thread of its own. Throws with what differs. */
export function checkSums(storePath: string, signal: AbortSignal): Promise<number> {
  return inThread(signal, async (thread) => {
    const rollups = await thread.call('rollups', storePath)
    const segments = await thread.call('segments', storePath)
    if (rollups + segments > 0)
      throw new Error(`${rollups} sums and ${segments} columns differ from the runs: see doctor rollups and doctor segments`)
    return 0
  })
}

/** The thread lives as long as the check; the signal ends both. */
async function inThread(signal: AbortSignal, check: (thread: Caller<CheckHandlers>) => Promise<number>): Promise<number> {
  const thread = new Caller<CheckHandlers>({ path: 'store/check-worker' })
  const end = () => thread.terminate()
  signal.addEventListener('abort', end, { once: true })
  try {
    return await check(thread)
  } finally {
    signal.removeEventListener('abort', end)
    end()
  }
}
