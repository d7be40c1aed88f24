/** What a byte holds. */
const byteNumbers = 256
/** Runs for each combination of values, so that adding up the combinations costs less than going through the runs. */
const runsANumber = 16

/** Combinations of values up to which columns of so many runs share a plane. */
export function numbersMax(runs: number): number {
  return Math.min(runs / runsANumber, byteNumbers)
}

/** Columns that share a plane: the number of each run, and what each number stands for in each of the columns. */
export type Joint = {
  readonly numbers: Uint16Array
  /** How many numbers there are. */
  readonly size: number
  readonly members: readonly { readonly index: number; readonly values: readonly number[] }[]
}

/** Values below it find their number in a table, others in a map. */
const tableMax = 65_536
/** A number and one; 0 for a value that was not met. Empty between two columns. */
const table = new Uint16Array(tableMax)

/** A column by itself: its values in the order in which they occur. */
export function listValues(cells: Float64Array, index: number): Joint {
  const numbers = new Uint16Array(cells.length)
  const values: number[] = []
  const others = new Map<number, number>()
  for (let place = 0; place < cells.length; place++) {
    const cell = cells[place] ?? 0
    const isTabled = cell >= 0 && cell < tableMax
    const known = isTabled ? (table[cell] ?? 0) : (others.get(cell) ?? 0)
    const next = known === 0 ? values.push(cell) : known
    if (known === 0 && isTabled) table[cell] = next
    else if (known === 0) others.set(cell, next)
    numbers[place] = next - 1
  }
  for (const value of values) if (value >= 0 && value < tableMax) table[value] = 0
  return { numbers, size: values.length, members: [{ index, values }] }
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
  const runs = left.numbers.length
  if (!canJoin(left) || !canJoin(right)) return undefined
  const known = new Uint16Array(left.size * right.size) // A number and one; 0 for a combination that was not met.
  const pairs: { readonly left: number; readonly right: number }[] = []
  const numbers = new Uint16Array(runs)
  const pairsMax = numbersMax(runs)
  for (let place = 0; place < runs; place++) {
    const one = left.numbers[place] ?? 0
    const other = right.numbers[place] ?? 0
    const key = one * right.size + other
    if (known[key] === 0) {
      if (pairs.length === pairsMax) return undefined
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

function canJoin({ size, numbers }: Joint): boolean {
  return size > 1 && size <= numbersMax(numbers.length)
}
