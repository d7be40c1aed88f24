import { tenantOf } from '../../access/principal.ts'
import { ok } from '../../base/result.ts'
import { addressOf, type FilterName, filterTitles, type Href, type Parameters } from '../../page/address.ts'
import type { OwnFilterView } from '../../page/filter-view.ts'
import { leadOf } from '../../page/period.ts'
import { Records } from '../../page/record/records.tsx'
import type { RecordsView } from '../../page/record/records-view.ts'
import type { RunCountQuery, RunList } from '../../store/reader-port.ts'
import { answered } from '../question/analyst.ts'
import { type Question, queryTextOf } from '../question/question.ts'
import type { Route } from '../route.ts'
import { readRunPlace, readRunQuery, runParameters } from '../v1/runs.ts'
import { answerSheet, type Loaded, sheetOf } from './answer-sheet.ts'
import type { PageAsk } from './ask.ts'
import { filterViewOf, namePartFilter, noticesOf } from './filter.ts'
import { frameOf } from './frame.ts'
import { answerList, listParameters } from './list.ts'
import type { PageParts } from './parts.ts'
import { runLineOf } from './run-line.ts'

const path: Href = '/records'
/** Three in sight, then all others. */
const filters: readonly FilterName[] = [
  ...(['script', 'status', 'os'] as const),
  ...(Object.keys(filterTitles) as readonly FilterName[]).filter((name) => !['script', 'status', 'os'].includes(name)),
]
const pageRuns = 50

/** `/records`. */
export function recordsPageRoute(parts: PageParts): Route {
  return {
    method: 'GET',
    path: '/records',
    handle: (request, visit) => answerSheet(request, visit, parts, loadRecords),
  }
}

async function loadRecords(ask: PageAsk): Loaded {
  const { asker, params, now, parts } = ask
  const file = answerList(ask, 'runs')
  if (file !== undefined) return file
  const also = [...listParameters, 'after', 'before'] as const
  const read = readRunQuery(params, { tenant: tenantOf(asker.principal), now, also })
  if (!read.ok) return read
  const place = readRunPlace(params)
  if (!place.ok) return place
  const { question, query } = read.value
  const [list, count] = await Promise.all([
    answered(parts.reader.runList({ ...query, ...place.value, limit: pageRuns })),
    answered(parts.reader.countRuns(query)),
  ])
  const own = ownOf(params)
  const more = new URLSearchParams(Object.entries(own)).toString()
  const json: Href = `/api/v1/runs?${queryTextOf(question)}${more === '' ? '' : `&${more}`}`
  const frame = frameOf(ask, { json, notices: noticesOf(question) })
  return ok(sheetOf<RecordsView>({ ...viewOfRecords({ question, query, list, count, own }), frame }, Records))
}

/** The parameters that only runs can be asked for, as far as they are given. */
function ownOf(params: URLSearchParams): Readonly<Record<string, string>> {
  return Object.fromEntries(runParameters.flatMap((name) => (params.get(name)?.trim() ? [[name, params.get(name)?.trim() ?? '']] : [])))
}

export type RecordsFacts = {
  readonly question: Question
  readonly query: RunCountQuery
  readonly list: RunList
  readonly count: number
  readonly own: Readonly<Record<string, string>>
}

/** One page of records. */
export function viewOfRecords({ question, list, count, own }: RecordsFacts): Omit<RecordsView, 'frame'> {
  const { selection, range } = question
  const to = (extra: Parameters): Href => addressOf(path, selection, { ...own, ...extra })
  return {
    filter: filterViewOf(path, question, filters, { hasCompare: false, kept: own, own: ownFilters }),
    ...(range !== undefined && { lead: leadOf({ ...selection, compares: false }, range) }),
    count,
    runs: list.runs.map(runLineOf),
    ...(list.runs.length === 0 && count > 0 && { newest: to({}) }),
    ...(list.newer !== undefined && { newer: to({ before: list.newer }) }),
    ...(list.older !== undefined && { older: to({ after: list.older }) }),
    exports: (['CSV', 'JSON', 'JSONL'] as const).map((text) => ({ text, href: to({ format: text.toLowerCase() }) })),
  }
}

/** What only single runs can be asked for. */
const ownFilters: readonly OwnFilterView[] = [
  namePartFilter,
  { name: 'repaired', title: 'repaired', choices: ['yes', 'no'] },
  { name: 'cloaked', title: 'something hidden', choices: ['yes', 'no'] },
  { name: 'unended', title: 'no end known after two hours', choices: ['yes'] },
]
