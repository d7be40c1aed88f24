import { describe, expect, test } from 'bun:test'
import { httpSource } from '../../../migration/import/http-source.ts'
import { createPageRequests } from '../../../migration/import/page-request.ts'
import { type FoundRecord, type Position, startOfSource } from '../../../migration/import/source.ts'

const requests = () => createPageRequests({ pauseMs: 0, backOffMs: 1, timeoutMs: 500 })

/** An earlier service with its newest record first; `answer` may give another answer than the right one. */
function startService(
  records: unknown[],
  answer: (path: string, count: number) => Response | Promise<Response> | undefined = () => undefined,
) {
  let count = 0
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: async ({ url }) => {
      const { pathname, searchParams } = new URL(url)
      count += 1
      const other = await answer(pathname, count)
      if (other !== undefined) return other
      if (pathname === '/data/summary') return Response.json({ total_entries: records.length })
      const [page, limit] = [Number(searchParams.get('page')), Number(searchParams.get('limit'))]
      return Response.json(records.slice((page - 1) * limit, page * limit))
    },
  })
  return { url: new URL(`http://127.0.0.1:${server.port}/data/`), [Symbol.asyncDispose]: () => server.stop(true) }
}

async function readAll(url: URL, from: Position = startOfSource) {
  const found: FoundRecord[] = []
  const ends: Position[] = []
  for await (const { records, end } of httpSource({ url, pageRecords: 10, requests: requests() }).read(from)) {
    found.push(...records)
    ends.push(end)
  }
  return { found: found.map((one) => ('record' in one ? one.record : one.fault)), ends }
}

const numbered = (count: number) => Array.from({ length: count }, (_, n) => ({ n }))

describe('the paged API of an earlier service', () => {
  test('gives all records, page by page, and goes on behind any page', async () => {
    await using service = startService(numbered(35))
    const { found, ends } = await readAll(service.url)
    expect(found).toEqual(numbered(35))
    expect(ends).toHaveLength(4)
    for (const end of ends) expect((await readAll(service.url, end)).found).toEqual(numbered(35).slice(end.place))
  })

  test('is asked again while it is down, busy, slow, or talks nonsense', async () => {
    const faults: (() => Response | Promise<Response>)[] = [
      () => new Response('busy', { status: 429 }),
      () => new Response('down', { status: 502 }),
      () => new Response('<html>'),
      () => new Promise<never>(() => {}),
    ]
    await using service = startService(numbered(25), (_, count) => (count % 2 === 0 ? faults.pop()?.() : undefined))
    expect((await readAll(service.url)).found).toEqual(numbered(25))
    expect(faults).toEqual([])
  })

  test('whose records move to other pages meanwhile loses none', async () => {
    const records: unknown[] = numbered(30)
    await using service = startService(records, (path, count) => {
      if (path.endsWith('paginated') && count === 3) records.splice(5, 0, { late: 1 }, { late: 2 })
      if (path.endsWith('paginated') && count === 5) records.splice(0, 3)
      return undefined
    })
    const { found } = await readAll(service.url)
    const texts = new Set(found.map((record) => JSON.stringify(record)))
    for (const record of records) expect(texts.has(JSON.stringify(record))).toBe(true)
  })

  test.each([
    ['a redirect', () => Response.redirect('http://127.0.0.1:1/'), 'answers 302: give the address that it leads to'],
    ['no list', (path: string) => (path.endsWith('summary') ? undefined : Response.json({ error: 'no' })), 'gives no list (status 200)'],
    ['no number', () => Response.json({}), 'does not say total_entries (status 200)'],
    ['a refusal', () => new Response('who are you', { status: 403 }), 'does not say total_entries (status 403)'],
  ] as const)('that answers with %s ends with a sentence', async (_, answer, message) => {
    await using service = startService(numbered(5), answer)
    await expect(readAll(service.url)).rejects.toThrow(message)
  })
})
