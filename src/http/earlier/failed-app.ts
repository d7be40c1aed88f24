import { percentOf, type TypeRows } from './app-row.ts'
import type { EarlierDashboard } from './schema.ts'

type FailedApp = EarlierDashboard['failed_apps'][number]

const half = 8
const containers = 'lxc'

/** The scripts that fail most often: eight containers and eight others, each half giving what it does not need to the other. */
export function rankFailedApps(types: readonly TypeRows[], days: number | undefined): FailedApp[] {
  const least = runsLeast(days)
  const ranked = types
    .flatMap(({ apps }) => apps)
    .filter(({ total, counts }) => total >= least && counts.failed > 0)
    .map(({ app, type, total, counts }) => ({
      app,
      type,
      total_count: total,
      failed_count: counts.failed,
      failure_rate: percentOf(counts.failed, total),
    }))
    .toSorted((one, other) => other.failure_rate - one.failure_rate || other.failed_count - one.failed_count)
  const inContainers = ranked.filter(({ type }) => type === containers)
  const others = ranked.filter(({ type }) => type !== containers)
  const shown = inContainers.slice(0, half + Math.max(0, half - others.length))
  return [...shown, ...others.slice(0, 2 * half - shown.length)]
}

/** Fewer runs say nothing of a script; the longer the period, the more are asked for. */
function runsLeast(days: number | undefined): number {
  if (days === undefined || days > 30) return 100
  if (days > 7) return 40
  return days > 1 ? 15 : 5
}
