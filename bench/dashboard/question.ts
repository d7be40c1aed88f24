/** A row of the table: what is asked for, and the target of its 99th percentile in milliseconds. */
export type Row = { readonly name: string; readonly targetMs: number; readonly paths: readonly string[] }

const listPages = ['/dashboard', '/script-analysis', '/error-analysis'] as const
/** What roll-ups answer. */
const plain = ['', 'source=ProxmoxVE', 'type=lxc', 'source=ProxmoxVE&type=vm'] as const
/** One value of each filter that two dimensions cross, frequent and rare ones, as bench/dashboard/history.ts makes them. */
const crossed = {
  os: ['debian', 'alpine'],
  script: ['script-0', 'script-12', 'script-480'],
  slug: ['community-scripts/ProxmoxVE', 'external'],
  status: ['failed', 'success', 'aborted'],
  category: ['apt', 'user_aborted'],
  method: ['default', 'generated'],
  arch: ['arm64', 'amd64'],
  os_version: ['12', '3.21'],
  pve_version: ['9.1.2'],
  exit_code: ['100'],
  gpu: ['nvidia'],
  cores: ['2'],
} as const
const oneFilter = Object.entries(crossed).flatMap(([name, values]) => values.map((value) => `${name}=${value}`))

/** Every row that pages of lists and figures are measured with. `latest` are the ids of some runs, `deep` addresses far behind the first page of records. */
export function rowsOf(latest: readonly string[], deep: readonly string[]): readonly Row[] {
  const figures = (name: string, targetMs: number, period: string, filters: readonly string[]): Row => ({
    name: `${name}, ${period}`,
    targetMs,
    paths: listPages.flatMap((page) => filters.map((filter) => `${page}?period=${period}${filter === '' ? '' : `&${filter}`}`)),
  })
  const scripts = (period: string, targetMs: number): Row => ({
    name: `a script’s page, ${period}`,
    targetMs,
    paths: ['script-0', 'script-3', 'script-40', 'script-480'].map((name) => `/scripts/${name}?period=${period}`),
  })
  return [
    figures('overview, scripts, errors', 25, '30d', plain),
    figures('overview, scripts, errors', 50, '365d', plain),
    figures('overview, scripts, errors', 50, 'all', plain),
    figures('one crossed filter', 50, '30d', oneFilter),
    figures('two crossed filters', 50, '30d', pairsOf(oneFilter)),
    figures('one crossed filter', 500, '365d', oneFilter),
    figures('two crossed filters', 500, '365d', pairsOf(oneFilter)),
    scripts('30d', 50),
    scripts('365d', 500),
    { name: 'records, indexed pairs', targetMs: 25, paths: indexedPairs.map((pair) => `/records?period=all&${pair}`) },
    { name: 'records, any two filters', targetMs: 400, paths: pairsOf(oneFilter).map((pair) => `/records?period=all&${pair}`) },
    { name: 'records, deep page', targetMs: 25, paths: deep },
    { name: 'one record', targetMs: 25, paths: latest.map((id) => `/records/${id}`) },
    { name: 'system', targetMs: 50, paths: ['/system'] },
  ]
}

const indexedPairs = [
  'script=script-0&status=failed',
  'script=script-12&status=success',
  'source=ProxmoxVE&status=failed',
  'status=aborted&source=ProxmoxVED',
]

/** Pairs of filters with different names: each with the one that stands a third of the list further, so that every filter occurs twice. */
function pairsOf(filters: readonly string[]): readonly string[] {
  const shift = Math.floor(filters.length / 3)
  return filters.flatMap((filter, place) => {
    const other = filters[(place + shift) % filters.length] ?? ''
    return filter.split('=')[0] === other.split('=')[0] ? [] : [`${filter}&${other}`]
  })
}
