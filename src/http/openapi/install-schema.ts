import { type InstallField, InstallWire, installFields } from '../../event/install.ts'

/** The install event as JSON Schema, from the one list of its fields. Limits say what is kept: a value beyond them is repaired or dropped and never costs the event. */
export const installSchema = {
  type: 'object',
  properties: Object.fromEntries(installFields.map((field) => [field.wire, schemaOf(field)])),
  required: [...(InstallWire.required ?? [])],
  anyOf: [{ required: ['random_id'] }, { required: ['execution_id'] }],
}

/** The event as an ingest key may send it. */
export const datedInstallSchema = {
  ...installSchema,
  properties: {
    ...installSchema.properties,
    at: {
      description: 'When it happened; counts only from an ingest key. RFC 3339 with zone, or seconds or milliseconds since 1970.',
      oneOf: [{ type: 'string', format: 'date-time' }, { type: 'number' }],
    },
  },
}

/** A run as a row of lists and exports: the event's fields, all of them absent where nobody reported them. */
export const runRowSchema = {
  type: 'object',
  properties: {
    created: { type: 'string', format: 'date-time', description: 'The first report.' },
    updated: { type: 'string', format: 'date-time', description: 'The last report.' },
    ...Object.fromEntries(installFields.map((field) => [field.wire, schemaOf(field)])),
    stage: { type: 'string', description: 'The furthest stage that was reported.' },
    excused: { type: 'boolean', description: 'A failure that reads as a success, as add-ons and host scripts end with any code.' },
    stuck: { type: 'boolean', description: 'Given up, since nothing was reported for long.' },
    repaired: { type: 'string', description: 'What was repaired, as `field:rule` with spaces between.' },
    cloaked: { type: 'string', description: 'Which rules hid something.' },
  },
  required: ['created', 'updated', 'type', 'nsapp', 'status', 'stage', 'excused', 'stuck'],
}

function schemaOf(field: InstallField): object {
  const { purpose: description } = field
  if (field.kind === 'flag') return { type: 'boolean', description }
  if (field.kind === 'count') return { type: 'integer', minimum: field.minimum, maximum: field.maximum, description }
  if (field.kind === 'oneOf') return { type: 'string', enum: [...field.values], description }
  return { type: 'string', description: `${description} At most ${field.bytesMax} bytes.` }
}
