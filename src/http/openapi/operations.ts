import {
  CleanupRun,
  CleanupStatus,
  CreatedIssue,
  EarlierAlerts,
  EarlierDashboard,
  EarlierErrors,
  EarlierExitCodes,
  EarlierScripts,
  EarlierSlugs,
  IssueRefusal,
  IssueRequest,
} from '../earlier/schema.ts'
import { scriptOrderDefault } from '../question/script-order.ts'
import { limitMax } from '../v1/page-of.ts'
import { ErasureAnswer, ErrorAnswer, ErrorsAnswer, OverviewAnswer, ScriptAnswer, ScriptsAnswer } from '../v1/schema.ts'
import { cloakOperations } from './cloak-operation.ts'
import { questionParameters, questionParametersWithout } from './filter-parameter.ts'
import { ingestOperations } from './ingest-operation.ts'
import { inJson, inPath, inQuery, type Operations } from './operation.ts'
import { ErasureWish, HealthAnswer, RecordAnswer, RecordsAnswer, RunsAnswer } from './schema.ts'

const days = (least: number, usual: number) =>
  inQuery('days', 'Days up to today (UTC).', { type: 'integer', minimum: least, maximum: 365, default: usual })
const source = inQuery('repo', 'A source; `all` for every one.', { type: 'string', default: 'ProxmoxVE' })
const slug = inQuery('slug', 'A repository, `owner/name`.')
const limit = inQuery('limit', 'How many at most.', { type: 'integer', minimum: 1, maximum: limitMax, default: 50 })
const after = inQuery('after', 'What the page before gave as `next`.')
const id = inPath('id', 'An execution id, or a random id for the newest run that has it.')
const yesOrNo = { type: 'string', enum: ['yes', 'no'] }
const app = inQuery('app', "A part of the script's name.")
const runParameters = [
  app,
  inQuery('repaired', 'Whether a report of the run was repaired.', yesOrNo),
  inQuery('cloaked', 'Whether something in it was hidden.', yesOrNo),
  inQuery('unended', 'Only runs that began more than two hours ago and whose end nobody knows: none was reported, or it is unknown.', {
    type: 'string',
    enum: ['yes'],
  }),
]
const recordsParameters = [
  inQuery('page', 'From 1.', { type: 'integer', minimum: 1, default: 1 }),
  ...[limit, days(0, 1), source, slug],
  ...['status', 'os', 'type'].map((name) => inQuery(name, 'Exact.')),
  inQuery('app', "A part of the script's name; `search` means the same."),
  inQuery('sort', '`created`, `nsapp`, `status`, `os_type`, `type`, `method` or `exit_code`, with `-` descending.'),
]
const unknown = { 404: { description: 'There is none.' } }

/** What every route for programs does, in the words of OpenAPI. */
export const operations: Operations = {
  ...ingestOperations,
  ...cloakOperations,
  'GET /api/v1/overview': {
    summary: 'Sums, their course, and what they are made of',
    tag: 'sums',
    parameters: questionParameters,
    answers: { 200: inJson('The sums.', OverviewAnswer) },
  },
  'GET /api/v1/scripts': {
    summary: 'Scripts, those with the most runs first',
    tag: 'sums',
    parameters: [...questionParameters, app, limit, after],
    answers: { 200: inJson('A page of scripts.', ScriptsAnswer) },
  },
  'GET /api/v1/scripts/:name': {
    summary: 'One script',
    tag: 'sums',
    parameters: [inPath('name', 'The name of the script.'), ...questionParametersWithout('script')],
    answers: { 200: inJson('Its sums.', ScriptAnswer), ...unknown },
  },
  'GET /api/v1/errors': {
    summary: 'Groups of errors, those with the most runs first',
    tag: 'sums',
    parameters: [...questionParameters, limit, after],
    answers: { 200: inJson('A page of groups.', ErrorsAnswer) },
  },
  'GET /api/v1/errors/:fingerprint': {
    summary: 'One group of errors',
    tag: 'sums',
    parameters: [inPath('fingerprint', 'Sixteen hexadecimal characters.'), ...questionParametersWithout('error')],
    answers: { 200: inJson('Its sums.', ErrorAnswer), ...unknown },
  },
  'GET /api/v1/runs': {
    summary: 'Runs, newest first',
    tag: 'runs',
    parameters: [
      ...questionParameters,
      ...runParameters,
      limit,
      inQuery('after', 'What a page gave as `older`.'),
      inQuery('before', 'What a page gave as `newer`.'),
    ],
    answers: { 200: inJson('A page of runs.', RunsAnswer) },
  },
  'GET /api/v1/runs/:id': {
    summary: 'One run with its history',
    tag: 'runs',
    parameters: [id],
    answers: { 200: inJson('The run.', RecordAnswer), ...unknown },
  },
  'POST /api/v1/erasures': {
    summary: 'Erases all runs of a random id of the own tenant',
    description:
      'For admins. Answered before anything is looked for. A browser sends `random_id` and the token of its forms, a key needs none.',
    tag: 'operation',
    body: { 'application/json': ErasureWish },
    answers: {
      202: inJson('It is on disk that they have to go.', ErasureAnswer),
      400: { description: 'The body is no object with a `random_id` and nothing else; field and rule say why.' },
      500: {
        description: 'The folder of the backups, in which erasures are kept, cannot be used; nothing was noted, and the message names it.',
      },
    },
  },
  'GET /api/records': {
    summary: 'Runs by page number, as the earlier service listed them',
    tag: 'earlier',
    parameters: recordsParameters,
    answers: { 200: inJson('A page of runs.', RecordsAnswer) },
  },
  'GET /api/records/:id': {
    summary: 'One run with its history',
    tag: 'earlier',
    parameters: [id],
    answers: { 200: inJson('The run.', RecordAnswer), ...unknown },
  },
  'GET /api/dashboard': {
    summary: 'Sums, as the earlier service gave them',
    tag: 'earlier',
    parameters: [days(0, 1), source, slug],
    answers: { 200: inJson('The sums.', EarlierDashboard) },
  },
  'GET /api/scripts': {
    summary: 'Scripts, as the earlier service gave them',
    tag: 'earlier',
    parameters: [days(0, 30), source, slug],
    answers: { 200: inJson('The scripts.', EarlierScripts) },
  },
  'GET /api/errors': {
    summary: 'Errors, as the earlier service gave them',
    tag: 'earlier',
    parameters: [days(1, 7), source, slug],
    answers: { 200: inJson('The errors.', EarlierErrors) },
  },
  'GET /api/repo-slugs': {
    summary: 'Repositories with their runs',
    tag: 'earlier',
    parameters: [days(1, 30), source, slug],
    answers: { 200: inJson('The repositories.', EarlierSlugs) },
  },
  'GET /api/cleanup/status': {
    summary: 'How many runs are stuck, and when that is looked for',
    tag: 'earlier',
    answers: { 200: inJson('Runs of the own tenant.', CleanupStatus) },
  },
  'POST /api/cleanup/run': {
    summary: 'Gives stuck runs up now',
    description: 'By an admin key, or by ADMIN_PASSWORD in the header X-Admin-Password or in the body as `{"password":"…"}`.',
    tag: 'earlier',
    answers: {
      200: inJson('How many were given up.', CleanupRun),
      401: { description: 'The password is missing or wrong.', type: 'text/plain' },
      429: { description: 'Too many tries of this client wait already.', type: 'text/plain' },
      503: { description: 'ADMIN_PASSWORD is not set, or the store gives no answer now.', type: 'text/plain' },
    },
  },
  'POST /api/github/create-issue': {
    summary: 'Opens an issue for a group of errors, or gives the one that is there',
    description:
      'By an admin key, by a maintainer with the token of the forms, or by ADMIN_PASSWORD. What it says comes from the group alone.',
    tag: 'earlier',
    body: { 'application/json': IssueRequest },
    answers: {
      200: inJson('The issue.', CreatedIssue),
      400: inJson('The body cannot be used, or there is no such group.', IssueRefusal),
      401: inJson('The password is missing or wrong.', IssueRefusal),
      403: inJson('A browser says that another site sent it.', IssueRefusal),
      429: inJson('Too many tries of this client wait already.', IssueRefusal),
      500: inJson('GitHub did not open it, and why.', IssueRefusal),
      503: inJson('GITHUB_TOKEN or ADMIN_PASSWORD is not set; or it is to be tried later, as Retry-After says.', IssueRefusal),
    },
  },
  'GET /api/exit-codes': {
    summary: 'What exit codes mean',
    tag: 'earlier',
    answers: { 200: inJson('By code.', EarlierExitCodes) },
  },
  'GET /api/alerts': {
    summary: 'What was told, newest first',
    tag: 'earlier',
    answers: { 200: inJson('The last 100 messages.', EarlierAlerts) },
  },
  'POST /api/alerts/test': {
    summary: 'Sends a test message to each channel',
    description: 'For maintainers of the tenant default. A browser sends the token of its forms along, a key needs none.',
    tag: 'earlier',
    answers: {
      200: { description: '`test alert sent`.', type: 'text/plain' },
      500: { description: '`alerting not configured`, or what went wrong by channel.', type: 'text/plain' },
    },
  },
  'GET /export/:file': {
    summary: 'A whole list as a file',
    description:
      'Takes the parameters of the list. Written while it is read: a connection that is cut had no whole list. The header `Telemetry-Partial` says what the list misses.',
    tag: 'export',
    parameters: [
      {
        ...inPath('file', 'The list and its form.'),
        schema: { type: 'string', pattern: '^(runs|scripts|errors|overview)\\.(csv|json|jsonl)$' },
      },
      ...questionParameters,
      ...runParameters,
      inQuery('sort', 'The order of `scripts`, with `-` descending.', { type: 'string', default: scriptOrderDefault }),
      inQuery('state', 'Only groups of `errors` that are in it; all of them without.', { type: 'string', enum: ['open', 'muted'] }),
    ],
    answers: {
      200: { description: 'CSV (RFC 4180), one JSON array, or one JSON object a line.', type: 'text/csv' },
      404: { description: 'No such list or form.' },
      503: { description: 'As many exports run as can at a time, or the store gives no answer now; Retry-After says when to come again.' },
    },
  },
  'GET /healthz': {
    summary: 'Whether events can be accepted',
    tag: 'operation',
    answers: { 200: inJson('They can.', HealthAnswer), 503: inJson('They cannot.', HealthAnswer) },
  },
  'GET /metrics': {
    summary: 'Series for Prometheus',
    tag: 'operation',
    answers: { 200: { description: 'Prometheus text.', type: 'text/plain' } },
  },
  'GET /api/openapi.json': {
    summary: 'This document',
    tag: 'operation',
    answers: { 200: inJson('OpenAPI 3.1.', { type: 'object' }) },
  },
}
