import { FormatRegistry, type TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'

const formats: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
}
for (const [name, pattern] of Object.entries(formats)) {
  if (!FormatRegistry.Has(name)) FormatRegistry.Set(name, (text) => pattern.test(text)) // The server brings its own.
}

/** Where a body is not what its schema says, and how. */
export function findSchemaFaults(schema: TSchema, body: unknown): readonly string[] {
  return [...Value.Errors(schema, body)].map(({ path, message }) => `${path}: ${message}`)
}
