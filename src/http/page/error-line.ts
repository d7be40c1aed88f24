import { dayOf } from '../../base/clock.ts'
import { hasGrown } from '../../event/error-growth.ts'
import { titleOf } from '../../event/fingerprint.ts'
import type { ErrorLineView } from '../../page/error/error-line-view.ts'
import { formatDay, formatMinute } from '../../page/format.ts'
import { sumOf } from '../../page/outcome.ts'
import type { DayRange, Group } from '../../store/analysis-port.ts'
import type { ErrorGroupFacts } from '../../store/reader-port.ts'

/** What is known of a group beside its counts: by the store, and by those who mute groups. */
export type GroupKnowledge = { readonly facts: ErrorGroupFacts | undefined; readonly isMuted: boolean }

export type StandingFacts = GroupKnowledge & {
  /** The days that are counted, where they are not all there are. */
  readonly range: DayRange | undefined
}

export type ErrorLineFacts = StandingFacts & {
  /** Everybody is told days, who signed in minutes. */
  readonly isPublic: boolean
}

/** A group of errors as a line. Without facts it is the one of runs that left nothing to group them by. */
export function errorLineOf(group: Group, told: ErrorLineFacts): ErrorLineView {
  const { value, counts, trend, lastDay } = group
  const { facts, isPublic } = told
  const sayTime = (ms: number) => (isPublic ? formatDay(dayOf(ms)) : formatMinute(ms))
  return {
    fingerprint: value,
    text: facts?.title ?? titleOf({}),
    category: facts?.category ?? 'unknown',
    exitCodes: facts?.exitCodes ?? [],
    ...standingOf(group, told),
    ...(facts !== undefined && !isPublic && { scripts: facts.scripts }),
    firstAt: facts === undefined ? '' : sayTime(facts.firstAt),
    lastAt: facts?.lastAt === undefined ? formatDay(lastDay) : sayTime(facts.lastAt),
    isAborted: counts.aborted * 2 > sumOf(counts),
    trend: trend ?? [],
  }
}

const standingOutMax = 6

/** What decides whether a group stands out. */
export type Standing = Pick<ErrorLineView, 'runs' | 'previousRuns' | 'isNew' | 'isMuted'>

/** A group is new when its first run began in the period. */
export function standingOf({ counts, previous }: Group, { facts, isMuted, range }: StandingFacts): Standing {
  return {
    runs: sumOf(counts),
    ...(previous !== undefined && { previousRuns: sumOf(previous) }),
    isNew: facts !== undefined && range !== undefined && dayOf(facts.firstAt) >= range.fromDay,
    isMuted,
  }
}

/**
 * New or growing groups, the most urgent first: new ones before old ones, and of each kind those with the most runs. A group is new when its first run
 * began in the period, and grows when it has at least ten runs and twice as many as in the period before. Muted ones are left out, and all behind the sixth.
 */
export function newOrGrowing<Line extends Standing>(lines: readonly Line[]): readonly Line[] {
  return lines
    .filter((line) => !line.isMuted && (line.isNew || hasGrown(line)))
    .toSorted((one, other) => Number(other.isNew) - Number(one.isNew) || other.runs - one.runs)
    .slice(0, standingOutMax)
}
