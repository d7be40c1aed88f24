import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type Seeded, startSeeded } from './seeded.ts'

let seeded: Seeded
let fingerprint = ''
beforeAll(async () => {
  seeded = await startSeeded()
  fingerprint = /href="\/errors\/([0-9a-f]{16})/.exec(await text('/error-analysis'))?.[1] ?? ''
})
afterAll(() => seeded.service[Symbol.asyncDispose]())

async function text(path: string): Promise<string> {
  const answer = await seeded.browser.get(path)
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
  return answer.text()
}

/** Every number of a page that opens records, by its address: the numbers must agree where an address stands there twice. */
function countsIn(html: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [, href = '', figure = ''] of html.matchAll(/<a href="(\/records\?[^"]*)">([\d,]+)<\/a>/g)) {
    const path = href.replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&#34;', '"')
    const count = Number(figure.replaceAll(',', ''))
    expect([path, counts.get(path) ?? count]).toEqual([path, count])
    counts.set(path, count)
  }
  return counts
}

/** What the page of records says it has, and how many rows its export has. */
async function countsBehind(path: string): Promise<readonly [page: number, file: number]> {
  const html = await text(path)
  const said = /<h2>([\d,]+) runs?<\/h2>/.exec(html)?.[1] ?? '0'
  const rows = (await text(`${path}&format=jsonl`)).trimEnd().split('\n')
  return [Number(said.replaceAll(',', '')), rows.length]
}

describe('every number is that of the records it opens, on their page and in the export', () => {
  test.each<[page: () => string, least: number]>([
    [() => '/', 50],
    [() => '/dashboard?period=today&compare=none', 50],
    [() => '/dashboard?period=all&os=debian', 40],
    [() => '/dashboard?period=7d&status=failed&source=ProxmoxVED', 20],
    [() => '/script-analysis', 10],
    [() => '/scripts/docker?period=7d', 20],
    [() => `/scripts/${encodeURIComponent('a/b?c=d#e&f')}`, 20],
    [() => '/error-analysis', 15],
    [() => `/errors/${fingerprint}`, 15],
    [() => `/errors/${fingerprint}?script=docker`, 10],
  ])('page %#', async (page, least) => {
    const counts = countsIn(await text(page()))
    expect(counts.size).toBeGreaterThanOrEqual(least)
    for (const [path, count] of counts) expect([path, ...(await countsBehind(path))]).toEqual([path, count, count])
  })
})

test('every other link of a page leads to a page', async () => {
  const pages = ['/', '/script-analysis', '/scripts/docker', '/error-analysis', `/errors/${fingerprint}`, '/records', '/system', '/api']
  const paths = new Set<string>()
  for (const page of pages)
    for (const [, href = ''] of (await text(page)).matchAll(/ href="(\/[^"]*)"/g))
      paths.add(href.replaceAll('&amp;', '&').replaceAll('&#39;', "'"))
  const seen = [...paths].filter((path) => !path.startsWith('/records?'))
  expect(seen.length).toBeGreaterThan(100)
  for (const path of seen) {
    const answer = await seeded.browser.get(path)
    expect([path, answer.status]).toEqual([path, 200])
    await answer.body?.cancel()
  }
})
