import type { Analysis, Breakdown } from '../../store/analysis-port.ts'
import { chooseGroups } from '../../store/count/group-choice.ts'
import { addTotals } from '../../store/count/totals.ts'
import { type Asker, analyse, isPublic, type Wanted } from '../question/analyst.ts'
import { otherValue } from '../question/public-view.ts'
import type { Question } from '../question/question.ts'

/** Sums for a page. Names that everybody may not see are counted with the folded ones: no page is theirs. */
export async function analysePage(asker: Asker, question: Question, wanted: Wanted): Promise<Analysis> {
  const analysis = await analyse(asker, question, wanted)
  if (!isPublic(asker.principal)) return analysis
  const by = Object.entries(analysis.by).map(([name, breakdown]) => [name, foldOther(breakdown)] as const)
  return chooseGroups({ ...analysis, by: Object.fromEntries(by) }, wanted.chosen)
}

function foldOther({ groups, distinct, rest, folded }: Breakdown): Breakdown {
  const others = groups.filter(({ value }) => value === otherValue)
  return {
    groups: groups.filter(({ value }) => value !== otherValue),
    distinct,
    rest,
    folded: addTotals([folded, ...others.map(({ counts }) => counts)]),
  }
}
