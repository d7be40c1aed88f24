import { chunkRuns } from './column.ts'

/** Combinations of values up to which columns share a plane: fewer than a byte holds, so that adding them up costs less than going through the runs. */
export const jointMax = 64

/** Columns that share a plane: the number of each run, and what each number stands for in each of the columns. */
export type Joint = {
  readonly numbers: Uint16Array
  /** How many numbers there are. */
  readonly size: number
  readonly members: readonly { readonly index: number; readonly values: readonly number[] }[]
}

/** A column by itself: its values in the order in which they occur. */
export function listValues(cells: Float64Array, index: number): Joint {
  const numbers = new Uint16Array(chunkRuns)
  const known = new Map<number, number>()
  for (let place = 0; place < chunkRuns; place++) {
    const cell = cells[place] ?? 0
    let number = known.get(cell)
    if (number === undefined) {
      number = known.size
      known.set(cell, number)
    }
    numbers[place] = number
  }
  return { numbers, size: known.size, members: [{ index, values: [...known.keys()] }] }
}

/** Joins columns as long as few combinations of their values occur. A column in which all runs agree needs no plane, and one of many values its own. */
export function joinColumns(columns: readonly Joint[]): readonly Joint[] {
  const joints: Joint[] = []
  for (const column of columns) {
    let joined: Joint | undefined
    const place = joints.findIndex((joint) => {
      joined = joinPair(joint, column)
      return joined !== undefined
    })
    if (joined === undefined) joints.push(column)
    else joints[place] = joined
  }
  return joints
}

function joinPair(left: Joint, right: Joint): Joint | undefined {
  if (!canJoin(left) || !canJoin(right)) return undefined
  const known = new Uint8Array(left.size * right.size) // A number and one; 0 for a combination that was not met.
  const pairs: { readonly left: number; readonly right: number }[] = []
  const numbers = new Uint16Array(chunkRuns)
  for (let place = 0; place < chunkRuns; place++) {
    const [one, other] = [left.numbers[place] ?? 0, right.numbers[place] ?? 0]
    const key = one * right.size + other
    if (known[key] === 0) {
      if (pairs.length === jointMax) return undefined
      known[key] = pairs.push({ left: one, right: other })
    }
    numbers[place] = (known[key] ?? 1) - 1
  }
  const members = [
    ...left.members.map(({ index, values }) => ({ index, values: pairs.map((pair) => values[pair.left] ?? 0) })),
    ...right.members.map(({ index, values }) => ({ index, values: pairs.map((pair) => values[pair.right] ?? 0) })),
  ]
  return { numbers, size: pairs.length, members }
}

function canJoin({ size }: Joint): boolean {
  return size > 1 && size <= jointMax
}
