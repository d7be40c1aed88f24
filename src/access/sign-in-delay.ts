/** How long tries to sign in wait for their answer. It grows with each failure and never past a bound: who knows the password always gets in. */
export type SignInDelay = {
  /** Counts a try for the name and gives the milliseconds it waits. */
  take(name: string, now: number): number
  /** Forgets the failures of the name: its owner came in. */
  forgive(name: string): void
  /** Takes one try of the name back. */
  giveBack(name: string): void
}

/** Tries without a wait: people mistype. */
export const freeTries = 3
/** The longest wait, in milliseconds; well under the time after which a silent connection is closed. */
export const delayMaxMs = 15_000
const firstDelayMs = 1_000
/** One failure is forgotten in each such time. */
export const forgetMs = 60_000
const countMax = 255
/** Names share slots, so that a flood of them takes no memory; one that shares waits longer, at most the bound. So many that only thousands of tries a second fill them. */
export const slotCount = 65_536

/** A table of failures. `seed` keeps others from choosing names that share a slot with somebody's. */
export function createSignInDelay(seed: bigint): SignInDelay {
  const counts = new Uint8Array(slotCount)
  const changedAt = new Float64Array(slotCount)

  const slotOf = (name: string) => Number(Bun.hash.wyhash(name, seed) % BigInt(slotCount))

  function take(name: string, now: number): number {
    const slot = slotOf(name)
    const forgotten = Math.max(0, Math.floor((now - (changedAt[slot] ?? 0)) / forgetMs))
    const before = Math.max(0, (counts[slot] ?? 0) - forgotten)
    counts[slot] = Math.min(countMax, before + 1)
    changedAt[slot] = now
    return before < freeTries ? 0 : Math.min(delayMaxMs, firstDelayMs * 2 ** (before - freeTries))
  }

  return {
    take,
    forgive: (name) => {
      counts[slotOf(name)] = 0
    },
    giveBack: (name) => {
      const slot = slotOf(name)
      counts[slot] = Math.max(0, (counts[slot] ?? 0) - 1)
    },
  }
}
