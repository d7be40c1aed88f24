import { tenantOf } from '../../access/principal.ts'
import { ok } from '../../base/result.ts'
import type { Href } from '../../page/address.ts'
import { sumOf } from '../../page/outcome.ts'
import { Overview } from '../../page/overview/overview.tsx'
import type { OverviewView } from '../../page/overview/overview-view.ts'
import type { Analysis, AnalysisQuery } from '../../store/analysis-port.ts'
import { answered, isPublic } from '../question/analyst.ts'
import { queryTextOf, readQuestion } from '../question/question.ts'
import type { Route } from '../route.ts'
import { trendDays } from '../v1/scripts.ts'
import { analysePage } from './analyse-page.ts'
import { answerSheet, type Loaded, sheetOf } from './answer-sheet.ts'
import { type PageAsk, reachOf } from './ask.ts'
import { standingOut } from './error-lines.ts'
import { commonFilters, filterViewOf, noticesOf } from './filter.ts'
import { frameOf } from './frame.ts'
import { drawnGrainOf } from './grain.ts'
import { answerList, listParameters } from './list.ts'
import { failingQuery, looksOf, unendedQuery } from './look.ts'
import type { PageParts } from './parts.ts'

const path: Href = '/dashboard'

/** `/dashboard`: what `/` shows who may read. */
export function overviewPageRoute(parts: PageParts): Route {
  return {
    method: 'GET',
    path: '/dashboard',
    handle: (request, visit) => answerSheet(request, visit, parts, loadOverview),
  }
}

/** What the page breaks runs down by, and how many values of each it has room for. */
const overviewBy: AnalysisQuery['by'] = {
  ...{ os: 6, os_version: 8, pve_version: 8, method: 6, type: 6, ct_type: 3, gpu: 6, gpu_model: 6, cpu_vendor: 4, cpu_model: 6 },
  ...{ arch: 4, platform: 5, source: 3, slug: 6, category: 8, exit_code: 8 },
}
/** What it follows over time: the scripts it shows, and the groups of errors among which it looks for new and growing ones. */
const followedBy: AnalysisQuery['by'] = { script: 20, error: 200 }

/** Asks for everything the overview shows. */
export async function loadOverview(ask: PageAsk): Loaded<OverviewView> {
  const { asker, params, now, parts } = ask
  const everybody = isPublic(asker.principal)
  const file = answerList(ask, 'overview')
  if (file !== undefined) return file
  const read = readQuestion(params, now, { isPublic: everybody, also: [...listParameters, 'live'] })
  if (!read.ok) return read
  const question = read.value
  const { selection } = question
  const failing = failingQuery(now)
  const grain = drawnGrainOf(question.range)
  // In this order what needs a look goes to the thread that has less to count.
  const [whole, unended, recent, state] = await Promise.all([
    analysePage(asker, question, {
      grain,
      by: { ...overviewBy, ...followedBy },
      trendDays,
      followed: ['script', 'error'],
      chosen: { error: 'may_stand_out' },
    }),
    everybody
      ? undefined
      : answered(parts.reader.countRuns({ tenant: tenantOf(asker.principal), filter: selection.filter, ...unendedQuery(now) })),
    analysePage(asker, { selection, ...failing }, failing.wanted),
    everybody ? undefined : parts.serviceState(),
  ])
  const { error } = whole.by
  const errors = await standingOut(error?.groups ?? [], question.range, ask)
  const analysis = error === undefined ? whole : { ...whole, by: { ...whole.by, error: { ...error, groups: [] } } } // Of hundreds those lines are shown.
  const query = queryTextOf(question)
  const view = {
    analysis,
    filter: filterViewOf(path, question, commonFilters),
    grain,
    looks: looksOf({ recent, now, selection, ...(unended !== undefined && { unended }), ...(state && { state }) }),
    errors,
    ...((await isEmpty(ask, analysis)) && { firstEvent: parts.sendCard() }),
  }
  const isWaiting = view.firstEvent !== undefined && params.get('live') !== '0'
  const frame = frameOf(ask, {
    json: `/api/v1/overview?${query}`,
    csv: `/export/overview.csv?${query}`,
    notices: noticesOf(question, analysis),
    ...(isWaiting && { refresh: { seconds: waitingSeconds, pause: `${path}?live=0` } }),
  })
  return ok(sheetOf<OverviewView>({ ...view, frame, reach: reachOf(ask) }, Overview))
}

/** How often a page that waits for its first event loads again. */
const waitingSeconds = 5

/** Whether nobody ever sent a run; asked only where the period has none. */
async function isEmpty({ asker, parts }: PageAsk, { total }: Analysis): Promise<boolean> {
  if (sumOf(total.counts) > 0) return false
  return sumOf(await answered(parts.reader.totals({ tenant: tenantOf(asker.principal) }))) === 0
}
