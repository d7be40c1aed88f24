import { Column } from './codec.ts'
import { runsMax } from './column.ts'

/** What a tally reads the runs of a block into. It tells nothing of one block in the next. */
type Scratch = { readonly column: Column; readonly slots: Uint32Array; readonly runSlots: Uint16Array }

const made: Scratch[] = []
let taken = 0

/** Memory for one tally more of the question that is being answered. */
export function takeScratch(): Scratch {
  const scratch = made[taken] ?? { column: new Column(), slots: new Uint32Array(runsMax), runSlots: new Uint16Array(runsMax) }
  made[taken] = scratch
  taken += 1
  return scratch
}

/** Begins with another question: a thread answers one at a time, and each needs some 3 MB, which would be made and collected for every page. */
export function reuseScratch(): void {
  taken = 0
}
