import { version } from '../../base/version.ts'
import { answerDataText } from '../answer-data.ts'
import { permissions } from '../guard/permission.ts'
import type { Route } from '../route.ts'
import { describeApi } from './document.ts'
import { operations } from './operations.ts'

const cacheSeconds = 3_600

/** `GET /api/openapi.json`: open to everybody, since it says nothing but what the program is. */
export function openApiRoute(): Route {
  const text = JSON.stringify(describeApi(permissions, operations, version))
  const headers = { 'Cache-Control': `public, max-age=${cacheSeconds}` }
  return { method: 'GET', path: '/api/openapi.json', handle: (request) => answerDataText(request, text, headers) }
}
