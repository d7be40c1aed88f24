import { errorPath, type Href, pathWith, scriptPath } from '../base/page-path.ts'
import type { DayRange, RunFilter } from '../store/analysis-port.ts'
import { formatDay } from './format.ts'

export { errorPath, type Href, scriptPath }

/** The periods that have a name. Days are UTC days; `30d` is today and the 29 days before. */
export const periods = ['today', '7d', '30d', '90d', '365d', 'all'] as const
export type Period = (typeof periods)[number]

/** What an address asks for: a period by name or by its first and last day (`2026-03-01`), whether it is compared with the one before, and filters. */
export type Selection = {
  /** Whoever did not sign in asks for one filter at a time: another one takes its place, wherever an address is made. */
  readonly isSingle?: true
  readonly period: Period | { readonly from: string; readonly to: string }
  readonly compares: boolean
  readonly filter: RunFilter
}

export type FilterName = keyof RunFilter

/** How a filter is called on a page. Their names in addresses are those of `RunFilter`. */
export const filterTitles: Readonly<Record<FilterName, string>> = {
  source: 'source',
  slug: 'repository',
  script: 'script',
  type: 'type',
  os: 'OS',
  os_version: 'OS version',
  pve_version: 'PVE version',
  status: 'status',
  category: 'category',
  exit_code: 'exit code',
  error: 'error',
  method: 'method',
  platform: 'platform',
  arch: 'architecture',
  ct_type: 'container',
  cpu_vendor: 'CPU maker',
  cpu_model: 'CPU',
  gpu: 'GPU',
  gpu_model: 'GPU model',
  cores: 'cores',
  ram: 'RAM in MB',
  disk: 'disk in GB',
}

export type Parameters = Readonly<Record<string, string | undefined>>

/** The address of `path` under a selection; `extra` adds parameters of the page itself, such as its order. What is empty is left out. */
export function addressOf(path: Href, { period, compares, filter: own, isSingle }: Selection, extra: Parameters = {}): Href {
  const when = typeof period === 'string' ? { period } : period
  const filter = isSingle && isFilter(path) ? {} : own
  return pathWith(path, { ...when, ...(!compares && { compare: 'none' }), ...filter, ...extra })
}

/** Matches the page of one script or one error, and the list where a script is found whose page has no path. */
function isFilter(path: Href): boolean {
  return /^\/(?:scripts|errors)\/|\?/.test(path)
}

/** The same selection with other filters; one that is undefined goes. */
export function refilter(selection: Selection, changes: { readonly [Name in FilterName]?: string | undefined }): Selection {
  const isReplaced = selection.isSingle && Object.values(changes).some((value) => value !== undefined)
  const entries = Object.entries({ ...(!isReplaced && selection.filter), ...changes }).filter(([, value]) => value !== undefined)
  return { ...selection, filter: Object.fromEntries(entries) }
}

/** The same filters over the days of a range. */
export function during(selection: Selection, { fromDay, toDay }: DayRange): Selection {
  return { ...selection, period: { from: formatDay(fromDay), to: formatDay(toDay) } }
}

/** Where the issue of a group of errors is opened. */
export function issuePath(fingerprint: string): Href {
  return `${errorPath(fingerprint)}/issue`
}

/** The page of a run, by its execution id or, where it has none, its random id. */
export function recordPath(id: string): Href {
  return `/records/${encodeURIComponent(id)}`
}
