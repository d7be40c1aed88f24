import { describe, expect, test } from 'bun:test'
import { replaceIds, runKeyOf } from '../../src/event/identity.ts'
import type { InstallEvent } from '../../src/event/install.ts'
import { join, lift } from '../../src/event/merge.ts'
import { readRun } from '../../src/event/reading.ts'
import type { RunState } from '../../src/event/run.ts'
import { makeChance } from '../chance.ts'
import { fieldRows } from '../fixture/merge/field.ts'
import { identityRows } from '../fixture/merge/identity.ts'
import { outcomeRows } from '../fixture/merge/outcome.ts'
import type { MergeRow, Report } from '../fixture/merge/row.ts'
import { stageRows } from '../fixture/merge/stage.ts'

const secret = new Uint8Array(32).fill(7)
const themes = { stage: stageRows, outcome: outcomeRows, field: fieldRows, identity: identityRows }

for (const [theme, rows] of Object.entries(themes)) {
  describe(theme, () => {
    test.each(rows.map((row) => [row.name, row] as const))('%s', (_name, row) => {
      const runs = mergeAll(row, row.reports)
      expectRuns(row, runs)
      for (const order of ordersOf(row.reports)) {
        expect(mergeAll(row, order)).toStrictEqual(runs)
        expect(mergeAll(row, [...order, ...row.reports])).toStrictEqual(runs)
        expect(mergeAll(row, restamp(order)).map(({ state }) => timeless(state))).toStrictEqual(runs.map(({ state }) => timeless(state)))
      }
    })
  })
}

test('the tables hold at least 30 sequences with names of their own', () => {
  const names = Object.values(themes).flatMap((rows) => rows.map(({ name }) => name))
  expect(names.length).toBeGreaterThanOrEqual(34)
  expect(new Set(names).size).toBe(names.length)
})

type MergedRun = { readonly place: string; readonly tenant: string; readonly state: RunState }

/** Merges reports one by one in the order given, as a consumer without batches would; runs come sorted by tenant, id, type and script. */
function mergeAll(row: MergeRow, reports: readonly Report[]): readonly MergedRun[] {
  const runs = new Map<string, MergedRun>()
  for (const report of reports) {
    const { at, tenant = 'default', repairs = [], rules = [], ...given } = report
    const install = replaceIds({ type: 'lxc', nsapp: 'alpine', ...given } satisfies InstallEvent, secret)
    const { hex, id } = runKeyOf(install)
    const state = lift({ kind: 'install', install, repairs, rules }, at)
    const known = runs.get(`${tenant}/${hex}`)
    runs.set(`${tenant}/${hex}`, {
      place: [tenant, id, install.type, install.nsapp].join(' '),
      tenant,
      state: known === undefined ? state : join(known.state, state),
    })
  }
  const sorted = [...runs.values()].sort((a, b) => (a.place < b.place ? -1 : 1))
  return row.stuckAt === undefined ? sorted : sorted.map((run) => ({ ...run, state: { ...run.state, stuckAt: row.stuckAt ?? 0 } }))
}

function expectRuns(row: MergeRow, runs: readonly MergedRun[]): void {
  expect(runs).toHaveLength(row.runs.length)
  row.runs.forEach((expected, index) => {
    const run = runs[index]
    if (run === undefined) throw new Error('a run is missing')
    const reading = readRun(run.state)
    if (expected.tenant !== undefined) expect(run.tenant).toBe(expected.tenant)
    expect(reading).toMatchObject(expected.reads)
    for (const name of expected.silent ?? []) expect(reading).not.toHaveProperty(name)
  })
}

/** Every order of up to five reports; of more, 24 shuffles from a fixed seed. */
function ordersOf(reports: readonly Report[]): readonly (readonly Report[])[] {
  if (reports.length <= 5) return permutationsOf(reports)
  const random = makeChance(20_260_301)
  return Array.from({ length: 24 }, () => shuffle(reports, random))
}

function permutationsOf(reports: readonly Report[]): readonly (readonly Report[])[] {
  if (reports.length < 2) return [reports]
  return reports.flatMap((first, index) => permutationsOf(reports.toSpliced(index, 1)).map((rest) => [first, ...rest]))
}

function shuffle(reports: readonly Report[], random: () => number): readonly Report[] {
  const order = [...reports]
  for (let index = order.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1))
    const [here, there] = [order[index], order[other]]
    if (here === undefined || there === undefined) break
    order[index] = there
    order[other] = here
  }
  return order
}

/** The reports as an anonymous client's would come: their time is the receipt's. */
function restamp(reports: readonly Report[]): readonly Report[] {
  return reports.map((report, index) => ({ ...report, at: index }))
}

function timeless({ stages, stuckAt: _given, ...state }: RunState): unknown {
  return { ...state, stages: Object.keys(stages).sort() }
}
