import { tenantOf } from '../../access/principal.ts'
import { err, ok } from '../../base/result.ts'
import { type FilterName, scriptPath } from '../../page/address.ts'
import { sumOf } from '../../page/outcome.ts'
import { Script } from '../../page/script/script.tsx'
import type { ScriptView } from '../../page/script/script-view.ts'
import type { Analysis, AnalysisQuery } from '../../store/analysis-port.ts'
import { answered } from '../question/analyst.ts'
import { type Question, queryTextOf } from '../question/question.ts'
import type { Route } from '../route.ts'
import { isKnown, trendDays } from '../v1/scripts.ts'
import { analysePage } from './analyse-page.ts'
import { answerSheet, type Loaded, sheetOf } from './answer-sheet.ts'
import { type PageAsk, reachOf } from './ask.ts'
import { linesOf } from './error-lines.ts'
import type { PageFault } from './fault.ts'
import { filtersOfOne, filterViewOf, noticesOf } from './filter.ts'
import { frameOf } from './frame.ts'
import { drawnGrainOf } from './grain.ts'
import { readOne } from './one.ts'
import type { PageParts } from './parts.ts'
import { runLineOf } from './run-line.ts'

const filters: readonly FilterName[] = ['source', 'type', 'os', 'status', 'category', 'method', 'arch']
const errorsShown = 5
const runsShown = 20

/** What the page of one script breaks its runs down by. */
const scriptBy: AnalysisQuery['by'] = {
  ...{ os: 6, os_version: 10, pve_version: 10, method: 6, arch: 5, platform: 5, ct_type: 3, gpu: 5, source: 3, slug: 5 },
  ...{ category: 8, exit_code: 8 },
}

/** `/scripts/{name}`. */
export function scriptPageRoute(parts: PageParts): Route {
  return {
    method: 'GET',
    path: '/scripts/:name',
    handle: (request, visit) => answerSheet(request, visit, parts, loadScript),
  }
}

/** Asks for everything the page of one script shows. */
export async function loadScript(ask: PageAsk): Loaded<ScriptView> {
  const { asker, visit, parts } = ask
  const name = visit.id
  const read = readOne(ask, { name: 'script', value: name, unknown: unknownScript })
  if (!read.ok) return read
  const { question, own } = read.value
  const { canOpen } = reachOf(ask)
  const { selection, range } = question
  const runQuery = { tenant: tenantOf(asker.principal), filter: selection.filter, ...(range && { range }), limit: runsShown }
  const by = { ...scriptBy, error: errorsShown }
  const [analysis, list] = await Promise.all([
    analysePage(asker, question, { grain: drawnGrainOf(range), by, trendDays, followed: ['error'] }),
    canOpen ? answered(parts.reader.runList(runQuery)) : undefined,
  ])
  if (sumOf(analysis.total.counts) === 0 && !(await isKnown(asker, question, { script: name }))) return err(unknownScript)
  const query = queryTextOf(own)
  const frame = frameOf(ask, { json: `/api/v1/scripts/${encodeURIComponent(name)}?${query}`, notices: noticesOf(question, analysis) })
  const lines = await linesOf(analysis.by.error?.groups ?? [], range, ask)
  const errors = lines.map(({ scripts: _, ...line }) => line) // All of them are of this script.
  const runs = list?.runs.map(runLineOf) ?? []
  return ok(sheetOf<ScriptView>({ ...viewOfScript({ name, own, analysis, errors, runs }), frame, reach: reachOf(ask) }, Script))
}

const unknownScript: PageFault = {
  status: 404,
  title: 'No such script',
  text: 'No run of a script of this name was ever counted, or too few to show. Names are compared letter by letter.',
  todo: { href: '/script-analysis?period=all', text: 'All scripts' },
}

export type ScriptFacts = Pick<ScriptView, 'name' | 'errors' | 'runs'> & {
  /** The question without the script, which is the page's own. */
  readonly own: Question
  readonly analysis: Analysis
}

/** The page of one script. */
export function viewOfScript({ own, ...facts }: ScriptFacts): Omit<ScriptView, 'frame' | 'reach'> {
  return { ...facts, filter: filterViewOf(scriptPath(facts.name), own, filtersOfOne(own, filters)), grain: drawnGrainOf(own.range) }
}
