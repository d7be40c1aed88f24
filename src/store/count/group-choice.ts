import { mayStandOut } from '../../event/error-growth.ts'
import { endedWithout, judgeFailureRise, noRuns } from '../../event/failure-rise.ts'
import type { Analysis, AnalysisQuery, Group, GroupChoice } from '../analysis-port.ts'
import type { AxisName } from './axis.ts'
import { sizeOf, type Totals } from './totals.ts'

const isChosen: Readonly<Record<GroupChoice, (group: Group, whole: Totals | undefined) => boolean>> = {
  fails_more: ({ counts, previous: own = noRuns }, whole) =>
    whole !== undefined && judgeFailureRise(counts, { own, others: endedWithout(whole, own) })?.isRise === true,
  may_stand_out: ({ counts, previous }) => mayStandOut({ runs: sizeOf(counts), ...(previous && { previousRuns: sizeOf(previous) }) }),
}

/** The analysis with the chosen groups alone; all other counts stay, so that they no longer add up. Of hundreds, whoever looks for the few need not be sent the rest. */
export function chooseGroups(analysis: Analysis, choices: AnalysisQuery['chosen']): Analysis {
  if (choices === undefined) return analysis
  const whole = analysis.previous?.counts
  const by = Object.entries(choices).flatMap(([name, choice]) => {
    const breakdown = analysis.by[name as AxisName]
    return breakdown === undefined
      ? []
      : [[name, { ...breakdown, groups: breakdown.groups.filter((group) => isChosen[choice](group, whole)) }]]
  })
  return { ...analysis, by: { ...analysis.by, ...Object.fromEntries(by) } }
}
