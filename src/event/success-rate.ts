/** Below so many ended runs a rate says nothing and is not shown. */
export const rateRunsMin = 20

/** How often runs succeed: successes among the runs that succeeded or failed, and how many those are. Aborted and unfinished runs say nothing of a script. */
export type SuccessRate = { readonly share: number; readonly runs: number }

/** The one formula of the success rate. Without any ended run the share is 0. */
export function successRate({ success, failed }: { readonly success: number; readonly failed: number }): SuccessRate {
  const runs = success + failed
  return { share: runs === 0 ? 0 : success / runs, runs }
}
