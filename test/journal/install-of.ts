import type { Entry, NewEntry } from '../../src/event/entry.ts'
import type { InstallEvent } from '../../src/event/install.ts'

/** The install event of an entry that is one. */
export function installOf({ event }: NewEntry | Entry): InstallEvent {
  if (event.kind !== 'install') throw new Error(`an entry of the kind ${event.kind}`)
  return event.install
}
