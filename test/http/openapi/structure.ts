export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [Key: string]: Json }
type Table = { readonly [Key: string]: Json }

const methods = ['get', 'post', 'put', 'delete', 'patch']
const types = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']

/** What an OpenAPI 3.1 document lacks of its structure, as sentences. */
export function findFaults(document: Json): readonly string[] {
  if (!isTable(document)) return ['the document is no object']
  const { openapi, info, paths, components } = document
  const schemas = isTable(components) && isTable(components['schemas']) ? components['schemas'] : {}
  return [
    ...(openapi === '3.1.0' ? [] : ['openapi is not 3.1.0']),
    ...(isTable(info) && isText(info['title']) && isText(info['version']) ? [] : ['info lacks title or version']),
    ...(isTable(paths) ? Object.entries(paths).flatMap(([path, item]) => findPathFaults(path, item)) : ['there are no paths']),
    ...findReferenceFaults(document, document),
    ...Object.entries(schemas).flatMap(([name, schema]) => findSchemaFaults(name, schema)),
  ]
}

function findPathFaults(path: string, item: Json): readonly string[] {
  if (!path.startsWith('/')) return [`${path} begins without a slash`]
  if (!isTable(item)) return [`${path} is no object`]
  return Object.entries(item).flatMap(([method, operation]) => {
    if (!methods.includes(method)) return [`${path} has the method ${method}`]
    return isTable(operation) ? findOperationFaults(`${method} ${path}`, operation) : [`${method} ${path} is no object`]
  })
}

function findOperationFaults(name: string, { parameters, responses, requestBody }: Table): readonly string[] {
  const listed = Array.isArray(parameters) ? (parameters as readonly Table[]) : []
  const open = [...name.matchAll(/\{(\w+)\}/g)].map(([, part]) => part)
  const declared = listed
    .filter((parameter) => parameter['in'] === 'path' && parameter['required'] === true)
    .map((parameter) => parameter['name'])
  const names = listed.map((parameter) => `${String(parameter['in'])} ${String(parameter['name'])}`)
  const answers = isTable(responses) ? Object.entries(responses) : []
  return [
    ...(open.toString() === declared.toString() ? [] : [`${name} declares other parts of its path`]),
    ...(new Set(names).size === names.length ? [] : [`${name} has a parameter twice`]),
    ...listed.flatMap((parameter) =>
      isTable(parameter['schema']) ? findSchemaFaults(name, parameter['schema']) : [`${name} has a parameter without a schema`],
    ),
    ...(answers.length === 0 ? [`${name} has no answers`] : []),
    ...answers.flatMap(([status, answer]) => findAnswerFaults(`${name} ${status}`, status, answer)),
    ...(requestBody === undefined ? [] : findContentFaults(name, requestBody)),
  ]
}

function findAnswerFaults(name: string, status: string, answer: Json): readonly string[] {
  if (!/^[1-5]\d\d$/.test(status)) return [`${name} is no status`]
  if (!isTable(answer) || !isText(answer['description'])) return [`${name} has no description`]
  return answer['content'] === undefined ? [] : findContentFaults(name, answer)
}

function findContentFaults(name: string, holder: Json): readonly string[] {
  const content = isTable(holder) ? holder['content'] : undefined
  if (!isTable(content) || Object.keys(content).length === 0) return [`${name} has no content`]
  return Object.entries(content).flatMap(([type, media]) => {
    if (!/^[\w.+-]+\/[\w.+-]+$/.test(type)) return [`${name} has the type ${type}`]
    return isTable(media) && isTable(media['schema']) ? findSchemaFaults(name, media['schema']) : [`${name} ${type} has no schema`]
  })
}

/** A schema and those below it: known types, and no required property that is not there. */
function findSchemaFaults(name: string, schema: Json): readonly string[] {
  if (!isTable(schema)) return [`${name} is no schema`]
  const { type, properties, required, items, anyOf, oneOf, allOf, additionalProperties, patternProperties } = schema
  const own = isTable(properties) ? properties : {}
  const missing = isTable(properties) && Array.isArray(required) ? required.filter((property) => !(String(property) in own)) : []
  const below = [
    ...Object.values(own),
    ...(isTable(patternProperties) ? Object.values(patternProperties) : []),
    ...[items, additionalProperties].filter(isTable),
    ...[anyOf, oneOf, allOf].flatMap((list) => (Array.isArray(list) ? list : [])),
  ]
  return [
    ...(type === undefined || types.includes(String(type)) ? [] : [`${name} has the type ${String(type)}`]),
    ...missing.map((property) => `${name} requires ${String(property)}`),
    ...below.flatMap((part) => findSchemaFaults(name, part)),
  ]
}

function findReferenceFaults(document: Table, part: Json): readonly string[] {
  if (Array.isArray(part)) return part.flatMap((item) => findReferenceFaults(document, item))
  if (!isTable(part)) return []
  return Object.entries(part).flatMap(([key, value]) => {
    if (key !== '$ref') return findReferenceFaults(document, value)
    return isText(value) && resolve(document, value) !== undefined ? [] : [`${String(value)} leads nowhere`]
  })
}

function resolve(document: Table, reference: string): Json {
  const [root, ...steps] = reference.split('/')
  return root === '#' ? steps.reduce<Json>((at, step) => (isTable(at) ? at[step] : undefined), document) : undefined
}

function isTable(value: Json): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: Json): value is string {
  return typeof value === 'string' && value !== ''
}
