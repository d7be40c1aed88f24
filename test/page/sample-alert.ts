import type { AlertsView } from '../../src/page/alert/alerts-view.ts'
import { sampleFrame } from './sample-view.ts'

/** Alerts of which some fire. */
export function sampleAlerts(texts: (text: string) => string = (text) => text): AlertsView {
  const since = texts('2026-03-02 11:15')
  return {
    frame: sampleFrame('/alerts', texts),
    isEnabled: true,
    channels: [texts('mail'), texts('webhook')],
    rules: [
      {
        ...{ id: texts('script-worse'), title: texts('a script fails more than usual'), state: 'firing', since },
        ...{ now: texts('29.1 points'), limit: texts('15 points'), subjects: [texts('immich'), texts('docker')] },
      },
      {
        ...{ id: texts('no-data-1f2e3d4c'), title: texts('no runs arrive'), state: 'no_data', since },
        ...{ now: texts('0 runs'), limit: texts('1 runs'), subjects: [] },
      },
      {
        ...{ id: texts('disk-full'), title: texts('the disk is nearly full'), state: 'pending', since },
        ...{ now: texts('9.8 % free'), limit: texts('10 % free'), subjects: [] },
      },
      {
        ...{ id: texts('failure-rate'), title: texts('failure rate (ProxmoxVE)'), state: 'ok', since },
        ...{ now: texts('7.4 %'), limit: texts('20 %'), subjects: [] },
      },
      {
        ...{ id: texts('new-error'), title: texts('a new error'), state: 'muted', since },
        ...{ now: '–', limit: texts('3 runs'), subjects: [] },
      },
    ],
    told: [
      {
        at: since,
        title: texts('Alert: a script fails more than usual (immich), 29.1 points'),
        sent: texts('mail sent, webhook waits (timeout)'),
      },
      { at: texts('2026-03-01 20:40'), title: texts('Recovered: the disk is nearly full'), sent: texts('mail sent, webhook sent') },
    ],
  }
}
