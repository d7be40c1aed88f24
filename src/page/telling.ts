import { leastRise, type Share } from '../event/share-rise.ts'

/** Standard errors of each share, so that chance alone gives a colour to one in twenty at most. */
const tellingErrors = 2

/** Whether two shares differ by more than chance explains: else a page of many rows would be a page of colours. */
export function isTelling(now: Share, before: Share): boolean {
  return leastRise(now, before, tellingErrors) > 0 || leastRise(before, now, tellingErrors) > 0
}
