/** A place among the few that work at a time; whoever got one leaves it in the end. */
export type Seat = { leave(): void }

export type Seats = {
  /** Waits for a place. Undefined at once when too many wait already. */
  take(): Promise<Seat | undefined>
}

/** `seatCount` places, given in the order in which they were asked for; at most `waitingMax` wait. */
export function createSeats(seatCount: number, waitingMax: number): Seats {
  const waiting: ((seat: Seat) => void)[] = []
  let free = seatCount

  const seat: Seat = {
    leave: () => {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next(seat)
    },
  }

  async function take(): Promise<Seat | undefined> {
    if (free > 0) {
      free -= 1
      return seat
    }
    return waiting.length >= waitingMax ? undefined : new Promise((next) => waiting.push(next))
  }

  return { take }
}
