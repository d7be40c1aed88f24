import { join } from 'node:path'

/** Where a built program carries its own files; from sources there is no program to start. */
export const isBuilt = import.meta.path.startsWith('/$bunfs/')

/** What starts this program once more; a command follows. */
export const ownCommand: readonly string[] = [process.execPath, ...(isBuilt ? [] : [join(import.meta.dir, '..', 'main.ts')])]
