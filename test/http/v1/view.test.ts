import { describe, expect, test } from 'bun:test'
import { dayMs } from '../../../src/base/clock.ts'
import { readQuestion } from '../../../src/http/question/question.ts'
import { OverviewAnswer } from '../../../src/http/v1/schema.ts'
import { viewHead, viewWhole } from '../../../src/http/v1/view.ts'
import type { Analysis } from '../../../src/store/analysis-port.ts'
import { lastDay, sampleAnalysis } from '../../page/sample-analysis.ts'
import { expectGolden } from '../../part/golden.ts'
import { findSchemaFaults } from '../../part/schema-fault.ts'

test('the overview on the wire is what it was', () => {
  const question = readQuestion(new URLSearchParams('period=30d&source=ProxmoxVE'), lastDay * dayMs)
  if (!question.ok) throw new Error('the question is a right one')
  const { series, by, ...whole } = sampleAnalysis()
  const few = Object.entries(by).map(([name, breakdown]) => [name, { ...breakdown, groups: breakdown.groups.slice(0, 1) }])
  const analysis: Analysis = { ...whole, series: series.slice(3, 6), by: Object.fromEntries(few.slice(0, 3)) }
  const answer = { ...viewHead(question.value, analysis, { sealedDay: () => undefined }), ...viewWhole(analysis, 'day') }
  expect(findSchemaFaults(OverviewAnswer, answer)).toEqual([])
  expectGolden('json/overview.json', `${JSON.stringify(answer, null, 1)}\n`)
})

describe('an answer about days whose runs have expired', () => {
  const today = lastDay
  const range = { fromDay: today - 29, toDay: today }
  const marks = { partial: true, previous_partial: true }

  test.each<[what: string, filters: string, sealedDay: number | undefined, expected: object]>([
    ['before any has', 'os=debian', undefined, {}],
    ['that lie before it', 'os=debian', today - 60, {}],
    ['that lie in what it compares with', 'os=debian', today - 30, { previous_partial: true }],
    ['with filters whose sums were not kept', 'os=debian', today - 29, marks],
    ['with several filters, one of which was not kept', 'source=ProxmoxVE&script=docker', today, marks],
    ['with filters whose sums were kept', 'source=ProxmoxVE&type=lxc&status=failed', today, {}],
    ['without a filter', '', today, {}],
  ])('%s says whether something is missing', (_, filters, sealedDay, expected) => {
    const question = readQuestion(new URLSearchParams(`period=30d&${filters}`), lastDay * dayMs)
    if (!question.ok) throw new Error('the question is a right one')
    const { partial, previous_partial } = viewHead(question.value, { range }, { sealedDay: () => sealedDay })
    expect({ ...(partial && { partial }), ...(previous_partial && { previous_partial }) }).toEqual(expected)
  })
})
