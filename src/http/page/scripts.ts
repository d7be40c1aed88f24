import { ok } from '../../base/result.ts'
import { refusal } from '../../event/refusal.ts'
import { successRate } from '../../event/success-rate.ts'
import { addressOf, type FilterName, type Href } from '../../page/address.ts'
import { sumOf } from '../../page/outcome.ts'
import type { Order } from '../../page/part/sort-head.tsx'
import { scriptColumns } from '../../page/script/script-table.tsx'
import { Scripts } from '../../page/script/scripts.tsx'
import type { ScriptPage, ScriptsView } from '../../page/script/scripts-view.ts'
import type { Analysis, Breakdown, Group } from '../../store/analysis-port.ts'
import { dimensionRules } from '../../store/dimension.ts'
import { isPublic } from '../question/analyst.ts'
import { withNamePart } from '../question/name-part.ts'
import { type Question, readQuestion } from '../question/question.ts'
import type { Route } from '../server.ts'
import { trendDays } from '../v1/scripts.ts'
import { analysePage } from './analyse-page.ts'
import { answerSheet, type Loaded, sheetOf } from './answer-sheet.ts'
import { type PageAsk, reachOf } from './ask.ts'
import { filterViewOf, namePartFilter } from './filter.ts'
import { frameOf } from './frame.ts'
import { answerList, listParameters } from './list.ts'
import { cutPage, readPage } from './page-number.ts'
import type { PageParts } from './parts.ts'

const path: Href = '/script-analysis'
const filters: readonly FilterName[] = ['source', 'type', 'os', 'slug', 'status', 'method', 'arch', 'category']
/** Rows on one page. */
export const pageScripts = 50
const orderDefault = '-runs'

/** `/script-analysis`. */
export function scriptsPageRoute(parts: PageParts): Route {
  return {
    method: 'GET',
    path: '/script-analysis',
    handle: (request, visit) => answerSheet(request, visit, parts, loadScripts),
  }
}

async function loadScripts(ask: PageAsk): Loaded {
  const { asker, params, now } = ask
  const list = answerList(ask, 'scripts')
  if (list !== undefined) return list
  const read = readQuestion(params, now, {
    isPublic: isPublic(asker.principal),
    also: [...listParameters, 'sort', 'page', namePartFilter.name],
  })
  if (!read.ok) return read
  const order = readOrder(params.get('sort'))
  if (order === undefined) return { ok: false, fault: refusal('parameter_invalid', 'sort', `nearest_value_${orderDefault}`) }
  const page = readPage(params)
  if (!page.ok) return page
  const analysis = await analysePage(asker, read.value, { by: { script: dimensionRules.script.valuesMax }, trendDays })
  const namePart = params.get(namePartFilter.name)?.trim() ?? ''
  const dataAt = (place: Href) => addressOf(place, read.value.selection, { [namePartFilter.name]: namePart })
  const frame = frameOf(ask, { json: dataAt('/api/v1/scripts'), csv: dataAt('/export/scripts.csv') })
  const view = viewOfScripts({ question: read.value, analysis, order, page: page.value, namePart })
  return ok(sheetOf<ScriptsView>({ ...view, frame, reach: reachOf(ask) }, Scripts))
}

/** An order that the table's heads can name. */
function readOrder(text: string | null): Order | undefined {
  const order = text?.trim() || orderDefault
  return scriptColumns.some(({ name }) => name !== undefined && name === order.replace(/^-/, '')) ? order : undefined
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
  const kept = { ...(order !== orderDefault && { sort: order }), ...(namePart !== '' && { [namePartFilter.name]: namePart }) }
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

/** Groups in an order; those without a figure come last either way, and of equal ones the one with the lesser name first. */
export function sortScripts(groups: readonly Group[], order: Order): readonly Group[] {
  const isDown = order.startsWith('-')
  const figure = figures[order.replace(/^-/, '')] ?? sumOfGroup
  return groups.toSorted((one, other) => compare(figure(one), figure(other), isDown) || compare(one.value, other.value, false))
}

type Figure = number | string | undefined

function compare(one: Figure, other: Figure, isDown: boolean): number {
  if (one === other) return 0
  if (one === undefined || other === undefined) return one === undefined ? 1 : -1
  return one < other === isDown ? 1 : -1
}

const sumOfGroup = ({ counts }: Group): number => sumOf(counts)

/** What each column of `scriptColumns` orders by. */
const figures: Readonly<Record<string, (group: Group) => Figure>> = {
  script: ({ value }) => value,
  runs: sumOfGroup,
  change: ({ counts, previous }) => (previous === undefined || sumOf(previous) === 0 ? undefined : sumOf(counts) / sumOf(previous)),
  success: ({ counts }) => (successRate(counts).runs === 0 ? undefined : successRate(counts).share),
  median: ({ durations }) => durations?.p50,
  last: ({ lastDay }) => lastDay,
}
