import type { AnalysisQuery } from '../../store/analysis-port.ts'
import { dimensionRules } from '../../store/dimension.ts'

/** More than there are types or sources. */
const closedValuesMax = 64

/** What to break down by, with every value that is kept apart: for a file, or to know which names have too few runs, none may be cut off. */
export function wholeBy(by: AnalysisQuery['by']): AnalysisQuery['by'] {
  return Object.fromEntries((Object.keys(by) as (keyof typeof by)[]).map((name) => [name, valuesMaxOf(name)]))
}

function valuesMaxOf(name: keyof AnalysisQuery['by']): number {
  return name === 'type' || name === 'source' ? closedValuesMax : dimensionRules[name].valuesMax
}
