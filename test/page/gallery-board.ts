import { Alerts } from '../../src/page/alert/alerts.tsx'
import { AlertRule } from '../../src/page/alert/rule.tsx'
import { Api } from '../../src/page/api/api.tsx'
import { ErrorGroup } from '../../src/page/error/error.tsx'
import { Errors } from '../../src/page/error/errors.tsx'
import { Fault } from '../../src/page/fault.tsx'
import { Overview } from '../../src/page/overview/overview.tsx'
import type { OverviewView } from '../../src/page/overview/overview-view.ts'
import { RecordPage } from '../../src/page/record/record.tsx'
import { Records } from '../../src/page/record/records.tsx'
import { Script } from '../../src/page/script/script.tsx'
import { Scripts } from '../../src/page/script/scripts.tsx'
import { System } from '../../src/page/system/system.tsx'
import type { Analysis, Breakdown } from '../../src/store/analysis-port.ts'
import { makeChance } from '../chance.ts'
import { sampleAlertRule, sampleAlerts, sampleAlertsOff } from './sample-alert.ts'
import { lastDay, noRuns, sampleAnalysis, sampleSeries, sampleTotals, type Texts } from './sample-analysis.ts'
import {
  sampleApi,
  sampleError,
  sampleErrorsView,
  sampleIssueUrl,
  sampleRecords,
  sampleScript,
  sampleScriptsView,
  sampleSystem,
} from './sample-page.ts'
import { sampleRecord, sampleStuckRecord } from './sample-run.ts'
import { sampleFilter, sampleFrame, sampleOverview, sampleSelection } from './sample-view.ts'

/** The pages of the dashboard, full, with each text as `texts` has it. */
export function fullBoard(texts: Texts): Readonly<Record<string, string>> {
  return {
    overview: Overview({ view: sampleOverview(texts) }),
    scripts: Scripts({ view: sampleScriptsView(texts) }),
    script: Script({ view: sampleScript(texts) }),
    errors: Errors({ view: sampleErrorsView(texts) }),
    error: ErrorGroup({ view: sampleError(texts) }),
    records: Records({ view: sampleRecords(texts) }),
    record: RecordPage({ view: sampleRecord(texts) }),
    system: System({ view: sampleSystem(texts) }),
    alerts: Alerts({ view: sampleAlerts(texts) }),
    alert: AlertRule({ view: sampleAlertRule(texts) }),
    'alerts-off': Alerts({ view: sampleAlertsOff(texts) }),
    api: Api({ view: sampleApi(texts) }),
    fault: Fault({
      view: {
        frame: sampleFrame('/records/x', texts),
        title: texts('No such run'),
        text: texts('No run has this id. Its record may have expired.'),
        todo: { href: '/records', text: texts('See the newest runs') },
      },
    }),
  }
}

/** The dashboard full, empty, narrow, stale, public, and with numbers beyond the usual. */
export function board(texts: Texts): Readonly<Record<string, string>> {
  return { ...fullBoard(texts), ...overviews(), ...others() }
}

/** A week and a few groups are enough to tell one variant from the other. */
function slimAnalysis(): Analysis {
  const { series, by, ...whole } = sampleAnalysis()
  const { script, slug, exit_code } = by
  const cut = (breakdown: Breakdown | undefined): Breakdown => ({
    distinct: 0,
    rest: noRuns,
    folded: noRuns,
    ...breakdown,
    groups: (breakdown?.groups ?? []).slice(0, 3),
  })
  return {
    ...whole,
    range: { fromDay: lastDay - 6, toDay: lastDay },
    series: series.slice(-7),
    by: { script: cut(script), slug: cut(slug), exit_code: cut(exit_code) },
  }
}

function overviews(): Readonly<Record<string, string>> {
  const full: OverviewView = { ...sampleOverview(), analysis: slimAnalysis() }
  const { analysis: _, ...silent } = full
  const narrow = sampleFilter('/dashboard', undefined, { ...sampleSelection, filter: { os: 'alpine', category: 'storage' } })
  const views: Readonly<Record<string, OverviewView>> = {
    calm: { ...full, looks: [], errors: [] },
    dark: { ...full, frame: { ...full.frame, theme: 'dark' } },
    'first-event': {
      ...full,
      frame: { ...full.frame, refresh: { seconds: 5, pause: '/dashboard?live=0' } },
      firstEvent: { origin: 'https://telemetry.example.org', needsKey: false, eventsSinceStart: '0', startedAt: '2026-03-01 12:00' },
    },
    narrow: { ...full, filter: narrow, analysis: { total: { counts: noRuns }, series: [], by: {} } },
    silent: {
      ...silent,
      frame: {
        ...full.frame,
        notices: [{ tone: 'fault', text: 'The store gives no answer now. Events are accepted all the same; try again in a moment.' }],
      },
    },
    stale: {
      ...full,
      frame: {
        ...full.frame,
        notices: [
          {
            tone: 'warning',
            text: 'The store is 12 min behind: figures are as of 12:22 UTC. Nothing is lost.',
            link: { href: '/system', text: 'See why' },
          },
          { tone: 'info', text: 'The parameter perod does not exist and was left out.' },
        ],
      },
    },
    sealed: { ...full, reach: { canOpen: true, sealedDay: lastDay - 20 } },
    public: { ...publicly(full), reach: { canOpen: false } },
    published: published(publicly(full)),
    today: {
      ...full,
      grain: 'hour',
      filter: sampleFilter('/dashboard', undefined, { ...sampleSelection, period: 'today' }),
      analysis: today(),
    },
    huge: { ...full, analysis: sampleAnalysis(undefined, 333_333_333) },
  }
  return Object.fromEntries(Object.entries(views).map(([name, view]) => [`overview-${name}`, Overview({ view })]))
}

function publicly(view: OverviewView): OverviewView {
  const { viewer: _, ...frame } = view.frame
  return { ...view, frame }
}

function published(view: OverviewView): OverviewView {
  const filter = { ...view.filter, selection: { ...sampleSelection, isSingle: true as const }, names: [], hasCompare: false }
  return { ...view, reach: { canOpen: false }, frame: { ...view.frame, isPublished: true }, filter }
}

function today(): NonNullable<OverviewView['analysis']> {
  const next = makeChance(2)
  const first = lastDay * 24 * 3_600_000
  const series = sampleSeries(24, 48).map((bucket, index) => ({
    ...bucket,
    start: first + index * 3_600_000,
    counts: index > 12 ? noRuns : sampleTotals(48, next),
  }))
  return { ...slimAnalysis(), range: { fromDay: lastDay, toDay: lastDay }, series }
}

function others(): Readonly<Record<string, string>> {
  const records = sampleRecords()
  const error = sampleError()
  const scripts = sampleScriptsView()
  const noScripts = { shown: [], distinct: 0, listed: 0, found: 0, rest: noRuns, folded: noRuns, pages: { page: 1, last: 1 } }
  const { newer: _newer, older: _older, ...alone } = records
  const { checks: _, ...calm } = sampleSystem()
  return {
    'scripts-none': Scripts({ view: { ...scripts, scripts: noScripts } }),
    'scripts-unnamed': Scripts({
      view: {
        ...scripts,
        filter: { ...scripts.filter, kept: { app: 'no such name' }, own: [{ name: 'app', title: 'part of the script’s name' }] },
        scripts: { ...noScripts, distinct: 60, listed: 60 },
      },
    }),
    'errors-muted': Errors({
      view: { ...sampleErrorsView(), state: 'muted', groups: [], foldedRuns: 0, pages: { page: 1, last: 1 } },
    }),
    'error-muted': ErrorGroup({
      view: {
        ...error,
        samples: [],
        runs: [],
        muted: { by: 'maria', at: '2026-02-27 09:12', note: 'known, fixed upstream' },
        issue: { state: 'made', url: sampleIssueUrl },
      },
    }),
    'records-none': Records({ view: { ...alone, count: 0, runs: [], expiredUntil: '2025-03-01' } }),
    'record-stuck': RecordPage({ view: sampleStuckRecord() }),
    'system-calm': System({
      view: {
        ...calm,
        parts: [{ name: 'Events', state: 'good', text: 'accepted' }],
        refused: [],
        repaired: [],
        parked: { count: 0, runs: [] },
        isAdmin: false,
      },
    }),
  }
}
