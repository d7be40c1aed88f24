const hourMs = 3_600_000
/** Nearly every run is through after this many hours; what is not will hardly end. */
const hoursMin = 2

/** Runs that began before this moment and have no end are taken for stuck. Whole hours, so that sums and lists draw the same line. */
export function unendedBefore(now: number): number {
  return (Math.floor(now / hourMs) - hoursMin) * hourMs
}
