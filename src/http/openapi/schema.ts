import { Type } from '@sinclair/typebox'
import { EarlierRecord } from '../earlier/schema.ts'
import { runRowSchema } from './install-schema.ts'

/** Answers that are made elsewhere, as schemas for the document. */

const text = Type.String()
const day = Type.String({ description: '`2026-03-01 12:34:56.789Z`' })

/** How every refusal reads, but those of `/telemetry`. */
export const ErrorAnswerShape = Type.Object({
  error: Type.Object({
    code: Type.String({ description: 'One of a closed list.' }),
    message: Type.String({ description: 'The same in words.' }),
    field: Type.String({ description: 'What it is about; of an unknown parameter, the nearest that exists.' }),
    rule: Type.String({ description: 'What it breaks.' }),
  }),
})

/** What asks for an erasure. */
export const ErasureWish = Type.Object(
  { random_id: Type.String({ minLength: 1, maxLength: 512, description: 'As the client sent it or as pages show it.' }) },
  { additionalProperties: false },
)

const partial = Type.Optional(Type.Literal(true, { description: 'Runs of some of these days have expired.' }))

export const RecordsAnswer = Type.Object({
  partial,
  records: Type.Array(EarlierRecord),
  page: Type.Integer(),
  limit: Type.Integer(),
  total: Type.Integer(),
  total_pages: Type.Integer(),
})

export const RecordAnswer = Type.Object({
  record: EarlierRecord,
  trace: Type.Optional(Type.String({ description: 'The end of the log, cloaked.' })),
  excused: Type.Boolean(),
  stuck: Type.Boolean(),
  repo_source_assumed: Type.Boolean({ description: 'No report named a source.' }),
  reported: Type.Optional(
    Type.Object({
      status: text,
      exit_code: Type.Optional(Type.Integer()),
      error: Type.Optional(text),
      error_category: Type.Optional(text),
    }),
  ),
  stages: Type.Array(Type.Object({ stage: text, first: day, last: day })),
  repaired: Type.Array(text),
  cloaked: Type.Array(text),
  pocketbase: Type.Object({ state: text, reason: Type.Optional(text), since: Type.Optional(day) }),
  others: Type.Array(EarlierRecord, { description: 'The other runs with the same random id, where that was asked for.' }),
})

export const RunsAnswer = Type.Object({
  partial,
  runs: Type.Array(Type.Unsafe<Readonly<Record<string, unknown>>>(runRowSchema)),
  newer: Type.Optional(Type.String({ description: 'What `before` takes for the page of newer runs.' })),
  older: Type.Optional(Type.String({ description: 'What `after` takes for the page of older runs.' })),
})

export const HealthAnswer = Type.Object({
  status: Type.Union([Type.Literal('ok'), Type.Literal('degraded')]),
  time: Type.String({ format: 'date-time' }),
  pocketbase: text,
  ingest: Type.Optional(text),
  store: Type.Optional(text),
  parked: Type.Optional(Type.Integer()),
})

export const BatchAnswer = Type.Object({
  accepted: Type.Integer(),
  refused: Type.Integer(),
  items: Type.Array(Type.Object({ index: Type.Integer(), status: Type.Integer(), field: Type.Optional(text), rule: Type.Optional(text) })),
})

export const DryRunAnswer = Type.Object({
  would_store: Type.Record(Type.String(), Type.Unknown()),
  repaired: Type.Array(text),
  cloaked: Type.Array(text),
  unknown_keys: Type.Integer(),
})
