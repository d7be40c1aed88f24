import { expect, test } from 'bun:test'
import { Overview } from '../../../src/page/overview/overview.tsx'
import { totalsOf } from '../../../src/store/count/totals.ts'
import { sampleOverview } from '../sample-view.ts'

test('an overview says how many runs failed with errors that a period did not keep apart', () => {
  const { analysis, ...view } = sampleOverview()
  if (analysis === undefined) throw new Error('the sample has figures')
  const withFolded = (failed: number) => {
    const folded = totalsOf([0, 0, 0, 0, failed])
    const error = { groups: [], distinct: 0, rest: totalsOf([]), folded }
    return Overview({ view: { ...view, analysis: { ...analysis, by: { ...analysis.by, error } } } })
  }
  expect(withFolded(31)).toContain('31 runs folded: of groups that came after the first ones of their day or month.')
  expect(withFolded(0)).not.toContain('folded: of groups')
})
