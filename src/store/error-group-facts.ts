import type { Database } from 'bun:sqlite'
import { type Prepared, prepare, type SqlValue, slot } from '../base/sql.ts'
import { failureOf } from '../event/failure.ts'
import { titleOf } from '../event/fingerprint.ts'
import { readRun } from '../event/reading.ts'
import { type ErrorGroupFacts, errorGroupsMax, type RunView } from './reader-port.ts'
import { decodeRun, hadTrace, type RunRow } from './run/row.ts'
import { Traces } from './run/trace.ts'
import { sql } from './schema.ts'
import { runSelection } from './statements.ts'
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

  /** The facts of the groups among `fingerprints` that the tenant ever had, in that order. */
  facts(tenant: string, fingerprints: readonly string[]): readonly ErrorGroupFacts[] {
    const code = this.#words.find('tenant', tenant)
    if (code === undefined) return []
    return fingerprints.slice(0, errorGroupsMax).flatMap((fingerprint) => this.#factsOf(code, fingerprint) ?? [])
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

  #factsOf(tenant: number, fingerprint: string): ErrorGroupFacts | undefined {
    const group = this.#words.find('error_group', fingerprint)
    if (group === undefined) return undefined
    const kept = this.#statements.kept.first(tenant, group)
    const newest = this.#statements.newest.arrays(tenant, group, recentRuns)
    const [last] = newest
    if (last === undefined) return kept && { fingerprint, ...describe(kept), exitCodes: [], scripts: [] }
    const lastAt = Number(last[timePlace])
    const facts = kept ? describe(kept) : this.#describeBy(last, tenant, group)
    return { fingerprint, ...facts, lastAt, exitCodes: exitCodesOf(newest), scripts: this.#scriptsOf(newest) }
  }

  #scriptsOf(rows: readonly RunRow[]): readonly string[] {
    const runs = new Map<number, number>()
    for (const row of rows) runs.set(Number(row[scriptPlace]), (runs.get(Number(row[scriptPlace])) ?? 0) + 1)
    return [...runs].toSorted(([, one], [, other]) => other - one).map(([code]) => this.#words.text('nsapp', code))
  }

  /** A group beyond those whose facts are kept is described by its runs. */
  #describeBy(last: RunRow, tenant: number, group: number): Description {
    const trace = hadTrace(last) ? this.#traces.read(Number(last.at(-1))) : undefined
    const reading = readRun(decodeRun(last, this.#words, trace).state)
    const { errorCategory: category } = reading
    const firstAt = this.#statements.oldest.first(tenant, group)?.at ?? Number(last[timePlace])
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

const timePlace = runSelection.indexOf('at')
const exitCodePlace = runSelection.indexOf('exit_code')
const scriptPlace = runSelection.indexOf('nsapp')

function exitCodesOf(rows: readonly RunRow[]): readonly number[] {
  const codes = rows.map((row): SqlValue => row[exitCodePlace] ?? null).filter((code) => typeof code === 'number')
  return [...new Set(codes)].sort((one, other) => one - other)
}

function prepareStatements(database: Database) {
  const ofGroup = sql.selectFrom('run').where('tenant', '=', slot(0)).where('error_group', '=', slot(1)) // Index run_error_group.
  const facts = sql.selectFrom('error_group').select(['title', 'category', 'first_at'])
  const kept: Prepared<KeptRow> = prepare(database, facts.where('tenant', '=', slot(0)).where('code', '=', slot(1))) // Primary key.
  return {
    kept,
    newest: prepare(database, ofGroup.select(runSelection).orderBy('at', 'desc').limit(slot(2))),
    oldest: prepare(database, ofGroup.select('at').orderBy('at').limit(1)),
    traced: prepare(database, ofGroup.select('id').orderBy('at', 'desc').limit(slot(2))),
    byRowid: prepare(database, sql.selectFrom('run').select(runSelection).where('id', '=', slot(0))),
  }
}
