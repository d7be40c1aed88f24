import type { TSchema } from '@sinclair/typebox'

/** One parameter of a route, in its path or behind it. `isRepeated` parameters of the path are always needed. */
export type ParameterEntry = { readonly name: string; readonly in: 'path' | 'query'; readonly schema: object; readonly description: string }

/** One way a route answers. Without a schema the body is text. */
export type AnswerEntry = { readonly description: string; readonly type?: string; readonly schema?: TSchema | object }

/** What the OpenAPI document says of one route. */
export type Operation = {
  readonly summary: string
  readonly description?: string
  readonly tag: 'ingest' | 'runs' | 'sums' | 'export' | 'earlier' | 'cloak' | 'operation'
  readonly parameters?: readonly ParameterEntry[]
  /** Bodies it takes, by their type. */
  readonly body?: Readonly<Record<string, object>>
  readonly answers: Readonly<Record<number, AnswerEntry>>
}

/** By method and path as in the table of permissions: `GET /api/v1/runs/:id`. */
export type Operations = Readonly<Record<string, Operation>>

/** A parameter of the path. */
export function inPath(name: string, description: string): ParameterEntry {
  return { name, in: 'path', schema: { type: 'string' }, description }
}

/** A parameter behind the path. */
export function inQuery(name: string, description: string, schema: object = { type: 'string' }): ParameterEntry {
  return { name, in: 'query', schema, description }
}

/** An answer in JSON. */
export function inJson(description: string, schema: TSchema | object): AnswerEntry {
  return { description, type: 'application/json', schema }
}
