import { type Static, type TProperties, Type } from '@sinclair/typebox'

/** The answers of the earlier service's API, key by key. Lists are never null. */

const count = Type.Integer({ minimum: 0 })
const percent = (description: string) => Type.Number({ minimum: 0, maximum: 100, description })
const text = Type.String()
const rows = <Row extends TProperties>(row: Row, maximum?: number) =>
  Type.Array(Type.Object(row), maximum === undefined ? {} : { description: `At most ${maximum}.` })
const counted = <Name extends string>(name: Name, maximum: number) =>
  rows({ [name]: text, count } as { [Key in Name]: typeof text } & { count: typeof count }, maximum)

export const EarlierRecord = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
  description:
    'The fields of the event by their names, without those that are zero or empty; `created`; `pipeline`, a text that holds JSON.',
})

/** Not of the earlier service: numbers over days whose runs have expired, by a filter that their sums do not know. */
const partial = Type.Optional(Type.Literal(true, { description: 'Runs have expired, and only what is left is counted.' }))

export const EarlierDashboard = Type.Object({
  partial,
  total_installs: count,
  total_all_time: count,
  sample_size: count,
  success_count: count,
  failed_count: count,
  aborted_count: count,
  installing_count: Type.Integer({ minimum: 0, description: 'Runs that did not end yet, in whatever stage.' }),
  success_rate: percent('success / (success + failed).'),
  top_apps: counted('app', 20),
  os_distribution: counted('os', 15),
  method_stats: counted('method', 10),
  pve_versions: counted('version', 15),
  type_stats: counted('type', 10),
  error_analysis: rows({ pattern: text, count, unique_apps: count, apps: text }, 15),
  failed_apps: rows({ app: text, type: text, total_count: count, failed_count: count, failure_rate: percent('failed / all.') }, 16),
  recent_records: Type.Array(EarlierRecord, { description: 'At most 20, none without a sign-in.' }),
  daily_stats: rows({ date: text, success: count, failed: count }),
  gpu_stats: rows({ vendor: text, passthrough: text, count }),
  error_categories: counted('category', 64),
  top_tools: counted('tool', 15),
  top_addons: counted('addon', 15),
  avg_install_duration: Type.Number({ minimum: 0, description: 'Seconds, of successful runs.' }),
  total_tools: count,
  total_addons: count,
  repo_slugs: counted('slug', 20),
})
export type EarlierDashboard = Static<typeof EarlierDashboard>

export const EarlierScripts = Type.Object({
  partial,
  total_scripts: count,
  total_installs: count,
  top_scripts: rows({
    app: text,
    type: text,
    total: count,
    success: count,
    failed: count,
    aborted: count,
    installing: count,
    success_rate: percent('success / (success + failed + aborted), as this API always had it.'),
    days_old: Type.Integer({ minimum: 1, description: 'The days that `installs_per_day` divides by: those that were counted.' }),
    installs_per_day: Type.Number({ minimum: 0 }),
  }),
  recent_scripts: rows(
    {
      ...{ app: text, type: text, status: text, exit_code: Type.Integer(), os_type: text, os_version: text, pve_version: text },
      ...{ created: text, method: text },
    },
    100,
  ),
})
export type EarlierScripts = Static<typeof EarlierScripts>

export const EarlierErrors = Type.Object({
  partial,
  total_errors: Type.Integer({ minimum: 0, description: 'Runs that failed or were aborted.' }),
  total_installs: count,
  overall_fail_rate: percent('(failed + aborted) / all.'),
  exit_code_stats: rows(
    {
      exit_code: Type.Integer({ description: '-1 counts the codes that too few runs had to be shown to everybody.' }),
      count,
      description: text,
      category: text,
      percentage: percent('Of all errors.'),
    },
    30,
  ),
  category_stats: rows({ category: text, count, percentage: percent('Of all errors.'), top_apps: text }),
  app_errors: rows(
    {
      ...{ app: text, type: text, total_count: count, failed_count: count, aborted_count: count },
      failure_rate: percent('failed / ended.'),
      ...{ top_exit_code: Type.Integer(), top_error: text, top_category: text },
    },
    50,
  ),
  recent_errors: rows(
    {
      ...{ nsapp: text, type: text, status: text, exit_code: Type.Integer(), error: text, error_category: text, os_type: text },
      ...{ os_version: text, created: text },
    },
    100,
  ),
  stuck_installing: Type.Integer({ minimum: 0, description: 'Runs that were given up, and those of earlier days that did not end.' }),
  error_timeline: rows({ date: text, failed: count, aborted: count }),
})
export type EarlierErrors = Static<typeof EarlierErrors>

export const EarlierSlugs = Type.Object({ partial, repo_slugs: counted('slug', 50) })
export type EarlierSlugs = Static<typeof EarlierSlugs>

export const EarlierAlerts = Type.Object({
  enabled: Type.Boolean(),
  history: Type.Array(
    Type.Object({ timestamp: Type.String(), type: Type.String(), message: Type.String(), failure_rate: Type.Optional(Type.Number()) }),
  ),
})
export type EarlierAlerts = Static<typeof EarlierAlerts>

export const EarlierExitCodes = Type.Record(Type.String(), Type.String())

/** `GET /api/cleanup/status`. */
export const CleanupStatus = Type.Object({
  stuck_count: Type.Integer({ minimum: 0, description: 'Runs that would be given up now.' }),
  stuck_after_hours: Type.Integer({ description: 'Hours without a report after which a run without an end is stuck.' }),
  check_interval: Type.String({ description: 'How often that is looked for, like `1h0m0s`.' }),
  enabled: Type.Boolean(),
  retention: Type.Object(
    {
      enabled: Type.Boolean(),
      runs: Type.Optional(Type.Integer({ minimum: 0, description: 'Runs of all tenants that the next run of the timer `runs` removes.' })),
      runs_wait: Type.Optional(
        Type.Boolean({ description: 'The next run only draws the line, as it leapt by more than a month; the one after it removes.' }),
      ),
      runs_from: Type.Optional(Type.String({ description: 'The day of the oldest of them.' })),
      runs_through: Type.Optional(Type.String({ description: 'The newest day that goes.' })),
      logs: Type.Optional(Type.Integer({ minimum: 0, description: 'Logs that the next run of the timer `traces` removes.' })),
      logs_before: Type.Optional(Type.String({ description: 'Logs of runs that began before this go.' })),
      next_run: Type.Optional(Type.String()),
    },
    { description: 'What retention removes next. The earlier service had no such key.' },
  ),
})
export type CleanupStatus = Static<typeof CleanupStatus>

/** `POST /api/cleanup/run`. */
export const CleanupRun = Type.Object({ updated: Type.Integer({ minimum: 0 }), message: Type.String() })
export type CleanupRun = Static<typeof CleanupRun>

/** `POST /api/github/create-issue`. */
export const IssueRequest = Type.Object({
  password: Type.Optional(Type.String({ description: 'ADMIN_PASSWORD; not needed with an admin key.' })),
  token: Type.Optional(Type.String({ description: 'Of a session: the token of its forms.' })),
  fingerprint: Type.Optional(
    Type.String({ pattern: '^[0-9a-f]{16}$', description: 'The group. Without it the next three fields say which is meant.' }),
  ),
  app_name: Type.Optional(Type.String({ description: 'The script.' })),
  exit_code: Type.Optional(Type.Integer()),
  error_text: Type.Optional(Type.String({ description: 'The text of a run, or the name of its group.' })),
  labels: Type.Optional(
    Type.Array(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9 ._:/+-]{0,49}$' }), {
      maxItems: 10,
      description: '`bug` and `telemetry` when empty.',
    }),
  ),
  title: Type.Optional(Type.String({ description: 'Not used: what is read by everybody comes from the group alone.' })),
  body: Type.Optional(Type.String({ description: 'Not used, like the title.' })),
  failure_rate: Type.Optional(Type.Number({ description: 'Not used, like the title.' })),
})
export type IssueRequest = Static<typeof IssueRequest>

export const CreatedIssue = Type.Object({ success: Type.Literal(true), issue_url: text })
export type CreatedIssue = Static<typeof CreatedIssue>

export const IssueRefusal = Type.Object({ error: text })
export type IssueRefusal = Static<typeof IssueRefusal>
