import { err, ok, type Result } from '../../base/result.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import type { ErrorState } from '../../page/error/errors-view.ts'
import type { Group } from '../../store/analysis-port.ts'

/** Which groups of errors are asked for; nothing for all of them. */
export function readErrorState(text: string | null): Result<ErrorState | undefined, Refusal> {
  const state = text?.trim() || undefined
  if (state === undefined || state === 'open' || state === 'muted') return ok(state)
  return err(refusal('parameter_invalid', 'state', 'nearest_value_open'))
}

/** The groups of a state, in their order; all of them where none is asked for. */
export function inErrorState(
  groups: readonly Group[],
  state: ErrorState | undefined,
  mutedOnes: readonly { readonly fingerprint: string }[],
): readonly Group[] {
  if (state === undefined) return groups
  const muted = new Set(mutedOnes.map(({ fingerprint }) => fingerprint))
  return groups.filter(({ value }) => muted.has(value) === (state === 'muted'))
}
