import { ok, type Result } from '../../base/result.ts'
import type { Refusal } from '../../event/refusal.ts'
import type { AnalysisQuery } from '../../store/analysis-port.ts'
import { queryOf } from '../query.ts'
import { type AnalystParts, type Answer, type Asker, analyse, answerFrom, isPublic } from '../question/analyst.ts'
import { grainOf, readQuestion } from '../question/question.ts'
import type { Route } from '../route.ts'
import type { OverviewAnswer } from './schema.ts'
import { viewHead, viewWhole } from './view.ts'

/** `GET /api/v1/overview`. */
export function overviewRoute(parts: AnalystParts): Route {
  return {
    method: 'GET',
    path: '/api/v1/overview',
    handle: (request, { principal }) => answerFrom(request, answerOverview(request, { ...parts, principal })),
  }
}

/** What the overview breaks runs down by, and how many values of each it names. */
export const overviewBy: AnalysisQuery['by'] = {
  ...{ script: 20, error: 10, os: 15, os_version: 15, pve_version: 15, method: 10, type: 10, source: 5, slug: 20 },
  ...{ ct_type: 5, gpu: 15, gpu_model: 15, cpu_vendor: 10, cpu_model: 15, arch: 10, platform: 10 },
  ...{ cores: 15, ram: 15, disk: 15, category: 20, exit_code: 20 },
}

async function answerOverview(request: Request, asker: Asker): Promise<Result<Answer, Refusal>> {
  const question = readQuestion(queryOf(request), asker.clock.now(), { isPublic: isPublic(asker.principal) })
  if (!question.ok) return question
  const grain = grainOf(question.value.range)
  const analysis = await analyse(asker, question.value, { grain, by: overviewBy })
  const body: OverviewAnswer = { ...viewHead(question.value, analysis, asker), ...viewWhole(analysis, grain) }
  return ok({ body })
}
