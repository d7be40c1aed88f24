import { tenantOf } from '../../access/principal.ts'
import type { ErrorLineView } from '../../page/error/error-line-view.ts'
import type { DayRange, Group } from '../../store/analysis-port.ts'
import { isPublic } from '../question/analyst.ts'
import { factsOf } from '../v1/errors.ts'
import type { PageAsk } from './ask.ts'
import { errorLineOf } from './error-line.ts'

/** Groups of errors as lines, with what the store and the people who mute them know of them. */
export async function linesOf(groups: readonly Group[], range: DayRange | undefined, ask: PageAsk): Promise<readonly ErrorLineView[]> {
  if (groups.length === 0) return []
  const { asker, parts } = ask
  const fingerprints = groups.map(({ value }) => value)
  const facts = await factsOf(fingerprints, asker)
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
