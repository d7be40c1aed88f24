import { tenantOf } from '../../access/principal.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import { sumOf } from '../../page/outcome.ts'
import type { AnalysisQuery } from '../../store/analysis-port.ts'
import { dimensionRules } from '../../store/dimension.ts'
import { queryOf } from '../query.ts'
import { type AnalystParts, type Answer, type Asker, analyse, answered, answerFrom, isPublic } from '../question/analyst.ts'
import { withNamePart } from '../question/name-part.ts'
import { otherValue } from '../question/public-view.ts'
import { grainOf, type Question, readQuestion } from '../question/question.ts'
import type { Route } from '../route.ts'
import { linkHeaders, listParameters, pageOf, readLimit } from './page-of.ts'
import type { ScriptAnswer, ScriptsAnswer } from './schema.ts'
import { viewGroup, viewHead, viewSum, viewWhole } from './view.ts'

/** `GET /api/v1/scripts` and `GET /api/v1/scripts/{name}`. */
export function scriptsRoutes(parts: AnalystParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/scripts',
      handle: (request, { principal }) => answerFrom(request, listScripts(request, { ...parts, principal })),
    },
    {
      method: 'GET',
      path: '/api/v1/scripts/:name',
      handle: (request, { principal, id }) => answerFrom(request, showScript(request, id, { ...parts, principal })),
    },
  ]
}

/** Days of the trend of each row. */
export const trendDays = 14

/** What the page of one script breaks its runs down by. */
export const scriptBy: AnalysisQuery['by'] = {
  ...{ os: 15, os_version: 15, pve_version: 15, arch: 10, platform: 10, method: 10, type: 10, source: 5 },
  ...{ error: 10, category: 20, exit_code: 20 },
}

async function listScripts(request: Request, asker: Asker): Promise<Result<Answer, Refusal>> {
  const params = queryOf(request)
  const question = readQuestion(params, asker.clock.now(), { isPublic: isPublic(asker.principal), also: [...listParameters, 'app'] })
  if (!question.ok) return question
  const limit = readLimit(params)
  if (!limit.ok) return limit
  const analysis = await analyse(asker, question.value, { by: { script: dimensionRules.script.valuesMax }, trendDays })
  const app = params.get('app')?.trim() ?? ''
  const page = pageOf(withNamePart(analysis.by.script?.groups ?? [], app), limit.value, params.get('after'))
  if (!page.ok) return page
  const { groups, next } = page.value
  const body: ScriptsAnswer = {
    ...viewHead(question.value, analysis, asker),
    total: viewSum(analysis.total),
    distinct: analysis.by.script?.distinct ?? 0,
    scripts: groups.map(viewGroup),
    ...(next !== undefined && { next }),
  }
  const headers = linkHeaders('/api/v1/scripts', question.value, limit.value, { next: next === undefined ? next : { after: next, app } })
  return ok({ body, headers })
}

async function showScript(request: Request, name: string, asker: Asker): Promise<Result<Answer, Refusal>> {
  const found = await askForOne(request, { script: name }, asker, scriptBy)
  if (!found.ok) return found
  return ok({ body: { name, ...found.value } satisfies ScriptAnswer })
}

/** The answer for one value of a dimension. Not found when no run ever had it, or too few for everybody to know. */
export async function askForOne(
  request: Request,
  one: { readonly script: string } | { readonly error: string },
  asker: Asker,
  by: AnalysisQuery['by'],
): Promise<Result<Omit<ScriptAnswer, 'name'>, Refusal>> {
  const params = queryOf(request)
  for (const [name, value] of Object.entries(one)) params.append(name, value) // A second one of the same name is refused.
  const question = readQuestion(params, asker.clock.now(), { isPublic: isPublic(asker.principal) })
  if (!question.ok) return question
  const grain = grainOf(question.value.range)
  const analysis = await analyse(asker, question.value, { grain, by })
  if (sumOf(analysis.total.counts) === 0 && !(await isKnown(asker, question.value, one))) return err(unknownOne)
  return ok({ ...viewHead(question.value, analysis, asker), ...viewWhole(analysis, grain) })
}

const unknownOne = refusal('not_found', 'path', 'unknown')

/** Whether a period without a run is one of a script or error that others have. */
export async function isKnown(
  { reader, principal, publicRunsMin }: Asker,
  { range }: Question,
  one: AnalysisQuery['filter'],
): Promise<boolean> {
  if (range === undefined || one.script === otherValue) return false
  const ever = await answered(reader.analyse({ tenant: tenantOf(principal), filter: one, by: {} }))
  return sumOf(ever.total.counts) >= (isPublic(principal) ? publicRunsMin : 1)
}
