import type { Revision, RunChange } from '../../store/port.ts'

type Range = { readonly after: Revision; through: Revision }

/** The oldest ranges are forgotten first; their runs are sent though PocketBase has them, which costs time alone. */
const rangesMax = 10_000

/** Revisions that came from PocketBase itself and add nothing to what it has, so that they are not sent back. */
export class KnownRevisions {
  #ranges: Range[] = []

  /** Ranges come in the order of the revisions. */
  add(after: Revision, through: Revision): void {
    if (through <= after) return
    const last = this.#ranges.at(-1)
    if (last?.through === after) last.through = through
    else this.#ranges.push({ after, through })
    if (this.#ranges.length > rangesMax) this.#ranges.shift()
  }

  /** What remains to be sent of changes in the order of their revisions. */
  without(changes: readonly RunChange[]): readonly RunChange[] {
    let index = 0
    return changes.filter(({ revision }) => {
      while ((this.#ranges[index]?.through ?? Infinity) < revision) index += 1
      const range = this.#ranges[index]
      return range === undefined || revision <= range.after
    })
  }

  /** Forgets what the cursor has passed. */
  drop(cursor: Revision): void {
    this.#ranges = this.#ranges.filter(({ through }) => through > cursor)
  }
}
