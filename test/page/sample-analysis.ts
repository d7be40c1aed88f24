import { dayMs } from '../../src/base/clock.ts'
import { sumOf } from '../../src/page/outcome.ts'
import type { Analysis, Breakdown, Bucket, Durations, Group } from '../../src/store/analysis-port.ts'
import type { Totals } from '../../src/store/count/totals.ts'
import { makeChance } from '../chance.ts'

/** Turns a text of a sample into the one that is shown: itself, or something hostile. */
export type Texts = (plain: string) => string
export const plainTexts: Texts = (plain) => plain

export const lastDay = 20_514 // 2026-03-02
export const noRuns: Totals = { installing: 0, validation: 0, configuring: 0, success: 0, failed: 0, aborted: 0, unknown: 0 }

/** About `runs` runs, most of which succeed. */
export function sampleTotals(runs: number, next: () => number): Totals {
  const success = Math.round(runs * (0.8 + next() * 0.12))
  const failed = Math.round((runs - success) * 0.6)
  const aborted = Math.round((runs - success - failed) * 0.8)
  return { ...noRuns, success, failed, aborted, unknown: runs - success - failed - aborted }
}

export function addTotals(all: readonly Totals[]): Totals {
  const names = Object.keys(noRuns) as (keyof Totals)[]
  return Object.fromEntries(names.map((name) => [name, all.reduce((sum, totals) => sum + totals[name], 0)])) as Totals
}

export function sampleDurations(counts: Totals, next: () => number): Durations {
  const p50 = Math.round(90 + next() * 120)
  return { count: counts.success, mean: p50 * 1.4, p50, p95: Math.round(p50 * (3 + next())) }
}

/** One bucket a day for `days` days up to `lastDay`, with a gap in what runs asked for and took. */
export function sampleSeries(days: number, runsADay: number, seed = 7): readonly Bucket[] {
  const next = makeChance(seed)
  return Array.from({ length: days }, (_, index) => {
    const counts = sampleTotals(Math.round(runsADay * (0.7 + next() * 0.6)), next)
    const isGap = index % 11 === 4
    return {
      start: (lastDay - days + 1 + index) * dayMs,
      counts,
      ...(!isGap && { durations: sampleDurations(counts, next) }),
      medians: isGap ? {} : { cores: next() < 0.8 ? 2 : 4, ram: next() < 0.7 ? 2_048 : 1_024, disk: 4 + Math.round(next() * 4) },
    }
  })
}

/** Groups with falling counts; with `isScript` also what only scripts have. */
export function sampleGroups(values: readonly string[], runs: number, isScript = false): readonly Group[] {
  const next = makeChance(values.length * 31 + 5)
  return values.map((value, index) => {
    const counts = sampleTotals(Math.round(runs / (index + 1) ** 1.1), next)
    const previous = sampleTotals(Math.round((runs / (index + 1) ** 1.1) * (0.7 + next() * 0.6)), next)
    return {
      value,
      counts,
      lastDay,
      previous,
      ...(isScript && {
        durations: sampleDurations(counts, next),
        trend: Array.from({ length: 14 }, () => sumOf(sampleTotals(Math.round(next() * (runs / (index + 1) / 14)), next))),
      }),
    }
  })
}

export function sampleBreakdown(
  values: readonly string[],
  runs: number,
  options: { readonly isScript?: boolean; readonly distinct?: number } = {},
): Breakdown {
  const { isScript = false, distinct = values.length } = options
  const next = makeChance(3)
  const isCut = distinct > values.length
  return {
    groups: sampleGroups(values, runs, isScript),
    distinct,
    rest: isCut ? sampleTotals(Math.round(runs / 5), next) : noRuns,
    folded: isCut ? sampleTotals(Math.round(runs / 50), next) : noRuns,
  }
}

export const sampleScripts = [
  'docker',
  'homeassistant',
  'immich',
  'paperless-ngx',
  'jellyfin',
  'adguard',
  'vaultwarden',
  'nextcloud-vm',
  'plex',
  'pihole',
  'traefik',
  'grafana',
  'prometheus',
  'uptimekuma',
  'zigbee2mqtt',
  'mqtt',
  'unifi',
  'wireguard',
  'gitea',
  'post-pve-install',
]

/** Thirty days of everything the overview shows. */
export function sampleAnalysis(texts: Texts = plainTexts, runsADay = 1_137): Analysis {
  const days = 30
  const series = sampleSeries(days, runsADay)
  const runs = runsADay * days
  const counts: Totals = { ...addTotals(series.map((bucket) => bucket.counts)), installing: 21, validation: 3, configuring: 13 }
  const next = makeChance(11)
  const by = (values: readonly string[], options: { readonly isScript?: boolean; readonly distinct?: number } = {}) =>
    sampleBreakdown(values.map(texts), Math.round(runs * 0.4), options)
  return {
    range: { fromDay: lastDay - days + 1, toDay: lastDay },
    total: { counts, durations: sampleDurations(counts, next) },
    previous: { counts: sampleTotals(Math.round(runs * 0.94), next), durations: sampleDurations(counts, next) },
    series,
    by: {
      script: by(sampleScripts, { isScript: true, distinct: 412 }),
      os: by(['debian', 'ubuntu', 'alpine', 'fedora', 'homeassistant', 'unknown'], { distinct: 14 }),
      ct_type: by(['1', '0', '2']),
      gpu_model: by(['Intel UHD Graphics 630', 'NVIDIA GeForce RTX 3060', 'AMD Radeon 780M', 'Intel Arc A380', 'unknown'], {
        distinct: 112,
      }),
      cpu_model: by(['Intel N100', 'Intel Core i5-8500T', 'AMD Ryzen 5 5600G', 'Intel Core i7-12700', 'unknown'], { distinct: 298 }),
      os_version: by(
        ['debian 13', 'debian 12', 'ubuntu 24.04', 'alpine 3.22', 'ubuntu 22.04', 'debian 11', 'fedora 42', 'homeassistant 15'],
        { distinct: 31 },
      ),
      pve_version: by(['9.1.1', '9.0.11', '8.4.14', '8.4.1', '8.3.5', '8.2.2', '7.4-20', 'unknown'], { distinct: 60 }),
      method: by(['default', 'advanced', 'mydefaults-global', 'appdefaults', 'unknown']),
      type: by(['lxc', 'vm', 'addon', 'pve', 'tool', 'turnkey']),
      gpu: by(['intel / igpu', 'nvidia / dgpu', 'amd / igpu', 'unknown / none']),
      cpu_vendor: by(['intel', 'amd', 'arm', 'unknown']),
      arch: by(['amd64', 'arm64']),
      platform: by(['pve', 'incus']),
      source: by(['ProxmoxVE', 'ProxmoxVED', 'external']),
      slug: by(['community-scripts/ProxmoxVE', 'community-scripts/ProxmoxVED', 'fork/ProxmoxVE'], { distinct: 14 }),
      category: by(['apt', 'network', 'dependency', 'timeout', 'storage', 'config', 'permission', 'unknown'], { distinct: 12 }),
      exit_code: by(['100', '1', '28', '130', '127', '255', '137', '6'], { distinct: 40 }),
    },
  }
}
