/** What one bounded step of a long task did, and whether it was the last one. */
export type Step = { readonly changed: number; readonly isDone: boolean }

/** Repeats a bounded step until nothing is left or the signal ends it. Gives how many things were changed. */
export async function repeatStep(signal: AbortSignal, step: () => Promise<Step>): Promise<number> {
  let changed = 0
  while (!signal.aborted) {
    const done = await step()
    changed += done.changed
    if (done.isDone) break
  }
  return changed
}
