import { Type } from '@sinclair/typebox'
import { entityNames } from '../../cloak/entity-type.ts'
import { modes } from '../../cloak/operator.ts'
import type { AnswerEntry, Operations } from './operation.ts'
import { inJson } from './operation.ts'

const text = Type.String()
const types = Type.Union(entityNames.map((name) => Type.Literal(name)))
const modeSchema = Type.Union(modes.map((mode) => Type.Literal(mode)))

const Found = Type.Object({
  end: Type.Integer({ description: 'Behind its last code point.' }),
  explanation: Type.Optional(
    Type.Object({
      base_score: Type.Number({ description: 'How sure its form alone is.' }),
      context: Type.Union([text, Type.Null()], { description: 'The word before it that speaks for it.' }),
      rule: Type.String({ description: 'The rule that found it; docs/PRIVACY.md lists them.' }),
      validated: Type.Boolean({ description: 'A checksum or a plan of numbers proved it.' }),
      why: Type.Optional(Type.String({ description: 'Of a name, what speaks for it.' })),
    }),
  ),
  score: Type.Number({ minimum: 0, maximum: 1 }),
  start: Type.Integer({ description: 'In code points from 0.' }),
  text: Type.Optional(text),
  type: types,
})

const question = {
  text: Type.String({ maxLength: 1_000_000 }),
  entities: Type.Optional(
    Type.Union([Type.Array(text), Type.Null()], { description: 'What to look for; without it all but UUID, null or [] for every type.' }),
  ),
  language: Type.Optional(text),
  score_threshold: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
  include_original: Type.Optional(Type.Boolean({ default: true, description: 'false leaves everything of the text out of the answer.' })),
  explain: Type.Optional(Type.Boolean({ default: false, description: 'Says of each thing found why.' })),
}
const AnalyzeWish = Type.Object(question)
const AnonymizeWish = Type.Object({ ...question, mode: Type.Optional(modeSchema) })

const DocxForm = Type.Object({
  document: Type.String({ format: 'binary' }),
  entities: Type.Optional(Type.String({ description: 'Types, separated by commas.' })),
  mode: Type.Optional(modeSchema),
  language: Type.Optional(text),
  score_threshold: Type.Optional(Type.String()),
  include_original: Type.Optional(Type.String()),
  explain: Type.Optional(Type.String()),
})

const CloakRefusal = Type.Object({
  error: Type.String({ description: 'In words.' }),
  field: Type.String({ description: 'What it is about.' }),
  message: Type.Optional(text),
  rule: Type.String({ description: 'What it breaks.' }),
})

const off = inJson('The API is off; the message says how to switch it on.', CloakRefusal)
const refusals: Readonly<Record<number, AnswerEntry>> = {
  400: inJson('The body cannot be used; field and rule say why.', CloakRefusal),
  401: inJson('No key, or none that is good here.', CloakRefusal),
  404: off,
  413: inJson('The body or the text is too large.', CloakRefusal),
  415: inJson('The content type is not application/json.', CloakRefusal),
  429: inJson('Too many texts; Retry-After says when to come again.', CloakRefusal),
  503: inJson('Too many texts at once; Retry-After says when to come again.', CloakRefusal),
}
const compatible = 'Compatible with PIICloak. Nothing of the text is stored or logged.'

/** What the routes that find and hide personal data do, in the words of OpenAPI. */
export const cloakOperations: Operations = {
  'POST /analyze': {
    summary: 'Finds personal data in a text',
    description: compatible,
    tag: 'cloak',
    body: { 'application/json': AnalyzeWish },
    answers: {
      200: inJson(
        'What was found, the surest first.',
        Type.Object({ contains_pii: Type.Boolean(), entities_found: Type.Array(Found), text: Type.Optional(text) }),
      ),
      ...refusals,
    },
  },
  'POST /anonymize': {
    summary: 'Hides personal data in a text',
    description: compatible,
    tag: 'cloak',
    body: { 'application/json': AnonymizeWish },
    answers: {
      200: inJson(
        'The text without what was found in it.',
        Type.Object({ anonymized: text, entities_found: Type.Array(Found), original: Type.Optional(text) }),
      ),
      ...refusals,
    },
  },
  'POST /anonymize/docx': {
    summary: 'Hides personal data in the text of a Word document',
    description:
      'A form with the file `document` and the other fields as texts. Paragraphs of body, tables, headers, footers, notes and comments are lines.',
    tag: 'cloak',
    body: { 'multipart/form-data': DocxForm },
    answers: {
      200: inJson('The text without what was found in it.', Type.Object({ anonymized_text: text, entities_found: Type.Array(Found) })),
      ...refusals,
    },
  },
  'POST /anonymize/batch': {
    summary: 'Hides personal data in many texts',
    description:
      'A line for each text, of JSON as `/anonymize` takes it; the answers come in the same order. A line that cannot be used has `line` and `status`.',
    tag: 'cloak',
    body: { 'application/x-ndjson': text },
    answers: { 200: { description: 'JSON lines, made while they are read.', type: 'application/x-ndjson' }, ...refusals },
  },
  'GET /entities': {
    summary: 'Types that can be found, and what can be put in their place',
    tag: 'cloak',
    answers: {
      200: inJson(
        'The types, by category too.',
        Type.Object({
          categories: Type.Record(text, Type.Array(text)),
          modes: Type.Array(modeSchema),
          supported_entities: Type.Array(types),
        }),
      ),
      404: off,
    },
  },
  'GET /health': {
    summary: 'Whether texts can be anonymized',
    tag: 'cloak',
    answers: {
      200: inJson('They can.', Type.Object({ endpoints: Type.Record(text, text), service: text, status: text, version: text })),
      404: off,
    },
  },
}
