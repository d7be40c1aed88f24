import type { Database } from 'bun:sqlite'
import { assert } from '../base/assert.ts'
import { type Prepared, prepare, type SqlValue, slot } from '../base/sql.ts'
import { failureOf } from '../event/failure.ts'
import { titleOf } from '../event/fingerprint.ts'
import { readRun } from '../event/reading.ts'
import { type ErrorGroupFacts, errorGroupsMax, type RunView } from './reader-port.ts'
import { runSelection } from './run/columns.ts'
import { decodeRun, hadTrace } from './run/row.ts'
import { Traces } from './run/trace.ts'
import { sql } from './schema.ts'
import type { Words } from './words.ts'

/** Newest runs of a group that its exit codes and scripts are taken from. */
const recentRuns = 5
/** Newest runs of a group among which samples are looked for: logs are removed sooner than runs. */
const searchedRuns = 200
/** Samples in one answer. */
const samplesMax = 20

/** Answers what is known of groups of errors beside their counts. */
export class ErrorGroupReader {
  readonly #words: Words
  readonly #traces: Traces
  readonly #statements: ReturnType<typeof prepareStatements>

  constructor(database: Database, words: Words) {
    this.#words = words
    this.#traces = new Traces(database)
    this.#statements = prepareStatements(database)
  }

  /** The facts of the groups among `fingerprints` that the tenant ever had, in that order; without those of their runs where `isBrief`. */
  facts(tenant: string, fingerprints: readonly string[], isBrief: boolean): readonly ErrorGroupFacts[] {
    const code = this.#words.find('tenant', tenant)
    if (code === undefined) return []
    return fingerprints.slice(0, errorGroupsMax).flatMap((fingerprint) => this.#factsOf(code, fingerprint, isBrief) ?? [])
  }

  /** The newest runs of a group whose log is still there, with it, newest first. */
  samples(tenant: string, fingerprint: string, limit: number): readonly RunView[] {
    const tenantCode = this.#words.find('tenant', tenant)
    const group = this.#words.find('error_group', fingerprint)
    if (tenantCode === undefined || group === undefined) return []
    const samples: RunView[] = []
    for (const { id } of this.#statements.traced.all(tenantCode, group, searchedRuns)) {
      if (samples.length >= Math.min(limit, samplesMax)) break
      const sample = this.#sample(id)
      if (sample !== undefined) samples.push(sample)
    }
    return samples
  }

  #factsOf(tenant: number, fingerprint: string, isBrief: boolean): ErrorGroupFacts | undefined {
    const group = this.#words.find('error_group', fingerprint)
    if (group === undefined) return undefined
    const kept = this.#statements.kept.first(tenant, group)
    const newest = isBrief && kept ? [] : this.#statements.newest.arrays(tenant, group, recentRuns)
    const [last] = newest
    if (last === undefined) return kept && { fingerprint, ...describe(kept), exitCodes: [], scripts: [] }
    const lastAt = Number(last[0])
    const facts = kept ? describe(kept) : this.#describeBy(Number(last.at(-1)), tenant, group)
    return { fingerprint, ...facts, lastAt, exitCodes: exitCodesOf(newest), scripts: this.#scriptsOf(newest) }
  }

  #scriptsOf(rows: readonly RecentRow[]): readonly string[] {
    const runs = new Map<number, number>()
    for (const [, , script] of rows) runs.set(Number(script), (runs.get(Number(script)) ?? 0) + 1)
    return [...runs].toSorted(([, one], [, other]) => other - one).map(([code]) => this.#words.text('nsapp', code))
  }

  /** A group beyond those whose facts are kept is described by its runs. */
  #describeBy(id: number, tenant: number, group: number): Description {
    const row = this.#statements.byRowid.arrays(id)[0]
    assert(row !== undefined, 'a run of a group is there in the transaction that found it')
    const reading = readRun(decodeRun(row, this.#words, hadTrace(row) ? this.#traces.read(id) : undefined).state)
    const { errorCategory: category } = reading
    const firstAt = this.#statements.oldest.first(tenant, group)?.at ?? 0
    return { title: titleOf(failureOf(reading)), ...(category && { category }), firstAt }
  }

  #sample(id: number): RunView | undefined {
    const row = this.#statements.byRowid.arrays(id)[0]
    const trace = row && hadTrace(row) ? this.#traces.read(id) : undefined
    if (row === undefined || trace === undefined) return undefined
    const { state, ...run } = decodeRun(row, this.#words, trace)
    return { ...run, reading: readRun(state) }
  }
}

type Description = Pick<ErrorGroupFacts, 'title' | 'category' | 'firstAt'>
type KeptRow = { readonly title: string; readonly category: string | null; readonly first_at: number }

function describe({ title, category, first_at }: KeptRow): Description {
  return { title, ...(category !== null && { category }), firstAt: first_at }
}

/** What is taken from a recent run: when it began, how it ended, its script, and its rowid. A page asks for a thousand. */
const recentColumns = ['at', 'exit_code', 'nsapp', 'id'] as const
type RecentRow = readonly SqlValue[]

function exitCodesOf(rows: readonly RecentRow[]): readonly number[] {
  const codes = rows.map(([, code]) => code).filter((code) => typeof code === 'number')
  return [...new Set(codes)].sort((one, other) => one - other)
}

function prepareStatements(database: Database) {
  const ofGroup = sql.selectFrom('run').where('tenant', '=', slot(0)).where('error_group', '=', slot(1)) // Index run_error_group.
  const facts = sql.selectFrom('error_group').select(['title', 'category', 'first_at'])
  const kept: Prepared<KeptRow> = prepare(database, facts.where('tenant', '=', slot(0)).where('code', '=', slot(1))) // Primary key.
  return {
    kept,
    newest: prepare(database, ofGroup.select(recentColumns).orderBy('at', 'desc').limit(slot(2))),
    oldest: prepare(database, ofGroup.select('at').orderBy('at').limit(1)),
    traced: prepare(database, ofGroup.select('id').orderBy('at', 'desc').limit(slot(2))),
    byRowid: prepare(database, sql.selectFrom('run').select(runSelection).where('id', '=', slot(0))),
  }
}
