import { EarlierDashboard, EarlierErrors, EarlierScripts } from '../earlier/schema.ts'
import type { Permission, PermissionTable } from '../guard/permission.ts'
import { ErrorAnswer, ErrorsAnswer, OverviewAnswer, ScriptAnswer, ScriptsAnswer } from '../v1/schema.ts'
import { datedInstallSchema, runRowSchema } from './install-schema.ts'
import type { AnswerEntry, Operation, Operations, ParameterEntry } from './operation.ts'
import { ErrorAnswerShape, RecordAnswer, RunsAnswer } from './schema.ts'

/** Schemas that have a name in the document; others stand where they are used. */
const named: Readonly<Record<string, object>> = {
  Event: datedInstallSchema,
  RunRow: runRowSchema,
  Refusal: ErrorAnswerShape,
  Overview: OverviewAnswer,
  Scripts: ScriptsAnswer,
  Script: ScriptAnswer,
  Errors: ErrorsAnswer,
  Error: ErrorAnswer,
  Runs: RunsAnswer,
  Run: RecordAnswer,
  EarlierDashboard,
  EarlierScripts,
  EarlierErrors,
}

/** The OpenAPI 3.1 document of all routes that are for programs. Throws for one that has no words: a route is not finished before it is explained. */
export function describeApi(table: PermissionTable, operations: Operations, version: string): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [route, permission] of Object.entries(table)) {
    if (permission.face !== 'json') continue
    const operation = operations[route]
    if (operation === undefined) throw new Error(`${route} is not in the OpenAPI document`)
    const [method = '', path = ''] = route.split(' ')
    const spelled = path.replace(/:([a-z]+)/g, '{$1}')
    paths[spelled] = { ...paths[spelled], [method.toLowerCase()]: describeOperation(operation, permission) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'telemetry-service',
      version,
      description: 'Runs of scripts: sent by curl, counted once each. All days are days of UTC.',
    },
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(named).map(([name, schema]) => [name, spell(schema, true)])),
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'A key with the scope that the route needs.' },
      },
    },
  }
}

function describeOperation(operation: Operation, permission: Permission): object {
  const { summary, description, tag, parameters = [], body } = operation
  return {
    summary,
    ...(description !== undefined && { description }),
    tags: [tag],
    security: securityOf(permission),
    ...(parameters.length > 0 && { parameters: parameters.map(describeParameter) }),
    ...(body !== undefined && { requestBody: { required: true, content: contentOf(body) } }),
    responses: describeAnswers(operation, permission),
  }
}

/** An empty requirement stands for everybody. */
function securityOf({ need, opens, local }: Permission): readonly object[] {
  if (need === 'public') return []
  return need === 'ingest' || opens || local ? [{}, { key: [] }] : [{ key: [] }]
}

function describeParameter({ name, in: place, schema, description }: ParameterEntry): object {
  return { name, in: place, description, schema, ...(place === 'path' && { required: true }) }
}

/** The answers of a route, and those that every guarded one has. */
function describeAnswers({ answers }: Operation, { need }: Permission): Readonly<Record<string, object>> {
  const isGuarded = need !== 'public' && need !== 'ingest' && need !== 'cloak'
  const usual: Operation['answers'] = isGuarded
    ? {
        400: { description: 'A parameter cannot be used.' },
        401: { description: 'A key or a session is needed.' },
        403: { description: 'The key has not the scope.' },
        503: { description: 'The store gives no answer now.' },
      }
    : {}
  return Object.fromEntries(
    Object.entries({ ...usual, ...answers }).map(([status, answer]) => [status, describeAnswer(answer, Number(status))]),
  )
}

function describeAnswer({ description, type, schema }: AnswerEntry, status: number): object {
  if (type !== undefined) return { description, content: { [type]: { schema: schema === undefined ? { type: 'string' } : spell(schema) } } }
  return status < 400 ? { description } : { description, content: contentOf({ 'application/json': ErrorAnswerShape }) }
}

function contentOf(bodies: Readonly<Record<string, object>>): object {
  return Object.fromEntries(Object.entries(bodies).map(([type, schema]) => [type, { schema: spell(schema) }]))
}

/** A schema as JSON, with a reference wherever another one has a name. */
function spell(schema: unknown, isDefinition = false): unknown {
  if (typeof schema !== 'object' || schema === null) return schema
  if (Array.isArray(schema)) return schema.map((item) => spell(item))
  const name = isDefinition ? undefined : Object.entries(named).find(([, known]) => known === schema)?.[0]
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` }
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, spell(value)]))
}
