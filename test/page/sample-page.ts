import type { ApiView } from '../../src/page/api/api-view.ts'
import type { ErrorView } from '../../src/page/error/error-view.ts'
import type { ErrorsView } from '../../src/page/error/errors-view.ts'
import type { RecordsView } from '../../src/page/record/records-view.ts'
import type { ScriptView } from '../../src/page/script/script-view.ts'
import type { ScriptsView } from '../../src/page/script/scripts-view.ts'
import type { SystemView } from '../../src/page/system/system-view.ts'
import type { Breakdown } from '../../src/store/analysis-port.ts'
import type { Totals } from '../../src/store/count/totals.ts'
import { noRuns, plainTexts, sampleAnalysis, sampleBreakdown, sampleGroups, sampleScripts, type Texts } from './sample-analysis.ts'
import { sampleRuns } from './sample-run.ts'
import { sampleErrors, sampleFilter, sampleFrame, sampleSelection } from './sample-view.ts'

export function sampleScriptsView(texts: Texts = plainTexts): ScriptsView {
  const names = [...sampleScripts, ...Array.from({ length: 30 }, (_, index) => `rare-${index}`)]
  const few = sampleGroups(names.slice(20).map(texts), 12, true)
  const { groups, ...around } = sampleBreakdown(names.slice(0, 20).map(texts), 13_000, { isScript: true })
  return {
    frame: sampleFrame('/script-analysis', texts),
    filter: { ...sampleFilter('/script-analysis', texts), kept: { sort: '-runs' } },
    reach: { canOpen: true },
    range: sampleAnalysis().range ?? { fromDay: 0, toDay: 0 },
    order: '-runs',
    scripts: {
      ...around,
      shown: [...groups, ...few],
      distinct: 2_060,
      listed: 2_000,
      found: 2_000,
      rest: { ...around.rest, success: 14 },
      pages: { page: 1, last: 40 },
    },
  }
}

export function sampleScript(texts: Texts = plainTexts): ScriptView {
  const { script: _, ...by } = sampleAnalysis(texts, 140).by
  const name = texts('paperless-ngx')
  return {
    frame: sampleFrame('/scripts/paperless-ngx', texts),
    name,
    filter: { ...sampleFilter('/scripts/paperless-ngx', texts), names: ['source', 'type', 'os', 'status', 'category'] },
    reach: { canOpen: true },
    grain: 'day',
    analysis: { ...sampleAnalysis(texts, 140), by },
    errors: sampleErrors(texts, 3).map(({ scripts: _scripts, ...line }) => line),
    runs: sampleRuns(texts),
  }
}

export function sampleErrorsView(texts: Texts = plainTexts): ErrorsView {
  const { category, exit_code } = sampleAnalysis(texts).by
  return {
    frame: sampleFrame('/error-analysis', texts),
    filter: { ...sampleFilter('/error-analysis', texts), kept: { state: 'open' } },
    reach: { canOpen: true },
    grain: 'day',
    analysis: { ...sampleAnalysis(texts), by: { ...(category && { category }), ...(exit_code && { exit_code }) } },
    state: 'open',
    counts: { open: 187, muted: 4 },
    groups: sampleErrors(texts, 25),
    foldedRuns: 31,
    pages: { page: 2, last: 8 },
  }
}

/** The one address of another host that a page may lead to, by a link alone. */
export const sampleIssueUrl = 'https://github.com/an-owner/a-repo/issues/12'

export function sampleError(texts: Texts = plainTexts): ErrorView {
  const all = sampleAnalysis(texts, 30)
  const { script, os_version, pve_version, method } = all.by
  const fail = (counts: Totals): Totals => ({ ...counts, success: 0, failed: Math.round(counts.success / 4) })
  const failed = (breakdown: Breakdown | undefined): Breakdown => {
    const groups = (breakdown?.groups ?? []).slice(0, 8).map((one) => ({ ...one, counts: fail(one.counts) }))
    return { groups, distinct: groups.length, rest: noRuns, folded: noRuns }
  }
  const [group] = sampleErrors(texts, 1)
  return {
    frame: sampleFrame('/errors/7f3a', texts),
    filter: { ...sampleFilter('/errors/7f3a', texts), names: ['source', 'type', 'script', 'os'] },
    reach: { canOpen: true },
    grain: 'day',
    group: group ?? never(),
    analysis: {
      ...all,
      total: { counts: { ...fail(all.total.counts), installing: 0, validation: 0, configuring: 0 } },
      series: all.series.map(({ counts, ...bucket }) => ({ ...bucket, counts: fail(counts) })),
      by: { script: failed(script), os_version: failed(os_version), pve_version: failed(pve_version), method: failed(method) },
    },
    samples: [
      {
        runId: texts('run-1'),
        time: texts('2026-03-02 12:31'),
        script: texts('immich'),
        trace: texts('E: Unable to locate package\nfrom <ipv4>\n  at <host>'),
        rules: ['ipv4', 'fqdn'],
      },
      {
        runId: texts('run-2'),
        time: texts('2026-03-02 11:02'),
        script: texts('docker'),
        trace: texts('E: Unable to locate package'),
        rules: [],
      },
    ],
    runs: sampleRuns(texts, 5),
    change: { action: '/errors/7f3a', token: texts('a-token') },
    issue: {
      state: 'none',
      open: { action: '/errors/7f3a/issue', token: texts('a-token') },
      repository: texts('an-owner/a-repo'),
      isLost: false,
    },
  }
}

export function sampleRecords(texts: Texts = plainTexts): RecordsView {
  const selection = { ...sampleSelection, filter: { os: texts('debian'), status: texts('failed') } }
  return {
    frame: sampleFrame('/records', texts),
    filter: { ...sampleFilter('/records', texts, selection), hasCompare: false },
    lead: texts('30 days, 2026-02-01 to 2026-03-02 (UTC)'),
    count: 2_749,
    runs: sampleRuns(texts, 50),
    newer: '/records?period=30d&newer=1772452800000.42',
    older: '/records?period=30d&older=1772452800000.7',
    exports: [
      { text: 'CSV', href: '/records?period=30d&format=csv' },
      { text: 'JSON', href: '/records?period=30d&format=json' },
      { text: 'JSONL', href: '/records?period=30d&format=jsonl' },
    ],
  }
}

export function sampleSystem(texts: Texts = plainTexts): SystemView {
  return {
    frame: sampleFrame('/system', texts),
    startedAt: texts('2026-02-20 08:00'),
    parts: [
      { name: texts('Events'), state: 'good', text: texts('accepted; the newest came 3 s ago') },
      { name: texts('Store'), state: 'good', text: texts('has every event up to 1 s ago') },
      {
        name: texts('PocketBase'),
        state: 'bad',
        text: texts('gives no answer since 12:03; 318 changes wait'),
        todo: texts('It goes on by itself once PocketBase answers.'),
      },
      { name: texts('Alerts'), state: 'off', text: texts('off'), todo: texts('Set SMTP_HOST to get mail.') },
    ],
    checks: {
      lookedAt: texts('What lies outside was looked at 2026-03-02 11:40 UTC; again at 2026-03-02 12:40 UTC.'),
      parts: [
        { name: texts('integrity'), state: 'good', text: texts('every database was whole at 2026-03-02 02:10 UTC') },
        {
          name: texts('mail server'),
          state: 'bad',
          text: texts('cannot be used (certificate_date)'),
          todo: texts('The certificate of the server does not hold now.'),
        },
      ],
    },
    storage: [
      { name: 'store.db', text: texts('3.4 GB') },
      { name: 'of this tenant', text: texts('10,482,113 runs'), href: '/records?period=all' },
      { name: 'journal.db', text: texts('118 MB') },
      { name: 'free', text: texts('41.2 GB of 60.0 GB') },
      { name: 'days left', text: texts('about 400 at the pace of the last 30 days') },
    ],
    events: [
      { name: 'accepted', text: texts('412,118 events') },
      { name: 'refused', text: texts('1,204 events'), href: '#refused' },
      { name: 'p95 to answer', text: texts('3.1 ms') },
    ],
    refused: [
      { code: texts('rate_limited'), count: 1_100, meaning: texts('more than 60 events a minute from one address') },
      { code: texts('nsapp:missing'), count: 104, meaning: '' },
    ],
    repaired: [
      {
        code: texts('disk_size:unit'),
        count: 9_312,
        meaning: texts('A number carried a unit; it was converted to the unit of the field.'),
      },
      { code: texts('status:alias'), count: 12, meaning: texts('An earlier or misspelled name of a value was replaced by its name.') },
    ],
    retention: [
      { name: texts('runs'), text: texts('1,104 runs of 2025-03-01 to 2025-03-01') },
      { name: texts('logs'), text: texts('212 logs of before 2025-12-02 12:00') },
      { name: texts('next (UTC)'), text: texts('2026-03-02 12:00') },
    ],
    timers: [
      {
        name: 'stuck',
        purpose: texts('gives up runs of which nothing was heard for 1 h'),
        every: texts('1 hour'),
        state: 'good',
        last: texts('2026-03-02 11:00, 4 changes in 120 ms'),
        next: texts('2026-03-02 12:00'),
      },
      {
        name: 'audit',
        purpose: texts('removes entries of the audit after 400 days'),
        every: texts('1 hour'),
        state: 'bad',
        last: texts('2026-03-02 11:00, failed; the log says why'),
        next: texts('2026-03-02 11:05'),
      },
      {
        name: 'check',
        purpose: texts('counts runs again'),
        every: texts('1 day'),
        state: 'off',
        last: texts('not yet'),
        next: texts('2026-03-02 12:00'),
      },
    ],
    parked: {
      count: 2,
      runs: [{ id: texts('0b7f9a52'), reason: texts('400 validation_max_text_constraint on nsapp'), since: texts('2026-03-02 12:03') }],
    },
    versions: [
      { name: 'service', text: texts('0.1.0') },
      { name: 'store schema', text: texts('5') },
      { name: 'fingerprints', text: texts('version 1') },
    ],
    isAdmin: true,
  }
}

/** What parameters and answers mean are texts of ours alone, with code between backticks. */
export function sampleApi(texts: Texts = plainTexts): ApiView {
  const route = {
    method: 'GET',
    path: texts('/api/v1/runs'),
    summary: texts('Runs of a selection, newest first.'),
    access: texts('a key of scope read'),
    parameters: [
      {
        name: texts('period'),
        values: texts('today, 7d, 30d, 90d, 365d, all'),
        meaning: 'Days of UTC; `7d` is today and the six days before.',
        without: texts('else 30d'),
      },
      {
        name: texts('script'),
        values: texts('a name'),
        meaning: 'Only runs of this script.',
        without: '',
      },
    ],
    answers: [
      { status: 200, meaning: 'The runs.' },
      { status: 400, meaning: '`parameter_invalid`: a parameter cannot be used' },
    ],
    example: texts("curl -sS 'https://telemetry.example.org/api/v1/runs?period=7d' -H 'Authorization: Bearer YOUR_READ_KEY'"),
  } as const
  return {
    frame: sampleFrame('/api', texts),
    groups: [{ title: texts('Runs'), about: texts('One by one.'), routes: [route, { ...route, parameters: [] }] }],
  }
}

function never(): never {
  throw new Error('the sample has a group')
}
