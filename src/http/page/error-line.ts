import { dayOf } from '../../base/clock.ts'
import { hasGrown } from '../../event/error-growth.ts'
import { titleOf } from '../../event/fingerprint.ts'
import type { ErrorLineView } from '../../page/error/error-line-view.ts'
import { formatDay, formatMinute } from '../../page/format.ts'
import { sumOf } from '../../page/outcome.ts'
import type { DayRange, Group } from '../../store/analysis-port.ts'
import type { ErrorGroupFacts } from '../../store/reader-port.ts'

export type ErrorLineFacts = {
  readonly facts: ErrorGroupFacts | undefined
  readonly isMuted: boolean
  /** The days that are counted, where they are not all there are. */
  readonly range: DayRange | undefined
  /** Everybody is told days, who signed in minutes. */
  readonly isPublic: boolean
}

/** A group of errors as a line. Without facts it is the one of runs that left nothing to group them by. */
export function errorLineOf({ value, counts, previous, trend, lastDay }: Group, told: ErrorLineFacts): ErrorLineView {
  const { facts, isMuted, range, isPublic } = told
  const sayTime = (ms: number) => (isPublic ? formatDay(dayOf(ms)) : formatMinute(ms))
  return {
    fingerprint: value,
    text: facts?.title ?? titleOf({}),
    category: facts?.category ?? 'unknown',
    exitCodes: facts?.exitCodes ?? [],
    runs: sumOf(counts),
    ...(previous !== undefined && { previousRuns: sumOf(previous) }),
    ...(facts !== undefined && !isPublic && { scripts: facts.scripts }),
    firstAt: facts === undefined ? '' : sayTime(facts.firstAt),
    lastAt: facts?.lastAt === undefined ? formatDay(lastDay) : sayTime(facts.lastAt),
    isNew: facts !== undefined && range !== undefined && dayOf(facts.firstAt) >= range.fromDay,
    isMuted,
    isAborted: counts.aborted * 2 > sumOf(counts),
    trend: trend ?? [],
  }
}

const standingOutMax = 6

/**
 * New or growing groups, the most urgent first: new ones before old ones, and of each kind those with the most runs. A group is new when its first run
 * began in the period, and grows when it has at least ten runs and twice as many as in the period before. Muted ones are left out, and all behind the sixth.
 */
export function newOrGrowing(lines: readonly ErrorLineView[]): readonly ErrorLineView[] {
  return lines
    .filter((line) => !line.isMuted && (line.isNew || hasGrown(line)))
    .toSorted((one, other) => Number(other.isNew) - Number(one.isNew) || other.runs - one.runs)
    .slice(0, standingOutMax)
}
