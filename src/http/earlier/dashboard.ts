import { dayOf } from '../../base/clock.ts'
import { ok, type Result } from '../../base/result.ts'
import type { Refusal } from '../../event/refusal.ts'
import { successRate } from '../../event/success-rate.ts'
import { formatDay } from '../../page/format.ts'
import { sumOf } from '../../page/outcome.ts'
import type { Analysis, Breakdown, Group } from '../../store/analysis-port.ts'
import { queryOf } from '../query.ts'
import { type AnalystParts, type Answer, type Asker, analyse, answerFrom, isPublic } from '../question/analyst.ts'
import { partialMarks } from '../question/partial.ts'
import type { Route } from '../route.ts'
import { pendingOf, readTypeRows, type TypeRows } from './app-row.ts'
import { countErrorPatterns } from './error-pattern.ts'
import { rankFailedApps } from './failed-app.ts'
import { readEarlierQuestion } from './question.ts'
import { readRecent } from './recent.ts'
import type { EarlierDashboard } from './schema.ts'

/** `GET /api/dashboard`, as the earlier service answered it. */
export function earlierDashboardRoute(parts: AnalystParts): Route {
  return {
    method: 'GET',
    path: '/api/dashboard',
    handle: (request, { principal }) => answerFrom(request, answerDashboard(request, { ...parts, principal })),
  }
}

/** Groups of errors that patterns are chosen from: a group can have many aborted runs and few failed ones. */
const errorGroupsAsked = 60
const by = { script: 20, os: 15, method: 10, pve_version: 15, type: 10, gpu: 64, category: 64, slug: 21, error: errorGroupsAsked } as const
const recentRecords = 20

async function answerDashboard(request: Request, asker: Asker): Promise<Result<Answer, Refusal>> {
  const rules = { daysDefault: 1, zero: 'year', isPublic: isPublic(asker.principal) } as const
  const question = readEarlierQuestion(queryOf(request), asker.clock.now(), rules)
  const [analysis, ever, types, recent] = await Promise.all([
    analyse(asker, question, { by, grain: 'day' }),
    analyse(asker, { selection: question.selection }, { by: {} }),
    readTypeRows(asker, question),
    readRecent(asker, question, { limit: recentRecords }),
  ])
  const body: EarlierDashboard = {
    ...partialMarks(question, analysis.range, asker),
    ...viewTotals(analysis, sumOf(ever.total.counts)),
    ...viewLists(analysis.by),
    error_analysis: await countErrorPatterns(asker, question, analysis.by.error?.groups ?? []),
    failed_apps: rankFailedApps(types, question.days),
    recent_records: recent,
    ...viewTools(types),
  }
  return ok({ body })
}

function viewTotals({ total, series }: Analysis, everRuns: number) {
  const { counts, durations } = total
  const runs = sumOf(counts)
  return {
    total_installs: runs,
    total_all_time: everRuns,
    sample_size: runs,
    success_count: counts.success,
    failed_count: counts.failed,
    aborted_count: counts.aborted,
    installing_count: pendingOf(counts),
    success_rate: Math.round(successRate(counts).share * 10_000) / 100,
    daily_stats: series.map(({ start, counts: { success, failed } }) => ({ date: formatDay(dayOf(start)), success, failed })),
    avg_install_duration: Math.round((durations?.mean ?? 0) * 100) / 100,
  }
}

function viewLists({ script, os, method, pve_version, type, gpu, category, slug }: Analysis['by']) {
  return {
    top_apps: list(script, (app, count) => ({ app, count })),
    os_distribution: list(os, (name, count) => ({ os: name, count })),
    method_stats: list(method, (name, count) => ({ method: name, count })),
    pve_versions: list(pve_version, (version, count) => ({ version, count })),
    type_stats: list(type, (name, count) => ({ type: name, count })),
    gpu_stats: named(gpu).map(({ value, counts }) => ({ ...splitGpu(value), count: sumOf(counts) })),
    error_categories: (category?.groups ?? [])
      .map(({ value, counts }) => ({ category: value, count: counts.failed }))
      .filter(({ count }) => count > 0)
      .toSorted((one, other) => other.count - one.count),
    repo_slugs: viewSlugs(slug, 20),
  }
}

/** Repositories with their runs. Runs that named none are no repository. */
export function viewSlugs(slug: Breakdown | undefined, maximum: number) {
  return named(slug)
    .slice(0, maximum)
    .map(({ value, counts }) => ({ slug: value, count: sumOf(counts) }))
}

function viewTools(types: readonly TypeRows[]) {
  const [tools, addons] = ['pve', 'addon'].map((name) => types.find(({ type }) => type === name))
  return {
    top_tools: (tools?.apps ?? []).slice(0, toolsMax).map(({ app, total }) => ({ tool: app, count: total })),
    top_addons: (addons?.apps ?? []).slice(0, toolsMax).map(({ app, total }) => ({ addon: app, count: total })),
    total_tools: tools?.total ?? 0,
    total_addons: addons?.total ?? 0,
  }
}

const toolsMax = 15

function list<Row>(breakdown: Breakdown | undefined, row: (value: string, count: number) => Row): Row[] {
  return (breakdown?.groups ?? []).map(({ value, counts }) => row(value, sumOf(counts)))
}

function named(breakdown: Breakdown | undefined): readonly Group[] {
  return (breakdown?.groups ?? []).filter(({ value }) => value !== 'unknown')
}

function splitGpu(value: string): { readonly vendor: string; readonly passthrough: string } {
  const [vendor = '', passthrough = ''] = value.split(' ')
  return { vendor, passthrough }
}
