import { describe, expect, test } from 'bun:test'
import { installFields } from '../../../src/event/install.ts'
import { apiRoutes } from '../../../src/http/api-routes.ts'
import { createExportSeats } from '../../../src/http/export/stream.ts'
import { permissions } from '../../../src/http/guard/permission.ts'
import { describeApi } from '../../../src/http/openapi/document.ts'
import { operations } from '../../../src/http/openapi/operations.ts'
import { openApiRoute } from '../../../src/http/openapi/route.ts'
import { filterTitles } from '../../../src/page/address.ts'
import { fakeClock } from '../../fake-clock.ts'
import { sampleVisit } from '../../part/visit.ts'
import { readerThat } from '../any-reader.ts'
import { findFaults, type Json } from './structure.ts'

const answer = await openApiRoute().handle(new Request('http://localhost/api/openapi.json'), sampleVisit())
const document = (await answer.json()) as { readonly [Key: string]: Json } & {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>
}

test('the document has the structure of OpenAPI 3.1, and every reference leads somewhere', () => {
  expect(findFaults(document)).toEqual([])
})

describe('the check of the structure', () => {
  const paths = { '/a': { get: { responses: { 200: { description: 'x' } } } } }
  const whole = { openapi: '3.1.0', info: { title: 'a', version: '1' }, paths }

  test.each<[fault: string, document: Json]>([
    ['another version', { ...whole, openapi: '2.0' }],
    ['no title', { ...whole, info: { version: '1' } }],
    ['a path without a slash', { ...whole, paths: { a: paths['/a'] } }],
    ['an unknown method', { ...whole, paths: { '/a': { fetch: paths['/a'].get } } }],
    ['no answers', { ...whole, paths: { '/a': { get: { responses: {} } } } }],
    ['an answer without words', { ...whole, paths: { '/a': { get: { responses: { 200: {} } } } } }],
    ['an odd status', { ...whole, paths: { '/a': { get: { responses: { ok: { description: 'x' } } } } } }],
    ['an undeclared part of a path', { ...whole, paths: { '/a/{id}': paths['/a'] } }],
    ['a reference to nothing', { ...whole, components: { schemas: { A: { $ref: '#/components/schemas/B' } } } }],
    ['a type that JSON Schema lacks', { ...whole, components: { schemas: { A: { type: 'float' } } } }],
    [
      'a required property that is not there',
      { ...whole, components: { schemas: { A: { type: 'object', properties: {}, required: ['a'] } } } },
    ],
  ])('finds %s', (_, broken) => {
    expect(findFaults(broken)).toHaveLength(1)
  })
})

describe('routes', () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{([a-z]+)\}/g, ':$1')}`),
  )

  test('each one for programs is described, and no other', () => {
    const forPrograms = Object.entries(permissions).flatMap(([route, { face }]) => (face === 'json' ? [route] : []))
    expect(described.toSorted()).toEqual(forPrograms.toSorted())
    expect(Object.keys(operations).toSorted()).toEqual(forPrograms.toSorted())
  })

  test('one without words ends the start', () => {
    const table = { ...permissions, 'GET /api/forgotten': { need: 'read', face: 'json' } } as const
    expect(() => describeApi(table, operations, '1')).toThrow('GET /api/forgotten')
  })

  test('each one that answers from the store is in the table of permissions', () => {
    const parts = {
      reader: readerThat(() => Promise.reject(new Error('nobody asks'))),
      clock: fakeClock('2026-03-01T00:00:00Z'),
      publicRunsMin: 3,
      sealedDay: () => undefined,
      exportSeats: createExportSeats(),
      errorStates: { muted: () => [] },
      noteExport: () => undefined,
      idSecret: new Uint8Array(32),
      mirroredRevision: () => undefined,
    }
    const served = apiRoutes(parts).map(({ method, path }) => `${method} ${path}`)
    expect(served.length).toBeGreaterThan(15)
    expect(served.filter((route) => !described.includes(route))).toEqual([])
  })

  test('the security of each is what the table says', () => {
    for (const [route, { need, opens, local, face }] of Object.entries(permissions)) {
      if (face !== 'json') continue
      const [method = '', path = ''] = route.split(' ')
      const operation = document.paths[path.replace(/:([a-z]+)/g, '{$1}')]?.[method.toLowerCase()] as {
        readonly security: readonly object[]
      }
      const isOpen = need === 'public' || need === 'ingest' || opens === true || local === true
      expect([route, operation.security.length === 0 || operation.security.some((way) => Object.keys(way).length === 0)]).toEqual([
        route,
        isOpen,
      ])
    }
  })
})

test('the event has every field, and sums take every filter', () => {
  const text = JSON.stringify(document['components'])
  for (const { wire } of installFields) expect(text).toContain(`"${wire}":{`)
  const overview = document.paths['/api/v1/overview']?.['get'] as { readonly parameters: readonly { readonly name: string }[] }
  const names = overview.parameters.map(({ name }) => name)
  expect(names).toEqual(['period', 'from', 'to', 'compare', ...Object.keys(filterTitles)])
})
