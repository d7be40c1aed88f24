import type { Database } from 'bun:sqlite'
import { CrossedWriter } from './crossed/writer.ts'
import type { Derived } from './derived.ts'
import { ErrorGroups } from './error-group.ts'
import type { StoreWriterOptions } from './port.ts'
import { Rollups } from './rollup/rollups.ts'
import type { Seal } from './seal.ts'
import { SegmentWriter } from './segment/writer.ts'
import type { Words } from './words.ts'

/** Everything that is derived from runs. */
export function createDerived(database: Database, words: Words, seal: Seal, options: StoreWriterOptions): readonly Derived[] {
  return [
    new Rollups(database, words, seal, options.valuesMax),
    new SegmentWriter(database, words),
    new ErrorGroups(database, words),
    new CrossedWriter(database, words, seal, options.crossedRunsMin),
  ]
}
