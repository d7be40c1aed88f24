import { assert } from '../../base/assert.ts'
import type { Clock } from '../../base/clock.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { pocketbaseRecordId } from '../../event/identity.ts'
import { join } from '../../event/merge.ts'
import type { MirrorLink, Revision, RunDelta, RunId, StoredRun, StoreWriter } from '../../store/port.ts'
import type { Fields } from './answer.ts'
import { faultWithoutAnswer, type PocketBaseFault } from './fault.ts'
import type { KnownRevisions } from './known-revisions.ts'
import { type PrepareWire, type PulledRun, pocketBaseTime, readRecord } from './record.ts'
import { mirrorName } from './status.ts'
import { earlier, type ListQuery, later, probeRecordId, type Target } from './target.ts'

export type PullParts = {
  readonly target: Target
  readonly store: Pick<StoreWriter, 'load' | 'apply' | 'cursor' | 'revision' | 'moveCursor' | 'links' | 'link'>
  readonly instance: string
  readonly prepare: PrepareWire
  readonly clock: Clock
  readonly known: KnownRevisions
}

/** `strays` are runs with two records: ours, and one that another service made meanwhile. They are linked to it once ours is removed. */
export type Pulled = { readonly read: number; readonly unreadable: number; readonly strays: readonly MirrorLink[] }

/** Records may hold a trace each, so a page stays a few megabytes. */
const pageRecordsMax = 500
/** The most pages of changes that are read before something is pushed again. */
const changePagesMax = 20
/** PocketBase stamps a record before its transaction ends, so a record may appear behind one with a later stamp. */
const overlapMs = 5_000

/** Joins every record of the collection into the store, page by page in the order of ids. `onPage` is told how many records were read so far. */
export async function pullEverything(parts: PullParts, onPage: (read: number) => void): Promise<Result<Pulled, PocketBaseFault>> {
  let sum = noneRead
  for (let last = ''; ; ) {
    const filter = last === '' ? '' : parts.target.client.bind('id > {:last}', { last })
    const page = await readPage(parts.target, { filter, sort: 'id' })
    if (!page.ok) return page
    const joined = joinPage(parts, page.value.records)
    if (!joined.ok) return joined
    sum = add(sum, joined.value)
    onPage(sum.read)
    const next = page.value.records.at(-1)?.['id']
    if (page.value.isLast) return ok(sum)
    if (typeof next !== 'string' || next <= last) return err(faultWithoutAnswer('unreadable'))
    last = next
  }
}

/**
 * Joins what another hand than ours wrote since the given time of PocketBase. Gives the time up to which everything is known, which is never
 * in the future, whatever an import wrote into a record.
 */
export async function pullChanges(parts: PullParts, since: string): Promise<Result<Pulled & { readonly until: string }, PocketBaseFault>> {
  let sum = noneRead
  let at = moveBack(since)
  const now = pocketBaseTime(parts.clock.now())
  for (let pages = 1, last = ''; ; pages += 1) {
    const filter = parts.target.client.bind(
      'updated >= {:at} && instance != {:instance} && (updated > {:at} || id > {:last})', // The first term alone lets SQLite use the index.
      { at, last, instance: parts.instance },
    )
    const page = await readPage(parts.target, { filter, sort: 'updated,id' })
    if (!page.ok) return page
    const { records, isLast } = page.value
    const joined = joinPage(parts, records)
    if (!joined.ok) return joined
    sum = add(sum, joined.value)
    const { id, updated } = records.at(-1) ?? {}
    if (typeof updated === 'string' && typeof id === 'string') [at, last] = [updated, id]
    if (isLast || pages === changePagesMax) return ok({ ...sum, until: later(since, earlier(at, now)) })
  }
}

type Page = { readonly records: readonly Fields[]; readonly isLast: boolean }

/** The next records; fewer at a time where an earlier service's are so large that a page of them would be longer than an answer may be. */
async function readPage(target: Target, query: Pick<ListQuery, 'filter' | 'sort'>): Promise<Result<Page, PocketBaseFault>> {
  for (let limit = pageRecordsMax; ; limit = Math.floor(limit / 8)) {
    const page = await target.list({ ...query, limit })
    if (page.ok) return ok({ records: page.value, isLast: page.value.length < limit })
    if (page.fault.code !== 'answer_too_large' || limit < 8) return page
  }
}

/** The newest time that PocketBase stamped on any record, empty where there is none. */
export async function findNewestStamp(target: Target): Promise<Result<string, PocketBaseFault>> {
  const page = await target.list({ filter: '', sort: '-updated', limit: 1, fields: 'updated' })
  return page.ok ? ok(String(page.value[0]?.['updated'] ?? '')) : page
}

const noneRead: Pulled = { read: 0, unreadable: 0, strays: [] }

function add(left: Pulled, right: Pulled): Pulled {
  return { read: left.read + right.read, unreadable: left.unreadable + right.unreadable, strays: [...left.strays, ...right.strays] }
}

/** Joins the records of a page with the runs in the store. Refuses the page where another instance wrote one of them. */
function joinPage(parts: PullParts, page: readonly Fields[]): Result<Pulled, PocketBaseFault> {
  const now = parts.clock.now()
  const runs = page.filter(({ id }) => id !== probeRecordId).flatMap((record) => readRecord(record, parts.prepare, now) ?? [])
  if (runs.some(({ own }) => own !== undefined && own.instance !== parts.instance)) return err(faultWithoutAnswer('foreign_instance'))
  const merged = [...Map.groupBy(runs, nameOf).values()].map(mergeRecords)
  const stored = new Map(parts.store.load(merged).map((run) => [nameOf(run), run]))
  const strays = linkRecords(parts, runs, stored)
  applyRuns(parts, merged, stored)
  return ok({ read: page.length, unreadable: page.length - runs.length, strays })
}

/** A collection without a unique index may hold several records of one run. */
function mergeRecords(records: readonly PulledRun[]): PulledRun {
  const [first, ...others] = records
  assert(first !== undefined, 'a group has a record')
  if (others.length === 0) return first
  return { ...first, state: others.reduce((state, other) => join(state, other.state), first.state), isWhole: false }
}

function applyRuns({ store, known: revisions }: PullParts, runs: readonly PulledRun[], stored: ReadonlyMap<string, StoredRun>): void {
  const cursor = store.cursor(mirrorName)
  const known: RunDelta[] = []
  const owed: RunDelta[] = []
  for (const run of runs) {
    const before = stored.get(nameOf(run))
    const delta = planDelta(run, before, cursor)
    if (delta !== undefined) (delta.isOwed ? owed : known).push(delta.change)
  }
  const revision = store.revision()
  if (known.length > 0) {
    store.apply(mirrorName, cursor, known)
    // What PocketBase already shows need not be sent there. With nothing else waiting, the cursor remembers that for good.
    if (revision === cursor) store.moveCursor(mirrorName, store.revision())
    else revisions.add(revision, store.revision())
  }
  if (owed.length > 0) store.apply(mirrorName, store.cursor(mirrorName), owed)
}

/** What a record changes in the store; `isOwed` where the record lacks something that the store knows. */
function planDelta(
  { tenant, key, state, isWhole }: PulledRun,
  before: StoredRun | undefined,
  cursor: Revision,
): { readonly change: RunDelta; readonly isOwed: boolean } | undefined {
  if (before === undefined) return { change: { tenant, key, after: state }, isOwed: !isWhole }
  const after = join(before.state, state)
  const isOwed = !isWhole || join(state, before.state) !== state
  if (after !== before.state) return { change: { tenant, key, before, after }, isOwed }
  // The store knows it all. A record that was sent and yet shows less was overwritten by another service: a new revision sends it again.
  return isOwed && before.revision <= cursor ? { change: { tenant, key, before, after }, isOwed } : undefined
}

/** Remembers which runs lie under an id that another service chose. The first such record is the one that is continued. */
function linkRecords({ store }: PullParts, runs: readonly PulledRun[], stored: ReadonlyMap<string, StoredRun>): readonly MirrorLink[] {
  const foreign = runs.filter(({ tenant, key, recordId }) => recordId !== pocketbaseRecordId(tenant, key))
  if (foreign.length === 0) return []
  const linked = new Set(store.links(foreign).map(nameOf))
  const links = new Map<string, MirrorLink>()
  for (const run of foreign) {
    const name = nameOf(run)
    if (!linked.has(name) && !links.has(name)) links.set(name, { tenant: run.tenant, key: run.key, recordId: run.recordId })
  }
  if (links.size === 0) return []
  const cursor = store.cursor(mirrorName)
  const { true: strays = [], false: others = [] } = Object.groupBy(links, ([name]) =>
    String((stored.get(name)?.revision ?? Infinity) <= cursor),
  )
  store.link(others.map(([, link]) => link))
  return strays.map(([, link]) => link)
}

/** Tells runs apart. The key has a fixed length, so that no tenant's name can meet it. */
function nameOf({ tenant, key }: RunId): string {
  return key.toHex() + tenant
}

function moveBack(stamp: string): string {
  const at = Date.parse(stamp)
  return Number.isNaN(at) ? '' : pocketBaseTime(at - overlapMs)
}
