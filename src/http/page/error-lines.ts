import { tenantOf } from '../../access/principal.ts'
import type { ErrorLineView } from '../../page/error/error-line-view.ts'
import type { DayRange, Group } from '../../store/analysis-port.ts'
import { isPublic } from '../question/analyst.ts'
import { factsOf } from '../v1/errors.ts'
import type { PageAsk } from './ask.ts'
import { errorLineOf, newOrGrowing } from './error-line.ts'

/** The lines of those groups that are new or grow, the most urgent first. Of hundreds that may be, only those shown are looked up whole. */
export async function standingOut(groups: readonly Group[], range: DayRange | undefined, ask: PageAsk): Promise<readonly ErrorLineView[]> {
  const shown = newOrGrowing(await linesOf(groups, range, ask, true))
  const byName = new Map(groups.map((group) => [group.value, group]))
  return linesOf(
    shown.flatMap(({ fingerprint }) => byName.get(fingerprint) ?? []),
    range,
    ask,
  )
}

/** Groups of errors as lines, with what the store and the people who mute them know of them; where `isBrief`, without what their newest runs tell. */
export async function linesOf(
  groups: readonly Group[],
  range: DayRange | undefined,
  ask: PageAsk,
  isBrief = false,
): Promise<readonly ErrorLineView[]> {
  if (groups.length === 0) return []
  const { asker, parts } = ask
  const fingerprints = groups.map(({ value }) => value)
  const facts = await factsOf(fingerprints, asker, isBrief)
  const states = parts.errorStates.find(tenantOf(asker.principal), fingerprints)
  return groups.map((group) =>
    errorLineOf(group, {
      facts: facts.get(group.value),
      isMuted: states.get(group.value)?.state === 'muted',
      range,
      isPublic: isPublic(asker.principal),
    }),
  )
}
