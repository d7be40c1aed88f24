import type { Database } from 'bun:sqlite'
import { dirname } from 'node:path'
import { type Prepared, prepare, slot } from '../base/sql.ts'
import { vacuumHere } from '../base/sqlite-copy.ts'
import { type Entry, randomIdOf } from '../event/entry.ts'
import { fingerprintVersion } from '../event/fingerprint.ts'
import { ErrorGroups } from './error-group.ts'
import { openStoreFile } from './file.ts'
import type { RemovedRun } from './port.ts'
import { derivedColumns } from './run/columns.ts'
import { type IdCell, uuidText } from './run/id-cell.ts'
import { sql } from './schema.ts'
import { SegmentWriter } from './segment/writer.ts'
import { forgetWords } from './unused-word.ts'
import { Words } from './words.ts'
import { openStoreWriter } from './writer.ts'

/** Whether what a tenant has of a random id and that began at a moment is to be erased, and until when that was asked. */
export type ErasedUntil = (tenant: string, randomId: string, at: number) => number | undefined

export type EraseOptions = {
  readonly path: string
  readonly erasedUntil: ErasedUntil
  /** What the mirror came to; without a mirror nothing has to be carried on. */
  readonly mirrorName?: string
}

/** How many runs went, and how many of those that ever went a mirror still has to be told of. */
export type Erased = { readonly removed: number; readonly left: number }

/** Runs looked at, and removed, in one transaction. */
const stepRuns = 5_000

/**
 * Removes runs for good from a store that nobody else writes to: with their logs, their part of every sum that is not sealed, of columns and of names of
 * errors, and what an event of theirs left that could not be consumed. The file is then written anew, so that no byte of them is left in it.
 */
export function eraseRuns({ path, erasedUntil, mirrorName }: EraseOptions): Erased {
  const groups = new Map<string, Group>()
  const removed = removeRuns(path, erasedUntil, groups)
  const database = openStoreFile(path)
  try {
    const words = new Words(database)
    const left = database
      .transaction(() => {
        dropSetAside(database, erasedUntil)
        renameGroups(database, words, [...groups.values()])
        new SegmentWriter(database, words).repackAll()
        forgetWords(database)
        return dropCarried(database, mirrorName)
      })
      .immediate()
    vacuumHere(database, dirname(path))
    return { removed, left }
  } finally {
    database.close()
  }
}

type Group = { readonly tenant: number; readonly code: number }
type Cells = { id: number; tenant: number; key: Uint8Array; random_id: IdCell; at: number; error_group: number | null }

/** The writer corrects whatever is derived from runs, in the transaction that removes them. */
function removeRuns(path: string, erasedUntil: ErasedUntil, groups: Map<string, Group>): number {
  const store = openStoreWriter(path)
  const database = openStoreFile(path)
  const words = new Words(database)
  const columns = ['id', 'tenant', 'key', 'random_id', 'at', 'error_group'] as const
  const page = prepare(
    database,
    sql.selectFrom('run').select(columns).where('id', '>', slot(0)).orderBy('id').limit(stepRuns),
  ) as Prepared<Cells>
  let removed = 0
  try {
    for (let after = 0; ; ) {
      const rows = page.all(after)
      const due: RemovedRun[] = []
      for (const { tenant, key, random_id: cell, at, error_group: code } of rows) {
        const name = words.text('tenant', tenant)
        const erasedAt = cell === null ? undefined : erasedUntil(name, textOf(cell, key), at)
        if (erasedAt === undefined) continue
        due.push({ tenant: name, key, erasedAt })
        if (code !== null) groups.set(`${tenant} ${code}`, { tenant, code })
      }
      if (due.length > 0) store.remove(due)
      removed += due.length
      const last = rows.at(-1)
      if (last === undefined) return removed
      after = last.id
    }
  } finally {
    database.close()
    store.checkpoint()
    store.close()
  }
}

function textOf(cell: IdCell, key: Uint8Array): string {
  return typeof cell === 'string' ? cell : uuidText(cell === 0 ? key : cell)
}

/** Entries that could not be consumed are kept whole. */
function dropSetAside(database: Database, erasedUntil: ErasedUntil): void {
  const drop = prepare(database, sql.deleteFrom('set_aside').where('id', '=', slot(0)))
  for (const { id, entry } of prepare(database, sql.selectFrom('set_aside').select(['id', 'entry'])).all()) {
    const { tenant, at, event } = JSON.parse(entry) as Entry
    const randomId = randomIdOf(event)
    if (randomId !== undefined && erasedUntil(tenant, randomId, at) !== undefined) drop.run(id)
  }
}

/**
 * The name of a group is the text of its first run: it is given anew by the oldest one that is left, of those that still have a log where there are any, and
 * goes where no run is left. Nobody knows which run named a group of an earlier version of the fingerprint: those names go.
 */
function renameGroups(database: Database, words: Words, groups: readonly Group[]): void {
  const drop = prepare(database, sql.deleteFrom('error_group').where('tenant', '=', slot(0)).where('code', '=', slot(1)))
  const runs = sql.selectFrom('run').where('tenant', '=', slot(0)).where('error_group', '=', slot(1)).orderBy('at').limit(1) // Index run_error_group.
  const oldest = prepare(database, runs.select(['id', ...derivedColumns]))
  const telling = prepare(database, runs.innerJoin('trace', 'trace.run', 'run.id').select('run.id'))
  const dropEarlier = prepare(database, sql.deleteFrom('error_group').where('tenant', '=', slot(0)).where('version', '<>', slot(1)))
  for (const { tenant, code } of groups) drop.run(tenant, code)
  for (const tenant of new Set(groups.map((group) => group.tenant))) dropEarlier.run(tenant, fingerprintVersion)
  const names = new ErrorGroups(database, words)
  for (const { tenant, code } of groups) {
    const [id, ...cells] = oldest.arrays(tenant, code)[0] ?? []
    if (id !== undefined) names.change(telling.first(tenant, code)?.id ?? Number(id), undefined, cells)
  }
  names.write()
}

/** Tombstones of erased runs spell their ids: they go as soon as no mirror has to be told any more. Gives how many are left. */
function dropCarried(database: Database, mirrorName: string | undefined): number {
  const cursors = prepare(database, sql.selectFrom('consumer').select('cursor').where('name', '=', slot(0)))
  const through = mirrorName === undefined ? Number.MAX_SAFE_INTEGER : (cursors.first(mirrorName)?.cursor ?? 0)
  const erased = sql.selectFrom('tombstone').select(['tenant', 'key', 'revision']).where('erased_at', 'is not', null)
  const dropTombstone = prepare(database, sql.deleteFrom('tombstone').where('tenant', '=', slot(0)).where('key', '=', slot(1)))
  const dropLink = prepare(database, sql.deleteFrom('mirror_link').where('tenant', '=', slot(0)).where('key', '=', slot(1)))
  const dropParked = prepare(database, sql.deleteFrom('parked').where('tenant', '=', slot(0)).where('key', '=', slot(1)))
  const isParked = prepare(database, sql.selectFrom('parked').select('key').where('tenant', '=', slot(0)).where('key', '=', slot(1)))
  let left = 0
  for (const { tenant, key, revision } of prepare(database, erased).all()) {
    if (revision > through || (mirrorName !== undefined && isParked.first(tenant, key) !== undefined)) {
      left += 1
      continue
    }
    for (const drop of [dropTombstone, dropLink, dropParked]) drop.run(tenant, key)
  }
  return left
}
