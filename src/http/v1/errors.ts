import { tenantOf } from '../../access/principal.ts'
import { dayMs } from '../../base/clock.ts'
import { ok, type Result } from '../../base/result.ts'
import { titleOf } from '../../event/fingerprint.ts'
import type { Refusal } from '../../event/refusal.ts'
import { formatDay } from '../../page/format.ts'
import type { AnalysisQuery, Group } from '../../store/analysis-port.ts'
import { dimensionRules } from '../../store/dimension.ts'
import type { ErrorGroupFacts } from '../../store/reader-port.ts'
import { queryOf } from '../query.ts'
import { type AnalystParts, type Answer, type Asker, analyse, answered, answerFrom, isPublic } from '../question/analyst.ts'
import { otherValue } from '../question/public-view.ts'
import { readQuestion } from '../question/question.ts'
import type { Route } from '../route.ts'
import { linkHeaders, listParameters, pageOf, readLimit } from './page-of.ts'
import type { ErrorAnswer, ErrorGroupView, ErrorsAnswer } from './schema.ts'
import { askForOne, trendDays } from './scripts.ts'
import { viewGroup, viewHead } from './view.ts'

/** `GET /api/v1/errors` and `GET /api/v1/errors/{fingerprint}`. */
export function errorsRoutes(parts: AnalystParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/errors',
      handle: (request, { principal }) => answerFrom(request, listErrors(request, { ...parts, principal })),
    },
    {
      method: 'GET',
      path: '/api/v1/errors/:fingerprint',
      handle: (request, { principal, id }) => answerFrom(request, showError(request, id, { ...parts, principal })),
    },
  ]
}

/** What the page of one group of errors breaks its runs down by. */
export const errorBy: AnalysisQuery['by'] = {
  ...{ script: 20, os: 15, os_version: 15, pve_version: 15, arch: 10, platform: 10, method: 10, type: 10, source: 5 },
  ...{ category: 20, exit_code: 20 },
}

async function listErrors(request: Request, asker: Asker): Promise<Result<Answer, Refusal>> {
  const params = queryOf(request)
  const question = readQuestion(params, asker.clock.now(), { isPublic: isPublic(asker.principal), also: listParameters })
  if (!question.ok) return question
  const limit = readLimit(params)
  if (!limit.ok) return limit
  const analysis = await analyse(asker, question.value, { by: { error: dimensionRules.error.valuesMax }, trendDays })
  const page = pageOf(analysis.by.error?.groups ?? [], limit.value, params.get('after'))
  if (!page.ok) return page
  const { groups, next } = page.value
  const facts = await factsOf(
    groups.map(({ value }) => value),
    asker,
  )
  const body: ErrorsAnswer = {
    ...viewHead(question.value, analysis, asker),
    distinct: analysis.by.error?.distinct ?? 0,
    errors: groups.map((group) => viewErrorGroup(group, facts.get(group.value))),
    ...(next !== undefined && { next }),
  }
  const headers = linkHeaders('/api/v1/errors', question.value, limit.value, { next: next === undefined ? next : { after: next } })
  return ok({ body, headers })
}

async function showError(request: Request, fingerprint: string, asker: Asker): Promise<Result<Answer, Refusal>> {
  const found = await askForOne(request, { error: fingerprint }, asker, errorBy)
  if (!found.ok) return found
  const facts = await factsOf([fingerprint], asker)
  const body: ErrorAnswer = { ...describe(fingerprint, facts.get(fingerprint)), ...found.value }
  return ok({ body })
}

/** What the store knows of groups beside their counts, by fingerprint; see `errorGroups` of its reader. */
export async function factsOf(
  fingerprints: readonly string[],
  { reader, principal }: Asker,
  isBrief = false,
): Promise<ReadonlyMap<string, ErrorGroupFacts>> {
  const facts = await answered(reader.errorGroups(tenantOf(principal), fingerprints, isBrief))
  return new Map(facts.map((group) => [group.fingerprint, group]))
}

function viewErrorGroup(group: Group, facts: ErrorGroupFacts | undefined): ErrorGroupView {
  return { ...describe(group.value, facts), ...viewGroup(group) }
}

/** A group without facts is the one of runs that left nothing to group them by, or what was folded together. */
function describe(fingerprint: string, facts: ErrorGroupFacts | undefined) {
  return {
    fingerprint,
    title: facts?.title ?? (fingerprint === otherValue ? otherValue : titleOf({})),
    category: facts?.category ?? 'unknown',
    exit_codes: [...(facts?.exitCodes ?? [])],
    ...(facts !== undefined && { first_day: formatDay(Math.floor(facts.firstAt / dayMs)) }),
  }
}
