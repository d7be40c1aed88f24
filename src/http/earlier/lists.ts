import { ok, type Result } from '../../base/result.ts'
import { exitCodes } from '../../event/exit-code.ts'
import type { Refusal } from '../../event/refusal.ts'
import { answerData } from '../answer-data.ts'
import { queryOf } from '../query.ts'
import { type AnalystParts, type Answer, type Asker, analyse, answerFrom, isPublic } from '../question/analyst.ts'
import { partialMarks } from '../question/partial.ts'
import type { Route } from '../route.ts'
import { viewSlugs } from './dashboard.ts'
import { readEarlierQuestion } from './question.ts'
import type { EarlierSlugs } from './schema.ts'

/** `GET /api/repo-slugs` and `GET /api/exit-codes`, as the earlier service answered them. */
export function earlierListRoutes(parts: AnalystParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/repo-slugs',
      handle: (request, { principal }) => answerFrom(request, answerSlugs(request, { ...parts, principal })),
    },
    { method: 'GET', path: '/api/exit-codes', handle: (request) => answerData(request, codes) },
  ]
}

const slugsMax = 50
const codes = Object.fromEntries(exitCodes.map(({ code, description }) => [String(code), description]))

async function answerSlugs(request: Request, asker: Asker): Promise<Result<Answer, Refusal>> {
  const rules = { daysDefault: 30, zero: 'day', isPublic: isPublic(asker.principal) } as const
  const question = readEarlierQuestion(queryOf(request), asker.clock.now(), rules)
  const { by, range } = await analyse(asker, question, { by: { slug: slugsMax + 1 } })
  return ok({ body: { ...partialMarks(question, range, asker), repo_slugs: viewSlugs(by.slug, slugsMax) } satisfies EarlierSlugs })
}
