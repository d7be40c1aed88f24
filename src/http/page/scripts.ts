import { ok } from '../../base/result.ts'
import { addressOf, type FilterName, type Href, type Parameters } from '../../page/address.ts'
import type { Order } from '../../page/part/sort-head.tsx'
import { Scripts } from '../../page/script/scripts.tsx'
import type { ScriptPage, ScriptsView } from '../../page/script/scripts-view.ts'
import type { Analysis, Breakdown } from '../../store/analysis-port.ts'
import { dimensionRules } from '../../store/dimension.ts'
import { isPublic } from '../question/analyst.ts'
import { withNamePart } from '../question/name-part.ts'
import { type Question, readQuestion } from '../question/question.ts'
import { readScriptOrder, scriptOrderDefault, sortScripts } from '../question/script-order.ts'
import type { Route } from '../route.ts'
import { trendDays } from '../v1/scripts.ts'
import { analysePage } from './analyse-page.ts'
import { answerSheet, type Loaded, sheetOf } from './answer-sheet.ts'
import { type PageAsk, reachOf } from './ask.ts'
import { filterViewOf, namePartFilter, noticesOf } from './filter.ts'
import { frameOf } from './frame.ts'
import { answerList, listParameters } from './list.ts'
import { cutPage, readPage } from './page-number.ts'
import type { PageParts } from './parts.ts'

const path: Href = '/script-analysis'
const filters: readonly FilterName[] = ['source', 'type', 'os', 'slug', 'status', 'method', 'arch', 'category']
/** Rows on one page. */
export const pageScripts = 50

/** `/script-analysis`. */
export function scriptsPageRoute(parts: PageParts): Route {
  return {
    method: 'GET',
    path: '/script-analysis',
    handle: (request, visit) => answerSheet(request, visit, parts, loadScripts),
  }
}

/** Asks for one page of the table of scripts. */
export async function loadScripts(ask: PageAsk): Loaded<ScriptsView> {
  const { asker, params, now } = ask
  const list = answerList(ask, 'scripts')
  if (list !== undefined) return list
  const read = readQuestion(params, now, {
    isPublic: isPublic(asker.principal),
    also: [...listParameters, 'sort', 'page', namePartFilter.name],
  })
  if (!read.ok) return read
  const order = readScriptOrder(params.get('sort'))
  if (!order.ok) return order
  const page = readPage(params)
  if (!page.ok) return page
  const analysis = await analysePage(asker, read.value, { by: { script: dimensionRules.script.valuesMax }, trendDays })
  const namePart = params.get(namePartFilter.name)?.trim() ?? ''
  const dataAt = (place: Href, more: Parameters = {}) =>
    addressOf(place, read.value.selection, { [namePartFilter.name]: namePart, ...more })
  const csv = dataAt('/export/scripts.csv', order.value === scriptOrderDefault ? {} : { sort: order.value })
  const frame = frameOf(ask, { json: dataAt('/api/v1/scripts'), csv, notices: noticesOf(read.value, analysis) })
  const view = viewOfScripts({ question: read.value, analysis, order: order.value, page: page.value, namePart })
  return ok(sheetOf<ScriptsView>({ ...view, frame, reach: reachOf(ask) }, Scripts))
}

export type ScriptsFacts = {
  readonly question: Question
  readonly analysis: Analysis
  readonly order: Order
  /** From 1. */
  readonly page: number
  /** What the names shown hold; empty for all. */
  readonly namePart: string
}

/** One page of the table of scripts in its order. */
export function viewOfScripts({ question, analysis, order, page, namePart }: ScriptsFacts): Omit<ScriptsView, 'frame' | 'reach'> {
  const scripts = analysis.by.script
  const kept = { ...(order !== scriptOrderDefault && { sort: order }), ...(namePart !== '' && { [namePartFilter.name]: namePart }) }
  return {
    filter: filterViewOf(path, question, filters, { kept, own: [{ ...namePartFilter, leads: true }] }),
    ...(analysis.range && { range: analysis.range }),
    order,
    ...(scripts && { scripts: cutScripts(scripts, { order, page, namePart }) }),
  }
}

function cutScripts(
  { groups, ...around }: Breakdown,
  { order, page, namePart }: Pick<ScriptsFacts, 'order' | 'page' | 'namePart'>,
): ScriptPage {
  const found = withNamePart(groups, namePart)
  return { ...around, listed: groups.length, found: found.length, ...cutPage(sortScripts(found, order), page, pageScripts) }
}
