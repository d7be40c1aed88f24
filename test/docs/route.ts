import { readSources } from '../tidy/source.ts'

/** Every route of the product as `GET /path/{id}`, read from where routes are declared (`{ method: 'GET', path: '/path/:id', handle … }`). */
export function listRoutes(): readonly string[] {
  const rooms = readSources(['src']).filter(({ path }) => path.startsWith('src/http/'))
  const declared = rooms.flatMap(({ text }) => [...text.matchAll(/method: '([A-Z]+)',\s*path: '([^']+)',\s*handle/g)])
  return [...new Set(declared.map(([, method, path = '']) => `${method} ${path.replace(/:([a-z_]+)/g, '{$1}')}`))]
}
