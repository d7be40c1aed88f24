import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { packKept, packText } from '../../../src/http/pack.ts'
import { style } from '../../../src/page/frame/style.ts'
import { crowd, nameOf, scriptOf, startCrowded } from './crowded.ts'
import type { Seeded } from './seeded.ts'

let seeded: Seeded
let paths: Readonly<Record<string, string>> = {}
beforeAll(async () => {
  seeded = await startCrowded()
  const first = async (page: string, link: RegExp) => link.exec(await text(page))?.[1] ?? ''
  paths = {
    overview: '/dashboard',
    scripts: '/script-analysis',
    script: `/scripts/${scriptOf(0)}`,
    errors: '/error-analysis',
    error: await first('/error-analysis', /href="(\/errors\/[0-9a-f]{16})/),
    records: '/records',
    record: await first('/records?status=failed', /href="(\/records\/[0-9a-f][^"]*)"/),
    system: '/system',
    API: '/api',
    account: '/account',
    users: '/users',
    keys: '/keys',
  }
}, 60_000)
afterAll(() => seeded.service[Symbol.asyncDispose]())

async function text(path: string): Promise<string> {
  const answer = await seeded.browser.get(path)
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
  return answer.text()
}

/** What a page may weigh with its style sheet, as a browser gets it. */
const bytesMax = 15 * 1_024
const styleBytes = packKept(style)({ headers: new Headers({ 'Accept-Encoding': 'gzip' }) }).body.length
const weigh = async (path: string) => packText(await text(path)).length + styleBytes

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
const ranges = ['period=today', 'period=7d', 'period=30d', 'period=90d', 'period=365d', 'period=all'] as const
const narrow = 'source=ProxmoxVE&type=lxc&os=debian'

describe('a year with 600 scripts, 500 groups of errors and 200 versions makes no page heavier than 15 KB', () => {
  test.each(['overview', 'scripts', 'script', 'errors', 'error', 'records'])('%s, over every period', async (name) => {
    const path = paths[name] ?? ''
    for (const query of [
      ...ranges,
      `from=${day(30)}&to=${day(0)}`,
      `from=${day(44)}&to=${day(0)}`,
      `from=${day(185)}&to=${day(0)}`,
      `period=90d&${narrow}`,
    ])
      expect([query, (await weigh(`${path}?${query}`)) <= bytesMax]).toEqual([query, true])
  })

  test.each(['record', 'system', 'API', 'account', 'users', 'keys'])('%s', async (name) => {
    expect(await weigh(paths[name] ?? '')).toBeLessThanOrEqual(bytesMax)
  })

  test.each(['/script-analysis?sort=script&page=7', '/error-analysis?page=9&period=365d'])('%s', async (path) => {
    expect(await weigh(path)).toBeLessThanOrEqual(bytesMax)
  })
})

/** Everything that a list links to, gathered by following its ways to the next page. */
async function walk(path: string, link: RegExp): Promise<readonly string[]> {
  const found: string[] = []
  for (let next = path, pages = 0; next !== '' && pages < 50; pages++) {
    const html = await text(next)
    for (const [, name = ''] of html.matchAll(link)) found.push(name)
    next = (/href="([^"]*)">next ›/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&')
  }
  return found
}

const scriptLink = /<th scope="row"><a href="\/scripts\/([^"?]*)/g
const groupLink = /<a href="\/errors\/([0-9a-f]{16})/g

describe('every row is reached by following the pages, once', () => {
  test.each(['-runs', 'script', '-median', 'success'])('scripts by %s', async (order) => {
    const found = await walk(`/script-analysis?period=365d&sort=${order}`, scriptLink)
    expect([found.length, new Set(found).size]).toEqual([crowd.scripts, crowd.scripts])
  })

  test('groups of errors', async () => {
    const found = await walk('/error-analysis?period=365d', groupLink)
    const counted = /\bopen ([\d,]+)</.exec(await text('/error-analysis?period=365d'))?.[1]
    expect([found.length, new Set(found).size]).toEqual([Number(counted), Number(counted)])
    expect(found.length).toBe(crowd.errors)
  })
})

test('scripts are found by a part of their name, on the page and in its files', async () => {
  const part = nameOf(17)
  const wanted = Array.from({ length: crowd.scripts }, (_, index) => scriptOf(index)).filter((name) => name.includes(part))
  expect(wanted.length).toBeGreaterThan(0)
  const path = `/script-analysis?period=365d&app=${part.toUpperCase()}`
  expect((await walk(path, scriptLink)).toSorted()).toEqual(wanted.toSorted())
  expect(await text(path)).toContain(`<h2>${wanted.length} of 600 scripts</h2>`)
  expect((await text(`${path}&format=csv`)).trimEnd().split('\r\n').length).toBe(wanted.length + 1)
})

test.each(['/script-analysis?period=365d&page=3', '/script-analysis?period=365d&sort=script'])(
  'the file of %s has every row',
  async (path) => {
    expect((await text(`${path}&format=jsonl`)).trimEnd().split('\n').length).toBe(crowd.scripts)
  },
)

test.each(['/script-analysis', '/error-analysis'])('beyond the last page of %s there is an empty one that says so', async (path) => {
  expect(await text(`${path}?page=400`)).toContain('There is no such page.')
})
