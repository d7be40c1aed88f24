import type { Group } from '../../store/analysis-port.ts'
import { type Asker, analyse, isPublic } from '../question/analyst.ts'
import { otherValue } from '../question/public-view.ts'
import { factsOf } from '../v1/errors.ts'
import { crossedMax } from './app-row.ts'
import type { EarlierQuestion } from './question.ts'
import type { EarlierDashboard } from './schema.ts'

const patternsMax = 15
const appsNamed = 5

/**
 * The groups of errors with the most failed runs. For the first of them also which scripts they hit; that crosses two filters, so for long periods
 * fewer are asked, and none for everybody: there `unique_apps` is 0.
 */
export async function countErrorPatterns(
  asker: Asker,
  question: EarlierQuestion,
  groups: readonly Group[],
): Promise<EarlierDashboard['error_analysis']> {
  const failed = groups.filter(({ counts }) => counts.failed > 0).toSorted((one, other) => other.counts.failed - one.counts.failed)
  const shown = failed.slice(0, patternsMax)
  const facts = await factsOf(
    shown.map(({ value }) => value),
    asker,
  )
  const patterns: EarlierDashboard['error_analysis'] = []
  for (const [index, { value, counts }] of shown.entries()) {
    const isAsked = index < crossedMax(question.days) && !isPublic(asker.principal)
    const apps = isAsked ? await readApps(asker, question, value) : noApps
    const pattern = facts.get(value)?.title ?? (value === otherValue ? otherValue : 'unknown')
    patterns.push({ pattern, count: counts.failed, ...apps })
  }
  return patterns
}

const noApps = { unique_apps: 0, apps: '' }

async function readApps(asker: Asker, question: EarlierQuestion, error: string): Promise<typeof noApps> {
  const selection = { ...question.selection, filter: { ...question.selection.filter, error } }
  const { by } = await analyse(asker, { ...question, selection }, { by: { script: appsNamed } })
  return { unique_apps: by.script?.distinct ?? 0, apps: (by.script?.groups ?? []).map(({ value }) => value).join(', ') }
}
