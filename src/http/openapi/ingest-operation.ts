import { datedInstallSchema } from './install-schema.ts'
import { inJson, inQuery, type Operations } from './operation.ts'
import { BatchAnswer, DryRunAnswer } from './schema.ts'

const dryRun = inQuery('dry_run', 'Shows what would be stored, and stores nothing.', { type: 'string', enum: ['1'] })

const text = (description: string) => ({ description, type: 'text/plain' })

/** The two routes that take events. */
export const ingestOperations: Operations = {
  'POST /telemetry': {
    summary: 'Takes one event',
    description: 'The type of the body is not looked at; gzip is understood. What can be repaired is repaired instead of refused.',
    tag: 'ingest',
    parameters: [dryRun],
    body: { 'application/json': datedInstallSchema },
    answers: {
      200: inJson('With `dry_run`: what would be stored.', DryRunAnswer),
      202: text('`accepted`: the event is on disk.'),
      400: text('`invalid body`, `invalid json` or `invalid payload`; the header X-Telemetry-Reason says why.'),
      401: text('`unauthorized`: the key is missing, unknown, expired or revoked.'),
      403: text('`forbidden`: the key has not the scope.'),
      429: text('`rate limited`: Retry-After says for how long.'),
      503: text('`server busy`: journal or disk full, or stopping.'),
    },
  },
  'POST /telemetry/batch': {
    summary: 'Takes many events',
    description: 'One object a line, or an array. What an item answers with 202 is on disk, whatever became of the others.',
    tag: 'ingest',
    parameters: [dryRun],
    body: {
      'application/x-ndjson': datedInstallSchema,
      'application/json': { type: 'array', items: datedInstallSchema },
    },
    answers: {
      200: inJson('With `dry_run`: what would be stored of each.', { type: 'object' }),
      202: inJson('Every item was stored.', BatchAnswer),
      207: inJson('Some were.', BatchAnswer),
      400: { description: 'None was, or the body cannot be read.' },
      429: { description: 'Too fast.' },
      503: { description: 'None was, because journal, disk or memory is full.' },
    },
  },
}
