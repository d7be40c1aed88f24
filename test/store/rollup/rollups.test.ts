import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { dayOf } from '../../../src/base/clock.ts'
import type { InstallStatus } from '../../../src/event/install.ts'
import { join, lift } from '../../../src/event/merge.ts'
import { readRun } from '../../../src/event/reading.ts'
import type { Totals } from '../../../src/store/count/totals.ts'
import type { StoreWriter } from '../../../src/store/port.ts'
import { openStoreReader } from '../../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { timedEvent } from '../../event/run-arbitrary.ts'
import { temporaryFolder } from '../folder.ts'
import { keyOf } from '../run-fixture.ts'

const dayMs = 86_400_000
const tenants = ['a', 'b'] as const

/** A report for one of few runs, some days before or after the others; or the removal of one. */
const step = fc.record({
  event: timedEvent,
  day: fc.integer({ min: 0, max: 3 }),
  n: fc.integer({ min: 1, max: 6 }),
  tenant: fc.constantFrom(...tenants),
  isRemoval: fc.nat(9).map((n) => n === 0),
})

test('the sums of days equal a recount of the runs, whatever came late, twice or was removed', () => {
  using folder = temporaryFolder()
  let file = 0
  fc.assert(
    fc.property(fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { maxLength: 8 }), (batches) => {
      file += 1
      const path = folder.file(`${file}.db`)
      const store = openStoreWriter(path)
      for (const steps of batches)
        for (const { event, day, n, tenant, isRemoval } of steps) {
          const id = { tenant, key: keyOf(n) }
          if (isRemoval) store.remove([id])
          else report(store, id, lift(event.event, event.at + day * dayMs))
        }
      const runs = store.changes(0, 1_000).flatMap(({ tenant, state }) => (state ? [{ tenant, reading: readRun(state) }] : []))
      store.close()
      const reader = openStoreReader(path)
      for (const tenant of tenants)
        for (const source of ['ProxmoxVE', 'ProxmoxVED', 'external', undefined])
          for (const fromDay of [0, 2]) {
            const matching = runs.filter(
              ({ tenant: of, reading }) => of === tenant && dayOf(reading.firstAt) >= fromDay && (!source || reading.repoSource === source),
            )
            expect(reader.totals({ tenant, fromDay, ...(source && { source }) })).toEqual(
              recount(matching.map(({ reading }) => reading.status)),
            )
          }
      expect(reader.totals({})).toEqual(recount(runs.map(({ reading }) => reading.status)))
      reader.close()
    }),
    { numRuns: 60 },
  )
})

function report(store: StoreWriter, id: { tenant: string; key: Uint8Array }, state: ReturnType<typeof lift>): void {
  const [before] = store.load([id])
  const after = before === undefined ? state : join(before.state, state)
  store.apply('test', store.cursor('test') + 1, [{ ...id, ...(before && { before }), after }])
}

function recount(statuses: readonly InstallStatus[]): Totals {
  const totals = { installing: 0, validation: 0, configuring: 0, success: 0, failed: 0, aborted: 0, unknown: 0 }
  for (const status of statuses) totals[status] += 1
  return totals
}
