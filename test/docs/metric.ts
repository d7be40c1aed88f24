import { createTally } from '../../src/base/tally.ts'
import { createCloakTallies } from '../../src/http/cloak/tally.ts'
import { createServiceMetrics } from '../../src/http/metrics.ts'

/** The rows that docs/operations.md must hold: every series the service makes, with its kind and its own words. */
export async function metricRows(): Promise<readonly string[]> {
  const text = await allSeries().text()
  const kinds = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', kind = '']) => [name, kind]))
  return [...text.matchAll(/^# HELP (\S+) (.+)$/gm)].map(
    ([, name = '', help = '']) => `| \`${name}\` | ${kinds.get(name)} | ${help.replace(/\.$/, '')} |`,
  )
}

function allSeries() {
  const tally = createTally()
  const tallies = {
    accepted: tally,
    repaired: tally,
    refused: tally,
    cloaked: tally,
    unknownKeys: tally,
    lostLines: tally,
    cloak: createCloakTallies(),
  }
  const zero = (): number => 0
  const today = async () => ({ total: 0, success: 0, failed: 0, aborted: 0, pending: 0 })
  return createServiceMetrics(tallies, {
    ...{ journalBytes: zero, storeLagEvents: zero, storeFaults: zero, setAside: zero },
    ...{ pocketbaseUp: zero, pocketbaseLagRuns: zero, pocketbaseParked: zero, timers: () => [], today },
  }).metrics
}
