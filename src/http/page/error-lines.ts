import { tenantOf } from '../../access/principal.ts'
import type { ErrorLineView } from '../../page/error/error-line-view.ts'
import type { DayRange, Group } from '../../store/analysis-port.ts'
import { isPublic } from '../question/analyst.ts'
import { factsOf } from '../v1/errors.ts'
import type { PageAsk } from './ask.ts'
import { errorLineOf, type GroupKnowledge, newOrGrowing, standingOf } from './error-line.ts'

/** The lines of those groups that are new or grow, the most urgent first. Of hundreds that may be, only those shown are looked up whole. */
export async function standingOut(groups: readonly Group[], range: DayRange | undefined, ask: PageAsk): Promise<readonly ErrorLineView[]> {
  if (groups.length === 0) return []
  const known = await knownOf(groups, ask, true)
  const standing = newOrGrowing(groups.map((group) => ({ group, ...standingOf(group, { ...known(group), range }) })))
  return linesOf(
    standing.map(({ group }) => group),
    range,
    ask,
  )
}

/** Groups of errors as lines, with what the store and the people who mute them know of them. */
export async function linesOf(groups: readonly Group[], range: DayRange | undefined, ask: PageAsk): Promise<readonly ErrorLineView[]> {
  if (groups.length === 0) return []
  const known = await knownOf(groups, ask)
  return groups.map((group) => errorLineOf(group, { ...known(group), range, isPublic: isPublic(ask.asker.principal) }))
}

/** What is known of each group beside its counts; where `isBrief`, without what its newest runs tell. */
async function knownOf(groups: readonly Group[], { asker, parts }: PageAsk, isBrief = false): Promise<(group: Group) => GroupKnowledge> {
  const fingerprints = groups.map(({ value }) => value)
  const facts = await factsOf(fingerprints, asker, isBrief)
  const states = parts.errorStates.find(tenantOf(asker.principal), fingerprints)
  return ({ value }) => ({ facts: facts.get(value), isMuted: states.get(value)?.state === 'muted' })
}
