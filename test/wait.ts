const pollMs = 10

/** Waits until a condition holds. A condition that throws does not hold yet. Fails with the last reason once `withinMs` are over. */
export async function until(condition: () => boolean | Promise<boolean>, name = 'condition', withinMs = 30_000): Promise<void> {
  const end = performance.now() + withinMs
  let reason: unknown
  for (;;) {
    try {
      if (await condition()) return
    } catch (cause) {
      reason = cause
    }
    if (performance.now() > end) throw new Error(`${name} did not hold within ${withinMs} ms`, { cause: reason })
    await Bun.sleep(pollMs)
  }
}
