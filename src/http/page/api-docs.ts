import { ok } from '../../base/result.ts'
import { Api } from '../../page/api/api.tsx'
import type { ApiParameterView, ApiRouteView, ApiView } from '../../page/api/api-view.ts'
import { type Permission, type PermissionTable, permissions } from '../guard/permission.ts'
import type { Operation, ParameterEntry } from '../openapi/operation.ts'
import { operations } from '../openapi/operations.ts'
import { readGiven } from '../question/question.ts'
import type { Route } from '../route.ts'
import { answerSheet, type Loaded, sheetOf } from './answer-sheet.ts'
import type { PageAsk } from './ask.ts'
import { frameOf } from './frame.ts'
import type { PageParts } from './parts.ts'

/** `/api`: open to everybody, as the OpenAPI document is, from whose words it is made. */
export function apiPageRoute(parts: PageParts): Route {
  return {
    method: 'GET',
    path: '/api',
    handle: (request, visit) => answerSheet(request, visit, parts, loadApi),
  }
}

async function loadApi(ask: PageAsk): Loaded {
  const given = readGiven(ask.params, [])
  if (!given.ok) return given
  return ok(sheetOf<ApiView>({ ...apiView, frame: frameOf(ask, { json: '/api/openapi.json' }) }, Api))
}

/** The groups in their order; each tag has one, or this does not compile. */
const tags: Readonly<Record<Operation['tag'], { readonly title: string; readonly about: string }>> = {
  ingest: { title: 'Sending events', about: 'What is answered with 202 is on disk.' },
  sums: { title: 'Sums', about: 'Counted when the events came in. All days are days of UTC.' },
  runs: { title: 'Runs', about: 'One by one, newest first.' },
  export: { title: 'Export', about: 'Whole lists as files.' },
  cloak: { title: 'Cloak', about: 'Personal data in texts and documents, found and hidden. Nothing of a text is kept.' },
  earlier: { title: 'The earlier service’s API', about: 'For programs that were written for it.' },
  operation: { title: 'Operation', about: 'For those who run the service.' },
}

/** Every route for programs in words. */
export function viewOfApi(table: PermissionTable): Pick<ApiView, 'groups'> {
  const routes = Object.entries(table).flatMap(([route, permission]) => {
    const operation = operations[route]
    return operation === undefined ? [] : [{ tag: operation.tag, view: viewRoute(route, operation, permission) }]
  })
  const groups = Object.entries(tags).map(([tag, words]) => ({
    ...words,
    routes: routes.filter((route) => route.tag === tag).map(({ view }) => view),
  }))
  return { groups: groups.filter((group) => group.routes.length > 0) }
}

const apiView = viewOfApi(permissions)

function viewRoute(route: string, operation: Operation, permission: Permission): ApiRouteView {
  const [method, path = ''] = route.split(' ')
  return {
    method: method === 'POST' ? 'POST' : 'GET',
    path: path.replace(/:([a-z]+)/g, '{$1}'),
    summary: operation.summary,
    access: accessOf(permission),
    parameters: (operation.parameters ?? []).map(viewParameter),
    answers: Object.entries(operation.answers).map(([status, { description }]) => ({ status: Number(status), meaning: description })),
  }
}

function accessOf({ need, opens, local }: Permission): string {
  if (need === 'ingest') return 'everybody, or an ingest key'
  if (need === 'cloak') return 'a key of scope cloak, or PIICLOAK_API_KEY; everybody where CLOAK_ACCESS is open'
  if (need === 'public') return 'everybody'
  return `a key of scope read${opens ? '; everybody where PUBLIC_DASHBOARD is on' : ''}${local ? '; this machine itself' : ''}`
}

function viewParameter({ name, in: place, schema, description }: ParameterEntry): ApiParameterView {
  const { enum: values, default: usual, type, format }: { enum?: unknown; default?: unknown; type?: unknown; format?: unknown } = schema
  return {
    name,
    values: Array.isArray(values) ? values.join(', ') : String(format ?? type ?? 'text'),
    meaning: description,
    without: place === 'path' ? 'needed' : usual === undefined ? '' : `else ${usual}`,
  }
}
