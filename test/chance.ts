/** The same numbers from 0 to 1 each time (a linear congruential generator with the constants of Numerical Recipes). */
export function makeChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
