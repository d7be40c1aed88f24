const pollMs = 10

/** Resolves with the first value of `look` that is neither undefined nor false; rejects, naming what it waited for, when the bound passes first. */
export async function until<Value>(
  what: string,
  look: () => Value | Promise<Value>,
  boundMs = 15_000,
): Promise<NonNullable<Exclude<Value, false>>> {
  const deadline = performance.now() + boundMs
  for (;;) {
    const value = await look()
    if (value !== undefined && value !== null && value !== false) return value as NonNullable<Exclude<Value, false>>
    if (performance.now() > deadline) throw new Error(`waited ${boundMs} ms in vain for ${what}`)
    await Bun.sleep(pollMs)
  }
}
