import type { Database } from 'bun:sqlite'
import { dayMs } from '../../base/clock.ts'
import type { DayRange } from '../analysis-port.ts'
import { type DimensionRule, dimensionRules } from '../dimension.ts'
import type { Words } from '../words.ts'
import { Column } from './codec.ts'
import { chunkRuns, noRun, type SegmentColumn } from './column.ts'
import { type Condition, readConditions, type SegmentFilter } from './filter.ts'
import { Selection } from './selection.ts'
import { type Block, BlockReader, SegmentSource } from './source.ts'

/** Moments in milliseconds, both included. */
export type Span = { readonly from: number; readonly to: number }

export const everyMoment: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

/** The moments of a range of days. */
export function spanOf(range: DayRange | undefined): Span {
  return range === undefined ? everyMoment : { from: range.fromDay * dayMs, to: (range.toDay + 1) * dayMs - 1 }
}

/** Blocks looked at in one transaction: a checkpoint never waits long for a reader. */
const blocksAtOnce = 256

/** Finds the runs that meet the conditions of a question, block by block. */
export class SegmentScan {
  readonly #database: Database
  readonly #words: Words
  readonly #source: SegmentSource
  readonly #reader: BlockReader
  readonly #column = new Column()
  /** The runs of the block it stands on that are meant. */
  readonly selection = new Selection()

  constructor(database: Database, words: Words) {
    this.#database = database
    this.#words = words
    this.#source = new SegmentSource(database, words)
    this.#reader = new BlockReader(this.#source)
  }

  /** The conditions of a question, the ones that leave least first; nothing when no run can meet them. */
  conditions(question: SegmentFilter): readonly Condition[] | undefined {
    return readConditions(this.#database, this.#words, question)?.toSorted((left, right) => valuesOf(right.column) - valuesOf(left.column))
  }

  /** Every block that may have a run of the span. */
  blocks({ from, to }: Span = everyMoment): readonly Block[] {
    return this.#database.transaction(() => this.#source.blocks(from, to))()
  }

  /** Stands on one block after the other, until `visit` gives true. */
  walk(blocks: readonly Block[], visit: (block: Block) => unknown): void {
    for (let first = 0; first < blocks.length; first += blocksAtOnce) {
      const isEnough = this.#database.transaction(() => blocks.slice(first, first + blocksAtOnce).some((block) => visit(block) === true))()
      if (isEnough) return
    }
  }

  /** Selects the runs of a block that meet the conditions and lie in the span. Gives their number. */
  select(block: Block, conditions: readonly Condition[], span: Span = everyMoment): number {
    const { selection } = this
    this.#reader.open(block)
    selection.fill(block.places)
    if (block.stale !== undefined) selection.drop(block.stale)
    for (const condition of conditions) {
      if (selection.count === 0) return 0
      selection.keepValues(this.read(condition.column), condition)
    }
    if (block.runs < block.places) selection.keepValues(this.read('status'), hasRun)
    if (block.firstAt < span.from || block.lastAt > span.to) selection.keepBetween(this.read('at'), span.from, span.to)
    selection.close()
    return selection.count
  }

  /** A column of the block. Without `into` it stands only until the next one is read. */
  read(name: SegmentColumn, into: Column = this.#column): Column {
    if (!this.#reader.read(name, into)) this.selection.count = 0
    return into
  }
}

/** Where the run at a place of a block has its row. */
export function rowidAt({ chunk, ids }: Block, place: number): number {
  return chunk === undefined ? (ids?.[place] ?? 0) : chunk * chunkRuns + place
}

const hasRun: Condition = { column: 'status', allows: (status) => status !== noRun }

/** How many values a column may have, roughly: the more, the fewer runs one of them leaves. The tenant mostly leaves all. */
function valuesOf(column: SegmentColumn): number {
  const rule: DimensionRule | undefined = (dimensionRules as Partial<Record<SegmentColumn, DimensionRule>>)[column]
  return rule?.valuesMax ?? (column === 'tenant' ? 0 : 1)
}
