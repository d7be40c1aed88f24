import { ok, type Result } from '../../base/result.ts'
import type { Refusal } from '../../event/refusal.ts'
import { sumOf } from '../../page/outcome.ts'
import type { RunView } from '../../store/reader-port.ts'
import { queryOf } from '../query.ts'
import { type AnalystParts, type Answer, type Asker, analyse, answerFrom, isPublic } from '../question/analyst.ts'
import { partialMarks } from '../question/partial.ts'
import type { Route } from '../route.ts'
import { type AppRow, pendingOf, percentOf, readTypeRows } from './app-row.ts'
import { readEarlierQuestion } from './question.ts'
import { readRecentRuns } from './recent.ts'
import { formatTime } from './record-view.ts'
import type { EarlierScripts } from './schema.ts'

/** `GET /api/scripts`, as the earlier service answered it. */
export function earlierScriptsRoute(parts: AnalystParts): Route {
  return {
    method: 'GET',
    path: '/api/scripts',
    handle: (request, { principal }) => answerFrom(request, answerScripts(request, { ...parts, principal })),
  }
}

const recentMax = 100

async function answerScripts(request: Request, asker: Asker): Promise<Result<Answer, Refusal>> {
  const rules = { daysDefault: 30, zero: 'all', isPublic: isPublic(asker.principal) } as const
  const question = readEarlierQuestion(queryOf(request), asker.clock.now(), rules)
  const [{ total, range, by }, types, recent] = await Promise.all([
    analyse(asker, question, { by: { script: 1 } }),
    readTypeRows(asker, question),
    readRecentRuns(asker, question, { limit: recentMax }),
  ])
  const days = range === undefined ? 1 : range.toDay - range.fromDay + 1
  const apps = types.flatMap((rows) => rows.apps).toSorted((one, other) => other.total - one.total)
  const body: EarlierScripts = {
    ...partialMarks(question, range, asker),
    total_scripts: by.script?.distinct ?? 0,
    total_installs: sumOf(total.counts),
    top_scripts: apps.map((row) => viewApp(row, days)),
    recent_scripts: recent.map(viewRecentRun),
  }
  return ok({ body })
}

function viewApp({ app, type, total, counts }: AppRow, days: number): EarlierScripts['top_scripts'][number] {
  const { success, failed, aborted } = counts
  return {
    app,
    type,
    total,
    success,
    failed,
    aborted,
    installing: pendingOf(counts),
    success_rate: percentOf(success, success + failed + aborted),
    days_old: days,
    installs_per_day: Math.round((total / days) * 100) / 100,
  }
}

function viewRecentRun({ reading }: RunView): EarlierScripts['recent_scripts'][number] {
  return {
    app: reading.nsapp,
    type: reading.type,
    status: reading.status,
    exit_code: reading.exitCode ?? 0,
    os_type: reading.osType ?? '',
    os_version: reading.osVersion ?? '',
    pve_version: reading.pveVersion ?? '',
    created: formatTime(reading.firstAt),
    method: reading.method ?? '',
  }
}
