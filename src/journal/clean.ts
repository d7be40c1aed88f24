import { dirname } from 'node:path'
import { vacuumHere } from '../base/sqlite-copy.ts'
import { openJournalFile } from './file.ts'

/** Writes a journal anew, so that nothing of what was trimmed is left in its file. What waits in it stays; an append waits the moment that takes. */
export function cleanJournal(path: string): void {
  const file = openJournalFile(path)
  try {
    vacuumHere(file, dirname(path))
  } finally {
    file.close()
  }
}
