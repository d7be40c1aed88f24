import { describe, expect, test } from 'bun:test'
import { analyse } from '../../../src/http/question/analyst.ts'
import { readQuestion } from '../../../src/http/question/question.ts'
import { wholeOf } from '../../../src/page/outcome.ts'
import { leadOf } from '../../../src/page/period.ts'
import { fakeClock } from '../../fake-clock.ts'
import { sampleAnalysis } from '../../page/sample-analysis.ts'
import { readerThat } from '../any-reader.ts'

const clock = fakeClock('2026-03-02T09:40:00Z')

async function ask(query: string) {
  const read = readQuestion(new URLSearchParams(query), clock.now())
  if (!read.ok) throw new Error(query)
  const analysis = await analyse(
    {
      reader: { ...readerThat(async () => Promise.reject(new Error('not asked'))), analyse: async () => sampleAnalysis() },
      clock,
      publicRunsMin: 3,
      sealedDay: () => undefined,
      principal: { kind: 'key', keyId: 'abc', name: 'abc', scope: 'read', tenant: 'default' },
    },
    read.value,
    { by: {} },
  )
  return { analysis, lead: read.value.range && leadOf(read.value.selection, read.value.range) }
}

describe('a day that is still running, beside the whole of the day before,', () => {
  test.each<[query: string, isMeasured: boolean]>([
    ['period=today', false],
    ['from=2026-03-02', false],
    ['period=7d', true],
    ['from=2026-03-01&to=2026-03-01', true],
  ])('%s: counts have a measure, and with it a colour: %p', async (query, isMeasured) => {
    const { analysis } = await ask(query)
    expect(wholeOf(analysis) !== undefined).toBe(isMeasured)
  })

  test('is said at the title, where the page compares', async () => {
    expect((await ask('period=today')).lead).toBe('today, 2026-03-02 (UTC), beside the whole of yesterday')
    expect((await ask('period=today&compare=none')).lead).toBe('today, 2026-03-02 (UTC)')
    expect((await ask('period=7d')).lead).toBe('7 days, 2026-02-24 to 2026-03-02 (UTC)')
  })
})
