import { type AlertMessage, composeMessage, type Telling } from '../../src/alert/message.ts'
import { composeReport } from '../../src/alert/report.ts'
import { makeRule, type NewRule } from '../../src/alert/rule.ts'
import type { Reading } from '../../src/alert/state.ts'
import { dayMs, dayOf } from '../../src/base/clock.ts'
import type { Analysis, Breakdown, Group } from '../../src/store/analysis-port.ts'
import type { Totals } from '../../src/store/count/totals.ts'

const minute = 60_000
export const noon = Date.UTC(2026, 2, 2, 12)
const none: Totals = { installing: 0, validation: 0, configuring: 0, success: 0, failed: 0, aborted: 0, unknown: 0 }

type Sample = { readonly rule: NewRule; readonly subject?: string; readonly reading: Reading; readonly well: Reading }

const errorText = 'E: Unable to locate package <pkg>'
const samples: Readonly<Record<string, Sample>> = {
  'failure-rate': {
    rule: { kind: 'failure_rate', source: 'ProxmoxVE' },
    reading: {
      ...{ status: 'breach', value: 31.25, runs: 1_120 },
      scripts: [
        { script: 'immich', runs: 212 },
        { script: 'docker', runs: 90 },
        { script: 'paperless-ngx', runs: 17 },
      ],
    },
    well: { status: 'ok', value: 7.4, runs: 1_300 },
  },
  'failure-rate-script': {
    rule: { kind: 'failure_rate', script: 'immich', threshold: 30, windowMin: 60, holdMin: 15 },
    reading: { status: 'breach', value: 50, runs: 12 },
    well: { status: 'ok', value: 0, runs: 12 },
  },
  'script-worse': {
    rule: { kind: 'script_worse' },
    subject: 'immich',
    reading: { status: 'breach', value: 29.1, runs: 112, text: '38.0 % instead of 8.9 %' },
    well: { status: 'ok', value: 1, runs: 80, text: '9.9 % instead of 8.9 %' },
  },
  'new-error': {
    rule: { kind: 'new_error' },
    subject: '7f3a5c1d9e2b4f60',
    reading: {
      status: 'breach',
      value: 5,
      text: errorText,
      scripts: [{ script: 'immich' }, { script: 'docker' }],
      exitCodes: [100],
      since: noon - 13 * minute,
    },
    well: { status: 'ok' },
  },
  'no-data': { rule: { kind: 'no_data' }, reading: { status: 'no_data', value: 0, runs: 0 }, well: { status: 'ok', value: 12, runs: 12 } },
  'stuck-runs': {
    rule: { kind: 'stuck_runs' },
    reading: { status: 'breach', value: 62, scripts: [{ script: 'home-assistant', runs: 58 }] },
    well: { status: 'ok', value: 3 },
  },
  'mirror-behind': {
    rule: { kind: 'mirror_behind', holdMin: 30 },
    reading: { status: 'breach', value: 12_345 },
    well: { status: 'ok', value: 0 },
  },
  'disk-full': {
    rule: { kind: 'disk_full' },
    reading: { status: 'breach', value: 4.8, text: '1.9 GB of 40.0 GB' },
    well: { status: 'ok', value: 38.2, text: '15.3 GB of 40.0 GB' },
  },
  'backup-failed': {
    rule: { kind: 'backup_failed', holdMin: 30 },
    reading: { status: 'breach', value: 1, text: 'of 2026-02-28 02:40 UTC' },
    well: { status: 'ok', value: 0, text: 'of 2026-03-02 02:40 UTC' },
  },
  'integrity-failed': {
    rule: { kind: 'integrity_failed', holdMin: 30 },
    reading: { status: 'breach', value: 1, text: 'of 2026-03-01 04:10 UTC' },
    well: { status: 'ok', value: 0, text: 'of 2026-03-02 04:10 UTC' },
  },
}

export const sampleNames = Object.keys(samples)

/** The alarm of a sample, or its end three hours later. */
export function sampleMessage(name: string, isOver = false, change: Partial<Telling> = {}): AlertMessage {
  const sample = samples[name]
  if (sample === undefined) throw new Error(`there is no sample ${name}`)
  const { rule, subject = '', reading, well } = sample
  const made = makeRule(rule, name)
  if (!made.ok) throw new Error(made.fault)
  const alarm = {
    rule: made.value,
    subject,
    phase: reading.status === 'no_data' ? 'no_data' : 'firing',
    since: noon,
    reading,
    at: noon,
  } as const
  const end = { ...alarm, phase: 'ok', alarmedAt: noon, since: noon + 200 * minute, reading: well, at: noon + 200 * minute } as const
  return composeMessage({ ...(isOver ? end : alarm), ...change })
}

/** The report of a week with more scripts, types and systems than it lists. */
export function sampleReport(texts: (text: string) => string = (text) => text): Promise<AlertMessage> {
  const reader = { analyse: async () => sampleAnalysis(texts), errorGroups: async () => sampleErrors(texts) }
  const unused = () => Promise.reject(new Error('a report asks for sums'))
  const source = { reader: { ...reader, recentScripts: unused, totals: unused }, isMutedGroup: () => false }
  return composeReport(source, { tenant: 'default', now: noon })
}

const monday = dayOf(Date.UTC(2026, 1, 23))

function sampleAnalysis(texts: (text: string) => string): Analysis {
  const days = [4_102, 3_980, 4_411, 5_020, 4_600, 6_203, 5_796]
  const series = days.map((runs, index) => ({
    start: (monday + index) * dayMs,
    counts: spread(runs, index === 3 ? 0.31 : 0.07),
    medians: {},
  }))
  const total = spread(34_112, 0.105)
  const groups = (names: readonly string[], first: number) =>
    names.map((name, index) => groupOf(texts(name), Math.round(first / (index + 1))))
  return {
    range: { fromDay: monday, toDay: monday + 6 },
    ...{ total: { counts: total }, previous: { counts: spread(32_180, 0.071) }, series },
    by: {
      script: breakdown(
        groups(['docker', 'immich', 'home-assistant', 'paperless-ngx', 'a-script-with-an-unusually-long-name-of-its-own', 'alpine'], 5_120),
        412,
      ),
      type: breakdown(groups(['lxc', 'vm', 'addon', 'pve', 'tool', 'turnkey'], 24_000), 6),
      os: breakdown(groups(['debian', 'ubuntu', 'alpine', 'homeassistant', 'fedora'], 22_000), 9),
      error: breakdown(
        sampleErrors(texts).map(({ fingerprint }, index) => ({
          ...groupOf(fingerprint, 0),
          counts: { ...none, failed: 900 - 160 * index },
          previous: { ...none, failed: index === 1 ? 0 : 400 },
        })),
        58,
      ),
    },
  }
}

function spread(runs: number, failedShare: number): Totals {
  const [failed, aborted, unknown] = [Math.round(runs * failedShare), Math.round(runs * 0.04), Math.round(runs * 0.01)]
  return { ...none, success: runs - failed - aborted - unknown, failed, aborted, unknown }
}

function groupOf(value: string, runs: number): Group {
  return { value, lastDay: monday + 6, counts: spread(runs, value.length % 3 === 0 ? 0.31 : 0.06) }
}

function breakdown(groups: readonly Group[], distinct: number): Breakdown {
  return { groups, distinct, rest: spread(distinct > groups.length ? 4_200 : 0, 0.05), folded: none }
}

function sampleErrors(texts: (text: string) => string) {
  const titles = [
    errorText,
    'curl: (6) Could not resolve host: <host>',
    'No space left on device',
    'npm ERR! code ELIFECYCLE, and a name that goes on for as long as names of errors may go on, which is a hundred and so',
    'Release file for <url> is not valid yet',
  ]
  return titles.map((title, index) => ({
    ...{ fingerprint: `7f3a5c1d9e2b4f6${index}`, title: texts(title), exitCodes: [100], scripts: ['immich'] },
    firstAt: index === 1 ? (monday + 3) * dayMs : 0,
  }))
}
