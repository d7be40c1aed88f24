/** So many of a whole. */
export type Share = { readonly part: number; readonly whole: number }

/** A share must have grown to this many times what it was: ten points more of fifty are no news. */
const ratioMin = 1.5
/** Standard errors of each share: with hundreds of them looked at often, two would cry wolf daily. */
const riseErrors = 3

/** Whether a share grew so that somebody should look: by half of what it was, and by more than chance explains; and by how much at the least. */
export function judgeRise(now: Share, before: Share): { readonly least: number; readonly isTelling: boolean } {
  const least = leastRise(now, before, riseErrors)
  return { least, isTelling: least > 0 && now.part / now.whole >= (ratioMin * before.part) / before.whole }
}

/**
 * By how much a share rose at the least: the lower end of Newcombe's interval for the difference of two proportions, which is made of two Wilson
 * intervals and holds for few runs and for shares near 0 and 1. `errors` is how many standard errors wide each is. Above 0 the rise is more than chance
 * explains; not a number where there is nothing to compare.
 */
export function leastRise(now: Share, before: Share, errors: number): number {
  const [share, usual] = [now.part / now.whole, before.part / before.whole]
  return share - usual - Math.hypot(share - boundsOf(now, errors).low, boundsOf(before, errors).high - usual)
}

/** Where the true share lies: the Wilson interval. */
function boundsOf({ part, whole }: Share, errors: number): { readonly low: number; readonly high: number } {
  const share = part / whole
  const weight = errors ** 2 / whole
  const middle = share + weight / 2
  const width = errors * Math.sqrt((share * (1 - share)) / whole + weight / (4 * whole))
  return { low: (middle - width) / (1 + weight), high: (middle + width) / (1 + weight) }
}
