import type { Cloaked, NewEntry, TelemetryEvent } from '../../src/event/entry.ts'
import type { InstallEvent } from '../../src/event/install.ts'
import { lastSeq, openJournalFile } from '../../src/journal/file.ts'
import { encodeEntries } from '../../src/journal/payload.ts'

/** One report as the journal holds it: a container's success unless it says otherwise. */
export function entryOf(install: Partial<InstallEvent>, at = 0, tenant = 'default'): NewEntry {
  const event: TelemetryEvent = {
    kind: 'install',
    install: { type: 'lxc', nsapp: 'alpine', status: 'success', ...install },
    repairs: [],
    rules: [],
  }
  return { tenant, receivedAt: at, at, event: event as Cloaked<TelemetryEvent> }
}

/** Writes groups of entries into the journal at `path`, as its commit thread would. */
export function writeJournal(path: string, groups: readonly (readonly NewEntry[])[]): void {
  const file = openJournalFile(path)
  const insert = file.prepare('INSERT INTO entry_group (first_seq, n, payload) VALUES (?, ?, ?)')
  file.transaction(() => {
    let next = lastSeq(file) + 1
    for (const group of groups) {
      insert.run(next, group.length, encodeEntries(group).lines)
      next += group.length
    }
  })()
  file.close()
}

/** The execution id of the run `n`. */
export function idOf(n: number): string {
  return `${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`
}
