/** Milliseconds one request may work before others get a turn: an event among them waits no longer than for an fsync. */
const turnMs = 2

export type Turns = {
  /** Whether it is time to let others work; then `await rest()`. */
  isOver(): boolean
  rest(): Promise<void>
}

/** Keeps long work from holding up the thread that serves requests. `now` counts milliseconds. */
export function takeTurns(now: () => number = () => performance.now()): Turns {
  let startedAt = now()

  function rest(): Promise<void> {
    return new Promise((next) => {
      setImmediate(() => {
        startedAt = now()
        next()
      })
    })
  }

  return { isOver: () => now() - startedAt >= turnMs, rest }
}
