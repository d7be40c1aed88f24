import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readCsv } from '../../part/csv-reader.ts'
import { type Seeded, startSeeded } from './seeded.ts'

let seeded: Seeded
/** A group of errors that is muted, and one that is open. */
let muted = ''
beforeAll(async () => {
  seeded = await startSeeded()
  muted = /href="\/errors\/([0-9a-f]{16})/.exec(await text('/error-analysis'))?.[1] ?? ''
  expect((await seeded.browser.submit(`/errors/${muted}`, { state: 'muted' })).status).toBe(303)
})
afterAll(() => seeded.service[Symbol.asyncDispose]())

async function text(path: string): Promise<string> {
  const answer = await seeded.browser.get(path)
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
  return answer.text()
}

type Row = Readonly<Record<string, unknown>>

async function rowsOf(path: string): Promise<readonly Row[]> {
  const lines = (await text(path)).trimEnd().split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row)
}

const hrefsIn = (html: string) => [...html.matchAll(/ href="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))

/** The file that a page links to: at its foot, or beside the count. */
const fileOf = (html: string) => hrefsIn(html).find((href) => /^\/export\/[a-z]+\.csv|[?&]format=csv/.test(href)) ?? ''
const asLines = (href: string) => href.replace('.csv', '.jsonl').replace('format=csv', 'format=jsonl')

/** The lists with every parameter that narrows or orders them, and what stands in the first column of their files. */
const lists: readonly (readonly [path: string, column: string, queries: readonly string[]])[] = [
  [
    '/script-analysis',
    'script',
    [
      '',
      'app=IMM',
      'sort=script',
      'sort=-script',
      'sort=success',
      'sort=-median',
      'sort=last',
      'sort=change',
      'os=debian&app=doc&sort=script',
      'period=today',
      'page=2',
    ],
  ],
  ['/error-analysis', 'fingerprint', ['', 'state=open', 'state=muted', 'state=muted&script=docker', 'os=debian&period=7d', 'page=9']],
  [
    '/records',
    'created',
    ['', 'app=IMM', 'repaired=yes', 'repaired=no', 'cloaked=yes', 'cloaked=no', 'unended=yes', 'script=docker&status=failed&cloaked=yes'],
  ],
  ['/dashboard', 'by', ['', 'period=today&compare=none', 'os=debian', 'source=ProxmoxVED&type=lxc']],
]

describe.each(lists)('the file of %s', (path, column, queries) => {
  test.each(queries.map((query) => [query]))('with %j is what its page lists, by its link and by `format`', async (query) => {
    const html = await text(`${path}?${query}`)
    const asked = await rowsOf(`${path}?${query}${query === '' ? '' : '&'}format=jsonl`)
    if (fileOf(html) === '') return expect([path, asked]).toEqual(['/records', []]) // An empty list has no file.
    const linked = await rowsOf(asLines(fileOf(html)))
    expect(asked).toEqual([...linked])
    const [head, ...cells] = readCsv(await text(fileOf(html)))
    expect([head?.[0], cells.length]).toEqual([column, linked.length])
    expect(countOn(path, html)).toBeOneOf([undefined, linked.length])
  })
})

/** How many rows a page says that its list has. */
function countOn(path: string, html: string): number | undefined {
  const patterns: ReadonlyMap<string, RegExp> = new Map([
    ['/script-analysis', /<h2>([\d,]+)(?: of [\d,]+)? scripts?<\/h2>/],
    ['/records', /<h2>([\d,]+) runs?<\/h2>/],
    ['/error-analysis', /aria-current="(?:page|true)"[^>]*>(?:open|muted)[^\d]*(\d+)/],
  ])
  const said = patterns.get(path)?.exec(html)?.[1]
  return said === undefined ? undefined : Number(said.replaceAll(',', ''))
}

test('the muted and the open groups are two files, and without a state there are all', async () => {
  const all = await rowsOf('/export/errors.jsonl')
  const [open, shut] = [await rowsOf('/error-analysis?format=jsonl'), await rowsOf('/error-analysis?state=muted&format=jsonl')]
  expect(shut.map(({ fingerprint }) => fingerprint)).toEqual([muted])
  expect(open).toEqual(all.filter(({ fingerprint }) => fingerprint !== muted))
  expect(open.length).toBe(all.length - 1)
})

test('scripts have the order of their page', async () => {
  for (const sort of ['script', '-script']) {
    const names = (await rowsOf(`/export/scripts.jsonl?sort=${sort}`)).map(({ script }) => String(script))
    const sorted = names.toSorted((one, other) => (one < other ? -1 : 1))
    expect(names).toEqual(sort === 'script' ? sorted : sorted.toReversed())
  }
})

test('the file of the overview has what does not fit on its cards', async () => {
  const rows = await rowsOf('/export/overview.jsonl')
  expect(rows.filter(({ by }) => by === 'script').length).toBe((await rowsOf('/export/scripts.jsonl')).length)
})

test('durations have three digits at the most', async () => {
  const rows = await rowsOf('/export/scripts.jsonl')
  const numbers = rows.flatMap((row) => ['duration_mean', 'duration_p50', 'duration_p95'].map((name) => row[name]))
  expect(numbers.length).toBeGreaterThan(0)
  for (const number of numbers) expect(String(number)).toMatch(/^(?:undefined|\d+(?:\.\d{1,3})?)$/)
})
