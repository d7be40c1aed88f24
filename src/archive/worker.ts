import { answerCalls } from '../base/call.ts'
import { systemClock } from '../base/clock.ts'
import { standBack } from '../base/priority.ts'
import { type Copy, copyFolder, packCopy, proveBackup } from './copy-folder.ts'

standBack() // A backup can wait, an event cannot.

export type ArchiveHandlers = typeof handlers

/** The thread of a backup: copying and packing take their time, and nobody waits for it meanwhile. */
const handlers = {
  copy: ({ folder, into }: { readonly folder: string; readonly into: string }) => copyFolder({ folder, into, begunAt: systemClock.now() }),
  pack: (copy: Copy) => packCopy(copy, systemClock.now),
  prove: (path: string) => proveBackup(path),
}

answerCalls(handlers)
