import { formatDay } from '../../src/base/format.ts'
import type { AlertsView, RulePageView } from '../../src/page/alert/alerts-view.ts'
import { sampleFrame } from './sample-view.ts'

/** Alerts of which some fire. */
export function sampleAlerts(texts: (text: string) => string = (text) => text): AlertsView {
  const since = texts('2026-03-02 11:15')
  const watch = { lastSent: { at: since, sent: texts('mail sent, webhook waits (timeout)') }, nextLook: texts('2026-03-02 12:30') }
  return {
    frame: sampleFrame('/alerts', texts),
    isEnabled: true,
    channels: [texts('mail'), texts('webhook')],
    rules: [
      {
        ...{
          id: texts('script-worse'),
          href: '/alerts/script-worse',
          title: texts('a script fails more than usual'),
          state: 'firing',
          since,
        },
        ...{
          now: texts('29.1 points'),
          limit: texts('15 points'),
          silences: [],
          subjects: sampleSubjects(texts),
          moreSubjects: 4,
          ...watch,
        },
      },
      {
        ...{
          id: texts('no-data-1f2e3d4c'),
          href: '/alerts/no-data-1f2e3d4c',
          title: texts('too few runs arrive'),
          state: 'no_data',
          since,
        },
        ...{
          now: texts('0 runs'),
          limit: texts('1 runs'),
          silences: [texts('quiet hours 22-6')],
          subjects: [],
          moreSubjects: 0,
          nextLook: watch.nextLook,
        },
      },
      {
        ...{ id: texts('disk-full'), href: '/alerts/disk-full', title: texts('the disk is nearly full'), state: 'pending', since },
        ...{ now: texts('9.8 % free'), limit: texts('10 % free'), silences: [], subjects: [], moreSubjects: 0, nextLook: watch.nextLook },
      },
      {
        ...{ id: texts('failure-rate'), href: '/alerts/failure-rate', title: texts('failure rate (ProxmoxVE)'), state: 'ok', since },
        ...{ now: texts('7.4 %'), limit: texts('20 %'), silences: [], subjects: [], moreSubjects: 0, nextLook: watch.nextLook },
      },
      {
        ...{ id: texts('new-error'), href: '/alerts/new-error', title: texts('a new error'), state: 'muted', since },
        ...{
          now: '–',
          limit: texts('3 runs'),
          silences: [texts('muted until 2026-03-03 11:15'), texts('quiet hours 8-17')],
          subjects: [],
          moreSubjects: 0,
          nextLook: watch.nextLook,
        },
      },
    ],
    change: { token: 'form-token', kinds: sampleKinds(texts), mayTest: true, chosen: 'failure_rate', fields: noFields },
    told: [
      {
        at: since,
        title: texts('Alert: a script fails more than usual (immich), 38.0 % instead of 8.9 %'),
        summary: texts('immich fails 38.0 % instead of 8.9 %, counted over 112 runs that ended in the last 6 hours.'),
        href: '/scripts/immich',
        sent: texts('mail sent, webhook waits (timeout)'),
      },
      {
        ...{ at: texts('2026-03-01 20:40'), title: texts('Alert: a new error, 5 runs'), summary: texts('E: cannot find <path>') },
        ...{ href: '/errors/0123456789abcdef', sent: texts('mail sent, webhook given up (timeout)') },
        again: { message: 'a1b2', channels: ['webhook'] },
      },
      {
        at: texts('2026-03-01 18:10'),
        title: texts('Alert: a script fails more than usual (a-script-whose-name-is-as-long-as-they-come-at), 38.0 % instead of 8.9 %'),
        summary: texts(
          'a-script-whose-name-is-as-long-as-they-come-at fails 38.0 % instead of 8.9 %, counted over 112 runs that ended in the last 6 hours.',
        ),
        ...{ href: '/scripts/immich', sent: texts('mail given up (EENVELOPE 550), webhook given up (connection_refused)') },
        again: { message: 'c3d4', channels: ['mail', 'webhook'] },
      },
    ],
  }
}

/** Alerts that were never turned on, so that nothing can be tested. */
export function sampleAlertsOff(texts: (text: string) => string = (text) => text): AlertsView {
  const { change, ...view } = sampleAlerts(texts)
  return { ...view, isEnabled: false, channels: [], rules: [], told: [], ...(change && { change: { ...change, mayTest: false } }) }
}

function sampleSubjects(texts: (text: string) => string): AlertsView['rules'][number]['subjects'] {
  return [
    { text: texts('immich'), href: '/scripts/immich' },
    { text: texts('docker'), href: '/scripts/docker' },
  ]
}

const noFields = { source: '', script: '', threshold: '', windowMin: '', runsMin: '', holdMin: '', cooldownMin: '', quiet: '' }

function sampleKinds(texts: (text: string) => string) {
  return [
    { name: 'failure_rate', meaning: texts('failed runs among those that succeeded or failed'), threshold: texts('20 %') },
    { name: 'disk_full', meaning: texts('free space of the disk below the threshold'), threshold: texts('10 % free') },
  ]
}

/** Thirty days, of which the first two are not known and the last one is over the limit. */
function samplePast(texts: (text: string) => string): RulePageView['past'] {
  return {
    ...{ title: texts('The highest figure of each day'), unit: 'count', limit: 15, note: texts('It would have fired 1 time in 30 days.') },
    days: Array.from({ length: 30 }, (_, index) => {
      const value = index < 2 ? undefined : index === 29 ? 29.1 : (index * 7) % 14
      const name = formatDay(20_486 + index)
      return {
        ...{
          name,
          label: texts(name.slice(5)),
          text: texts(value === undefined ? '–' : `${value} points`),
          told: index === 29 ? [texts('03:12'), texts('14:40')] : [],
        },
        ...(value !== undefined && { value }),
      }
    }),
  }
}

/** One rule that fires, as who may change it sees it. */
export function sampleAlertRule(texts: (text: string) => string = (text) => text): RulePageView {
  const { rules, told } = sampleAlerts(texts)
  const [rule] = rules
  if (rule === undefined) throw new Error('the sample has rules')
  const fields = { ...noFields, source: texts('ProxmoxVE'), script: texts('immich'), threshold: '15', windowMin: '360', runsMin: '20' }
  return {
    frame: sampleFrame('/alerts/script-worse', texts),
    rule,
    facts: [
      { name: 'counts', text: texts('a script fails more often than in its own past four weeks') },
      { name: 'threshold', text: texts('15 points') },
    ],
    past: samplePast(texts),
    history: [...told, { at: texts('2026-02-27 08:00'), title: texts('Muted'), summary: texts('by admin'), sent: '–' }],
    change: { token: 'form-token', mayTest: true, isOfSettings: false, fields },
  }
}
