import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { dayOf } from '../../../src/base/clock.ts'
import { openStoreReader } from '../../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { temporaryFolder } from '../folder.ts'
import { batches, writeBatch } from '../history.ts'
import { plainRuns } from '../plain-run.ts'

test('the first day of each script is that of its oldest run, whatever came late or was removed', () => {
  fc.assert(
    fc.property(batches, (list) => {
      using folder = temporaryFolder()
      const store = openStoreWriter(folder.file('store.db'))
      for (const batch of list) writeBatch(store, batch)
      const expected = new Map<string, number>()
      for (const { tenant, reading } of plainRuns(store)) {
        if (tenant !== 'a') continue
        const day = dayOf(reading.firstAt)
        expected.set(reading.nsapp, Math.min(day, expected.get(reading.nsapp) ?? day))
      }
      const reader = openStoreReader(folder.file('store.db'))
      expect(reader.scriptFirstDays('a')).toEqual(expected)
      expect(reader.scriptFirstDays('nobody')).toEqual(new Map())
      reader.close()
      store.close()
    }),
    { numRuns: 25 },
  )
})
