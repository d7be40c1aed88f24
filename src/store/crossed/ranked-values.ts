/** One value for each run, as its rank among all values that occur. */
export class RankedValues {
  /** By run: its rank, once `rank` was called. */
  numbers = new Uint32Array(0)
  #came: number[] = []
  #values: number[] = []
  #runs: number[] = []
  readonly #known = new Map<number, number>()

  /** Takes the value of the next run. */
  put(value: number): void {
    let number = this.#known.get(value)
    if (number === undefined) {
      number = this.#values.push(value) - 1
      this.#runs.push(0)
      this.#known.set(value, number)
    }
    this.#came.push(number)
    this.#runs[number] = (this.#runs[number] ?? 0) + 1
  }

  /** Numbers the values by their size. Called once, when every run has one. */
  rank(): void {
    const order = this.#values.map((value, number) => ({ value, number })).sort((left, right) => left.value - right.value)
    const ranks = new Uint32Array(order.length)
    order.forEach(({ number }, rank) => {
      ranks[number] = rank
    })
    this.numbers = Uint32Array.from(this.#came, (number) => ranks[number] ?? 0)
    this.#came = []
    this.#runs = order.map(({ number }) => this.#runs[number] ?? 0)
    this.#values = order.map(({ value }) => value)
  }

  /** Each value by its rank. */
  get values(): readonly number[] {
    return this.#values
  }

  /** Each value with its rank and how many runs have it. */
  ranks(): readonly { readonly rank: number; readonly value: number; readonly runs: number }[] {
    return this.#values.map((value, rank) => ({ rank, value, runs: this.#runs[rank] ?? 0 }))
  }
}
