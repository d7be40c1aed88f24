/** Stops on a broken invariant: a bug of ours, never something a client can cause. */
export function assert(condition: unknown, invariant: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${invariant}`)
}
