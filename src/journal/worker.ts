import type { Database, Statement } from 'bun:sqlite'
import { dirname } from 'node:path'
import { faultCode } from '../base/fault-code.ts'
import { freeBytesOf } from '../base/free-disk.ts'
import { lastSeq, openJournalFile } from './file.ts'
import type { JournalAnswer, JournalCommand } from './message.ts'

declare const self: Worker

/** The commit thread: it alone appends, so the numbers need no lock and an fsync never holds up the thread that serves requests. */
type Writer = {
  readonly file: Database
  readonly folder: string
  readonly insert: Statement
  readonly bytesMax: number
  readonly pageBytes: number
  last: number
}

let writer: Writer | undefined

/** Room for one event of the largest size before the journal counts as free again. */
const probeRoomBytes = 256 * 1024

self.onmessage = (message: MessageEvent<JournalCommand>) => {
  postMessage(answer(message.data))
}

function answer(command: JournalCommand): JournalAnswer {
  try {
    if (command.kind === 'open') return open(command.path, command.bytesMax)
    if (writer === undefined) return { kind: 'failed', of: command.kind, reason: 'the journal is not open' }
    if (command.kind === 'append') return append(writer, command.n, command.payload)
    if (command.kind === 'probe') return probe(writer)
    writer.file.close()
    writer = undefined
    return { kind: 'closed' }
  } catch (fault) {
    return { kind: 'failed', of: command.kind, reason: fault instanceof Error ? fault.message : 'unknown fault' }
  }
}

function open(path: string, bytesMax: number): JournalAnswer {
  const file = openJournalFile(path)
  const insert = file.prepare('INSERT INTO entry_group (first_seq, n, payload) VALUES (?, ?, ?)')
  const pageBytes = file.query<{ page_size: number }, []>('PRAGMA page_size').get()?.page_size ?? 4096
  writer = { file, folder: dirname(path), insert, bytesMax, pageBytes, last: lastSeq(file) }
  const liveBytes = measureLiveBytes(writer)
  return { kind: 'opened', last: writer.last, liveBytes, refusedBy: hasRoom(writer, liveBytes) ? undefined : 'limit' }
}

function append(into: Writer, n: number, payload: string): JournalAnswer {
  const liveBytes = measureLiveBytes(into)
  if (liveBytes + payload.length > into.bytesMax) return { kind: 'refused', rule: 'limit' }
  try {
    into.insert.run(into.last + 1, n, payload) // One statement is one transaction: it returns after the fsync.
  } catch (fault) {
    if (isDiskFault(fault)) return { kind: 'refused', rule: 'disk' }
    throw fault
  }
  into.last += n
  return { kind: 'committed', last: into.last, liveBytes }
}

/** Whether an entry could be taken now: there is room below the limit and on the disk, and a small write reaches it. */
function probe(into: Writer): JournalAnswer {
  const liveBytes = measureLiveBytes(into)
  if (!hasRoom(into, liveBytes)) return { kind: 'probed', refusedBy: 'limit', liveBytes }
  try {
    if (!hasSpace(into.folder)) return { kind: 'probed', refusedBy: 'disk', liveBytes }
    into.file.run('UPDATE journal SET id = id')
    return { kind: 'probed', refusedBy: undefined, liveBytes }
  } catch (fault) {
    if (isDiskFault(fault)) return { kind: 'probed', refusedBy: 'disk', liveBytes }
    throw fault
  }
}

function hasRoom({ bytesMax }: Writer, liveBytes: number): boolean {
  return liveBytes + probeRoomBytes <= bytesMax
}

/** A small write may still find room where the next event does not. */
function hasSpace(folder: string): boolean {
  return freeBytesOf(folder) >= probeRoomBytes
}

/** Bytes of pages in use. Trimming frees pages for reuse without shrinking the file, so the file's length would be the wrong measure. */
function measureLiveBytes(of: Writer): number {
  const pages = of.file.query<{ page_count: number }, []>('PRAGMA page_count').get()?.page_count ?? 0
  const free = of.file.query<{ freelist_count: number }, []>('PRAGMA freelist_count').get()?.freelist_count ?? 0
  return (pages - free) * of.pageBytes
}

/** A full or failing disk passes: the transaction was rolled back, nothing was acknowledged, and the next group tries again. */
function isDiskFault(fault: unknown): boolean {
  const code = faultCode(fault)
  return code.startsWith('SQLITE_FULL') || code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_BUSY')
}
