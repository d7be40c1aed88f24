/** What `within` gives instead of a value when the time is up. */
export const late: unique symbol = Symbol('late')

/**
 * The value of the work, or `late` after the milliseconds; the work itself goes on then, and how it ends is nobody's matter any more: `race` listens to it
 * still, so that a fault of it is not an unhandled one. A fault within the time is passed on.
 */
export async function within<Value>(ms: number, work: Promise<Value>): Promise<Value | typeof late> {
  const timeUp = Promise.withResolvers<typeof late>()
  const timer = setTimeout(() => timeUp.resolve(late), ms)
  try {
    return await Promise.race([work, timeUp.promise])
  } finally {
    clearTimeout(timer)
  }
}
