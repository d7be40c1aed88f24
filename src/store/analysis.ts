import type { Database } from 'bun:sqlite'
import type { Analysis, AnalysisQuery } from './analysis-port.ts'
import { analyseRollups, isRollupFilter } from './rollup-analysis.ts'
import type { RollupReader } from './rollup-reader.ts'
import type { Words } from './words.ts'

export type AnalysisSource = { readonly database: Database; readonly rollups: RollupReader; readonly words: Words }

/** Answers from roll-ups where they can, else from the runs. Call it inside a transaction, so that all parts tell of one state. */
export function analyse({ rollups, words }: AnalysisSource, query: AnalysisQuery): Analysis {
  if (isRollupFilter(query.filter)) return analyseRollups(rollups, words, query)
  throw new Error('roll-ups answer for source, type and status alone')
}
