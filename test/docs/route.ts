import { readSources } from '../tidy/source.ts'

/** Every route of the product as `GET /path/{id}`, read from where routes are declared (`{ method: 'GET', path: '/path/:id', … }`). */
export function listRoutes(): readonly string[] {
  const declared = readSources(['src']).flatMap(({ text }) => [...text.matchAll(/method: '([A-Z]+)', path: '([^']+)'/g)])
  return [...new Set(declared.map(([, method, path = '']) => `${method} ${path.replace(/:([a-z]+)/g, '{$1}')}`))]
}
