import { tenantOf } from '../../access/principal.ts'
import { ok } from '../../base/result.ts'
import type { FilterName, Href } from '../../page/address.ts'
import { Errors } from '../../page/error/errors.tsx'
import type { ErrorState, ErrorsView } from '../../page/error/errors-view.ts'
import { sumOf } from '../../page/outcome.ts'
import type { Analysis, AnalysisQuery } from '../../store/analysis-port.ts'
import { dimensionRules } from '../../store/dimension.ts'
import { isPublic } from '../question/analyst.ts'
import { inErrorState, readErrorState } from '../question/error-state.ts'
import { type Question, queryTextOf, readQuestion } from '../question/question.ts'
import type { Route } from '../route.ts'
import { trendDays } from '../v1/scripts.ts'
import { analysePage } from './analyse-page.ts'
import { answerSheet, type Loaded, sheetOf } from './answer-sheet.ts'
import { type PageAsk, reachOf } from './ask.ts'
import { linesOf } from './error-lines.ts'
import { filterViewOf, noticesOf } from './filter.ts'
import { frameOf } from './frame.ts'
import { drawnGrainOf } from './grain.ts'
import { answerList, listParameters } from './list.ts'
import { cutPage, readPage } from './page-number.ts'
import type { PageParts } from './parts.ts'

const path: Href = '/error-analysis'
const filters: readonly FilterName[] = ['source', 'type', 'script', 'category', 'exit_code', 'os', 'slug', 'status']
const by: AnalysisQuery['by'] = {
  ...{ category: 10, exit_code: 15, os_version: 8, pve_version: 8, method: 6, arch: 5 },
  error: dimensionRules.error.valuesMax,
}
/** The list that an address without a state means. */
const stateDefault: ErrorState = 'open'
/** Groups on one page. */
const pageGroups = 25

/** `/error-analysis`. */
export function errorsPageRoute(parts: PageParts): Route {
  return {
    method: 'GET',
    path: '/error-analysis',
    handle: (request, visit) => answerSheet(request, visit, parts, loadErrors),
  }
}

/** Asks for one page of the groups of errors, and what stands around it. */
export async function loadErrors(ask: PageAsk): Loaded<ErrorsView> {
  const { asker, params, now, parts } = ask
  const file = answerList(ask, 'errors', { state: stateDefault })
  if (file !== undefined) return file
  const read = readQuestion(params, now, { isPublic: isPublic(asker.principal), also: [...listParameters, 'state', 'page'] })
  if (!read.ok) return read
  const question = read.value
  const asked = readErrorState(params.get('state'))
  if (!asked.ok) return asked
  const state = asked.value ?? stateDefault
  const page = readPage(params)
  if (!page.ok) return page
  const grain = drawnGrainOf(question.range)
  const whole = await analysePage(asker, question, { grain, by, trendDays, followed: ['error'] })
  const { error: list, ...others } = whole.by
  const analysis = { ...whole, by: others }
  const muted = parts.errorStates.muted(tenantOf(asker.principal))
  const inState = (name: ErrorState) => inErrorState(list?.groups ?? [], name, muted)
  const sorted = { open: inState('open'), muted: inState('muted') }
  const { shown, pages } = cutPage(sorted[state], page.value, pageGroups)
  const counts = { open: sorted.open.length, muted: sorted.muted.length }
  const facts = { question, analysis, state, pages, counts, foldedRuns: list === undefined ? 0 : sumOf(list.folded) }
  const groups = await linesOf(shown, question.range, ask)
  const query = queryTextOf(question)
  const csv: Href = `/export/errors.csv?${query}&state=${state}`
  const frame = frameOf(ask, { json: `/api/v1/errors?${query}`, csv, notices: noticesOf(question, analysis) })
  return ok(sheetOf<ErrorsView>({ ...viewOfErrors({ ...facts, groups }), frame, reach: reachOf(ask) }, Errors))
}

export type ErrorsFacts = Pick<ErrorsView, 'state' | 'counts' | 'foldedRuns' | 'pages' | 'groups'> & {
  readonly question: Question
  readonly analysis: Analysis
}

/** The page of the groups of errors. */
export function viewOfErrors({ question, ...facts }: ErrorsFacts): Omit<ErrorsView, 'frame' | 'reach'> {
  const { state } = facts
  const kept = state === 'open' ? {} : { state }
  return {
    ...facts,
    filter: filterViewOf(path, question, filters, { kept }),
    grain: drawnGrainOf(question.range),
  }
}
