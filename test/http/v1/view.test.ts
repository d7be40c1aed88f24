import { expect, test } from 'bun:test'
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
  const answer = { ...viewHead(question.value, analysis), ...viewWhole(analysis, 'day') }
  expect(findSchemaFaults(OverviewAnswer, answer)).toEqual([])
  expectGolden('json/overview.json', `${JSON.stringify(answer, null, 1)}\n`)
})
