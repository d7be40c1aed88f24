import { expect, test } from 'bun:test'
import { createTally, tallyNamesMax } from '../../../src/base/tally.ts'
import { createRefusalLog } from '../../../src/http/ingest/refusal-log.ts'
import { listeningLog } from '../../access/sample.ts'

test('the first refusal of a reason is told at once, the others as their sum', () => {
  const log = listeningLog()
  const refusals = createRefusalLog(log, 'validation refused')
  for (let index = 0; index < 1_000; index += 1) refusals.note('a')
  refusals.note('b')
  refusals.flush()
  refusals.flush()
  refusals.note('a')
  refusals.stop()
  expect(log.lines.map(({ facts }) => facts)).toEqual([
    { reason: 'a', count: 1 },
    { reason: 'b', count: 1 },
    { reason: 'a', count: 999, period_s: 10 },
    { reason: 'a', count: 1 },
  ])
})

test('no more reasons are kept apart than there can be', () => {
  const log = listeningLog()
  const refusals = createRefusalLog(log, 'validation refused')
  for (let index = 0; index < 5_000; index += 1) refusals.note(`reason ${index}`)
  expect(log.lines).toHaveLength(200)
  refusals.stop()
})

test('a tally keeps at most its bound of names and counts the rest together', () => {
  const tally = createTally()
  for (let index = 0; index < tallyNamesMax + 50; index += 1) tally.add(`name ${index}`)
  tally.add('name 3', 5)
  const entries = new Map(tally.entries())
  expect(entries.size).toBe(tallyNamesMax + 1)
  expect([entries.get('other'), entries.get('name 3'), tally.total()]).toEqual([50, 6, tallyNamesMax + 55])
})
