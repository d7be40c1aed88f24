import type { Database } from 'bun:sqlite'
import type { Derived } from './derived.ts'
import type { ValuesMax } from './dimension.ts'
import { ErrorGroups } from './error-group.ts'
import { Rollups } from './rollup/rollups.ts'
import type { Seal } from './seal.ts'
import { SegmentWriter } from './segment/writer.ts'
import type { Words } from './words.ts'

/** Everything that is derived from runs with the batch that changes them. */
export function createDerived(database: Database, words: Words, seal: Seal, valuesMax?: ValuesMax): readonly Derived[] {
  return [new Rollups(database, words, seal, valuesMax), new SegmentWriter(database, words), new ErrorGroups(database, words)]
}
