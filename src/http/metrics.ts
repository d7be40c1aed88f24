import { createMetrics, type Metrics, metricsContentType, type Reading } from '../base/metrics.ts'
import type { Tally } from '../base/tally.ts'
import { successRate } from '../event/success-rate.ts'
import type { IngestTallies } from '../ingest/door.ts'
import { securityHeaders } from './answer.ts'
import type { CloakTallies } from './cloak/tally.ts'
import type { Route } from './route.ts'

/** What the gauges read at each scrape. A reading that is undefined leaves its series out. */
export type Gauges = {
  readonly journalBytes: () => number
  readonly storeLagEvents: () => number | undefined
  readonly storeFaults: () => number | undefined
  readonly setAside: () => number | undefined
  readonly pocketbaseUp: () => number | undefined
  readonly pocketbaseLagRuns: () => number | undefined
  readonly pocketbaseParked: () => number | undefined
  readonly timers: () => readonly TimerReading[]
  /** Runs since midnight UTC of the default source, by status as read; undefined while the store gives no answer. */
  readonly today: () => Promise<Today | undefined>
}

/** A timer with its last run, if it ever had one. Times are milliseconds since 1970 UTC. */
export type TimerReading = {
  readonly name: string
  readonly last?: { readonly beganAt: number; readonly tookMs: number; readonly result: 'running' | 'done' | 'failed' }
  readonly dueAt: number
  readonly failures: number
}

export type Today = {
  readonly total: number
  readonly success: number
  readonly failed: number
  readonly aborted: number
  readonly pending: number
}

/** Upper bounds in seconds: from what a small event takes to what nobody waits for. */
const secondsBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

export type ServiceMetrics = {
  readonly metrics: Metrics
  readonly observeIngest: (seconds: number) => void
  readonly observeCommit: (seconds: number) => void
  readonly observeRequest: (route: string, seconds: number) => void
}

/** `cloak` is missing where PIICLOAK_ENABLE_METRICS says no. */
export type ServiceTallies = IngestTallies & { readonly refused: Tally; readonly lostLines: Tally; readonly cloak?: CloakTallies }

/** All series of the service. Labels are words of ours: a script, a tenant or an address never becomes one. */
export function createServiceMetrics(tallies: ServiceTallies, gauges: Gauges): ServiceMetrics {
  const metrics = createMetrics()
  metrics.counter('telemetry_events_accepted_total', 'Events on disk before their answer left.', tallies.accepted)
  metrics.counter('telemetry_events_repaired_total', 'Repairs of events, by field and rule.', tallies.repaired, 'rule')
  metrics.counter('telemetry_events_refused_total', 'Requests and batch items refused, by code, field and rule.', tallies.refused, 'reason')
  metrics.counter('telemetry_events_cloaked_total', 'Events in which a rule hid something, by rule.', tallies.cloaked, 'rule')
  metrics.counter('telemetry_unknown_keys_total', 'Keys of events that are no field of ours and were ignored.', tallies.unknownKeys)
  metrics.counter('telemetry_log_lines_lost_total', 'Lines of the log that could not be written, by place.', tallies.lostLines, 'place')
  addParts(metrics, gauges)
  addToday(metrics, gauges.today)
  addTimers(metrics, gauges.timers)
  if (tallies.cloak !== undefined) addCloak(metrics, tallies.cloak)
  const observeIngest = metrics.histogram(
    'telemetry_ingest_seconds',
    'Time from request to answer of accepted single events.',
    secondsBounds,
  )
  const observeCommit = metrics.histogram(
    'telemetry_commit_seconds',
    'Time from a prepared group of events to its being on disk.',
    secondsBounds,
  )
  const observeRequest = metrics.histogramBy(
    'route',
    'telemetry_request_seconds',
    'Time from request to answer on every other route, whatever the answer.',
    secondsBounds,
  )
  return { metrics, observeIngest, observeCommit, observeRequest }
}

function addParts(metrics: Metrics, gauges: Gauges): void {
  metrics.gauge('telemetry_journal_bytes', 'Bytes of the journal in use.', gauges.journalBytes)
  metrics.gauge(
    'telemetry_store_lag_events',
    'Events on disk that are not yet in the store; absent while the store is being opened.',
    gauges.storeLagEvents,
  )
  metrics.gauge('telemetry_store_faults', 'Faults the store met since the start.', gauges.storeFaults)
  metrics.gauge('telemetry_store_set_aside', 'Entries set aside for a fault of their own.', gauges.setAside)
  metrics.gauge(
    'telemetry_pocketbase_up',
    '1 when the last exchange with PocketBase worked, 0 when not; absent when it is off.',
    gauges.pocketbaseUp,
  )
  metrics.gauge('telemetry_pocketbase_lag_runs', 'Changes of runs that PocketBase does not have yet.', gauges.pocketbaseLagRuns)
  metrics.gauge('telemetry_pocketbase_parked', 'Runs that PocketBase refused for a fault of their own.', gauges.pocketbaseParked)
  metrics.gauge('telemetry_process_resident_bytes', 'Resident memory of the process.', () => process.memoryUsage.rss())
}

function addTimers(metrics: Metrics, timers: Gauges['timers']): void {
  const gauge = (name: string, help: string, read: (timer: TimerReading) => number | undefined) =>
    metrics.gaugeBy('timer', name, help, () =>
      timers().flatMap((timer) => {
        const reading = read(timer)
        return reading === undefined ? [] : [[timer.name, reading] as const]
      }),
    )
  gauge('telemetry_timer_last_run_time_seconds', 'When a timer began to run last.', ({ last }) => last && last.beganAt / 1_000)
  gauge('telemetry_timer_next_run_time_seconds', 'When a timer is due.', ({ dueAt }) => dueAt / 1_000)
  gauge('telemetry_timer_duration_seconds', 'How long the last run of a timer took.', ({ last }) => last && last.tookMs / 1_000)
  gauge('telemetry_timer_ok', '0 when the last run of a timer failed, else 1.', ({ last }) => last && Number(last.result !== 'failed'))
  gauge('telemetry_timer_failures', 'Runs of a timer that failed since the start.', ({ failures }) => failures)
}

/** The names of the service this one replaces. They fall to 0 at midnight, so they are gauges. */
function addToday(metrics: Metrics, ask: () => Promise<Today | undefined>): void {
  const today = shareAnswer(ask)
  const gauge = (name: string, help: string, read: (figures: Today) => Reading) =>
    metrics.gauge(name, help, async () => {
      const figures = await today()
      return figures === undefined ? undefined : read(figures)
    })
  gauge('telemetry_installs_total', 'Runs since midnight UTC.', ({ total }) => total)
  gauge('telemetry_installs_success_total', 'Runs since midnight UTC that succeeded.', ({ success }) => success)
  gauge('telemetry_installs_failed_total', 'Runs since midnight UTC that failed.', ({ failed }) => failed)
  gauge('telemetry_installs_aborted_total', 'Runs since midnight UTC that were aborted.', ({ aborted }) => aborted)
  gauge('telemetry_installs_pending', 'Runs since midnight UTC without an end.', ({ pending }) => pending)
  gauge('telemetry_success_rate', 'Share of successes among runs since midnight UTC that succeeded or failed, in percent.', rateOf)
}

/** The names of PIICloak. Its mean is a gauge there too. */
function addCloak(metrics: Metrics, tallies: CloakTallies): void {
  metrics.counter('piicloak_requests_total', 'Requests to the cloak API.', tallies.requests)
  metrics.counter('piicloak_errors_total', 'Answers of the cloak API with a status from 400 on.', tallies.errors)
  metrics.counter('piicloak_entities_detected_total', 'What was found in texts that were anonymized.', tallies.found)
  metrics.counter('piicloak_requests_by_endpoint', 'Requests to the cloak API, by what answered them.', tallies.requests, 'endpoint')
  metrics.gauge(
    'piicloak_request_duration_seconds',
    'Mean time from request to answer of the last 1000 requests to the cloak API.',
    tallies.meanSeconds,
  )
}

/** One question for all that ask while it is out: the gauges of one scrape. A scrape shows what it can, so a failure is no answer. */
function shareAnswer(ask: () => Promise<Today | undefined>): () => Promise<Today | undefined> {
  let asked: Promise<Today | undefined> | undefined
  return () => {
    asked ??= ask()
      .catch(() => undefined)
      .finally(() => {
        asked = undefined
      })
    return asked
  }
}

function rateOf(today: Today): number {
  return Math.round(successRate(today).share * 10_000) / 100
}

/** `/metrics`. Who may scrape it is decided by the table of the listener that it is served by. */
export function metricsRoute(metrics: Metrics): Route {
  return { method: 'GET', path: '/metrics', handle: () => answerMetrics(metrics) }
}

async function answerMetrics(metrics: Metrics): Promise<Response> {
  const headers = { ...securityHeaders, 'Content-Type': metricsContentType, 'Cache-Control': 'no-store' }
  return new Response(await metrics.text(), { status: 200, headers })
}
