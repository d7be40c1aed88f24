import { describe, expect, test } from 'bun:test'
import { type Counting, isPartial } from '../../src/page/counting.ts'
import { Count } from '../../src/page/part/count.tsx'
import { SealedHint } from '../../src/page/part/sealed-hint.tsx'
import type { RunFilter } from '../../src/store/analysis-port.ts'
import { dimensions } from '../../src/store/dimension.ts'
import { isRollupFilter } from '../../src/store/rollup/analysis.ts'

const of = (filter: RunFilter, more: Partial<Counting> = {}): Counting => ({
  ...{ selection: { period: 'all', compares: true, filter }, range: { fromDay: 90, toDay: 120 }, canOpen: true, sealedDay: 100 },
  ...more,
})

describe('sums over days whose records have expired', () => {
  test.each(['source', 'type', 'status', ...dimensions].map((name) => [name] as const))(
    'by %s are partial where no kept sum knows it',
    (name) => {
      expect(isPartial(of({ [name]: 'x' }))).toBe(!isRollupFilter({ [name]: 'x' }))
    },
  )

  test('are whole without a filter, and where no day of the range is sealed', () => {
    expect(isPartial(of({}))).toBe(false)
    expect(isPartial(of({ script: 'immich' }, { range: { fromDay: 101, toDay: 120 } }))).toBe(false)
  })

  test('are marked for what they are, and the page says what the mark means, to everybody where something is missing', () => {
    const [whole, partial] = [of({ source: 'ProxmoxVE' }), of({ source: 'ProxmoxVE', script: 'immich' })]
    expect(Count({ value: 12, counting: whole, filter: {} })).toContain('†')
    expect(Count({ value: 12, counting: partial, filter: {} })).toContain('‡')
    expect(SealedHint({ counting: whole })).toContain('these numbers are right')
    expect(SealedHint({ counting: partial })).toContain('only what is left is counted')
    expect(SealedHint({ counting: { ...whole, canOpen: false } })).toBe('')
    expect(SealedHint({ counting: { ...partial, canOpen: false } })).toContain('only what is left is counted')
  })
})
