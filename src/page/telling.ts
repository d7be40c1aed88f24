/** So many of a whole. */
export type Part = { readonly part: number; readonly whole: number }

/** Standard errors a difference must span, so that chance alone gives a colour to one in twenty. */
const tellingErrors = 2

/** Whether two shares differ by more than chance explains: else a page of many rows would be a page of colours. */
export function isTelling(now: Part, before: Part): boolean {
  return Math.abs(errorsBetween(now, before)) > tellingErrors
}

/** How many standard errors the share of now lies above the one before, by a test of two proportions; not a number where neither can differ. */
export function errorsBetween(now: Part, before: Part): number {
  const all = (now.part + before.part) / (now.whole + before.whole)
  return (now.part / now.whole - before.part / before.whole) / Math.sqrt(all * (1 - all) * (1 / now.whole + 1 / before.whole))
}
