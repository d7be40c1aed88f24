import type { Database } from 'bun:sqlite'
import type { Analysis, AnalysisQuery } from './analysis-port.ts'
import { chooseGroups } from './count/group-choice.ts'
import type { CrossedReader } from './crossed/reader.ts'
import { analyseRollups, isRollupFilter } from './rollup/analysis.ts'
import type { RollupReader } from './rollup/reader.ts'
import { analyseSegments } from './segment/analysis.ts'
import type { SegmentScan } from './segment/scan.ts'
import type { Words } from './words.ts'

export type AnalysisSource = {
  readonly database: Database
  readonly rollups: RollupReader
  readonly scan: SegmentScan
  readonly words: Words
  readonly crossed: CrossedReader
}

/** Answers from roll-ups where they can, in one transaction, else from the runs, in many short ones: do not call it inside one. */
export function analyse(source: AnalysisSource, query: AnalysisQuery): Analysis {
  return chooseGroups(count(source, query), query.chosen)
}

function count(source: AnalysisSource, query: AnalysisQuery): Analysis {
  if (!isRollupFilter(query.filter)) return analyseSegments(source, query)
  return source.database.transaction(() => analyseRollups(source.rollups, source.words, query))()
}
