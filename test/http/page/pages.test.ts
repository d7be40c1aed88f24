import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { hostileNames, type Seeded, startSeeded } from './seeded.ts'

let seeded: Seeded
beforeAll(async () => {
  seeded = await startSeeded()
})
afterAll(() => seeded.service[Symbol.asyncDispose]())

const get = async (path: string) => {
  const answer = await seeded.browser.get(path)
  return { status: answer.status, html: await answer.text() }
}
/** The first address in a page that begins so. */
const linkIn = (html: string, start: string) => (new RegExp(`href="(${start}[^"]*)"`).exec(html)?.[1] ?? '').replaceAll('&amp;', '&')

describe('P16 each page of the dashboard is HTML, for who signed in', () => {
  test.each([
    ['/script-analysis', '<h2>10 scripts</h2>'],
    ['/script-analysis?sort=script', 'aria-sort="ascending"'],
    ['/scripts/docker', '<h2>Newest runs</h2>'],
    ['/scripts/docker?period=7d&os=debian', 'OS: debian'],
    ['/error-analysis', 'Groups of errors'],
    ['/error-analysis?state=muted', 'No group is muted.'],
    ['/records', '<h2>300 runs</h2>'],
    ['/records?repaired=no&status=failed&app=docke', 'part of the script’s name: docke'],
    ['/system', 'Refused since the start'],
    ['/api', '/api/v1/runs'],
  ])('%s', async (path, words) => {
    expect(await get(path)).toEqual({ status: 200, html: expect.stringContaining(words) })
  })
})

describe('P10 the pages serve what the data is collected for', () => {
  test('which scripts are most used, and which fail most', async () => {
    const names = async (sort: string) =>
      [...(await get(`/script-analysis?sort=${sort}`)).html.matchAll(/href="\/scripts\/([a-z]+)[?"]/g)].map((match) => match[1])
    expect(await names('-runs')).toEqual(expect.arrayContaining(['docker', 'immich', 'vaultwarden']))
    expect(await names('success')).toHaveLength(3)
  })

  test.each(['OS', 'PVE version', 'CPU', 'Median of cores', 'Median of RAM', 'Median of disk'])('trends and shares: %s', async (title) => {
    expect((await get('/dashboard')).html).toContain(title)
  })
})

describe('what is not there is said, with what to do', () => {
  test.each<[path: string, status: number, words: string]>([
    ['/scripts/nothing-like-this', 404, 'No such script'],
    ['/scripts/%20', 404, 'No such script'],
    ['/errors/0123456789abcdef', 404, 'No such group of errors'],
    ['/errors/nonsense', 404, 'No such group of errors'],
    ['/records/11111111-1111-4111-8111-111111111111', 404, 'No such record'],
    ['/records/%00', 404, 'No such record'],
    ['/script-analysis?sort=colour', 400, 'the nearest that exists is -runs'],
    ['/error-analysis?state=fixed', 400, 'the nearest that exists is open'],
    ['/error-analysis?page=0', 400, 'The parameter page is a whole number from 1 to 9,999.'],
    ['/records?unended=no', 400, 'the nearest that exists is yes'],
    ['/scripts/docker?script=immich', 400, 'The parameter script stands there twice'],
    ['/records?page=2', 400, 'There is no such parameter'],
  ])('%s is %d', async (path, status, words) => {
    const { status: found, html } = await get(path)
    expect([found, html]).toEqual([status, expect.stringContaining(words)])
  })
})

test.each([...hostileNames])('the script %j has its page, its link leads there, and it stays text', async (name) => {
  const own = `/scripts/${encodeURIComponent(name)}`
  const { html } = await get('/script-analysis')
  expect(html).toContain(`href="${own}?period=30d"`)
  const page = await get(own)
  expect(page).toEqual({ status: 200, html: expect.stringContaining('>30</a>') })
  expect(page.html).not.toMatch(/<script|href="javascript:/)
  const count = linkIn(page.html, '/records[?]')
  expect((await get(count)).html).toContain('<h2>30 runs</h2>')
})

test('a run is opened from the list and leads to the group of its error', async () => {
  const list = await get('/records?status=failed')
  const record = await get(linkIn(list.html, '/records/'))
  expect(record).toEqual({ status: 200, html: expect.stringContaining('Run of ') })
  expect(record.html).not.toMatch(/192\.168\.1\.77|admin@example/)
  const group = await get(linkIn(record.html, '/errors/'))
  expect(group).toEqual({ status: 200, html: expect.stringContaining('Fingerprint') })
})

test('an address of a place behind which no run is left says so and leads to the first page, filters and all', async () => {
  const { html } = await get('/records?period=7d&repaired=no&after=1.1')
  expect(html).toContain('No run is left behind this place of the list.')
  expect(html).not.toContain('<tbody>')
  expect(/href="([^"]*)">Begin/.exec(html)?.[1]).toBe('/records?period=7d&amp;repaired=no')
})

test('older and newer lead through all runs and back', async () => {
  const seen = new Set<string>()
  let path = '/records?status=success'
  for (let pages = 0; path !== '' && pages < 10; pages++) {
    const { html } = await get(path)
    for (const [, id = ''] of html.matchAll(/href="\/records\/([0-9a-f-]{36})"/g)) seen.add(id)
    path = (/href="([^"]*)">older ›/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&')
  }
  expect(seen.size).toBe(120)
})

test('a group is muted with a note, is then no longer new or growing, and is opened again', async () => {
  const { browser } = seeded
  const overview = await get('/dashboard')
  const path = linkIn(overview.html, '/errors/').split('?')[0] ?? ''
  const muted = await browser.submit(path, { state: 'muted', note: 'known <b>' })
  expect([muted.status, muted.headers.get('location')]).toEqual([303, path])
  expect((await get(path)).html).toContain('muted by ada')
  expect((await get(path)).html).toContain('known &lt;b&gt;')
  expect((await get('/dashboard')).html).not.toContain(`href="${path}"`)
  expect((await get('/error-analysis?state=muted')).html).toContain(`href="${path}?period=30d"`)
  expect((await browser.submit(path, { state: 'muted', note: 'x'.repeat(201) })).status).toBe(422)
  expect((await browser.submit(path, { state: 'open' })).status).toBe(303)
  expect((await get('/dashboard')).html).toContain(`href="${path}"`)
  expect((await browser.post(path, { state: 'muted', token: 'forged' })).status).toBe(403)
})

test('the theme is kept in a cookie, and the switch returns to where it stood', async () => {
  const { browser } = seeded
  const answer = await browser.post('/theme', { theme: 'dark', back: '/records?status=failed' })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/records?status=failed'])
  expect((await get('/records')).html).toContain('<html lang="en" data-theme="dark">')
  expect((await browser.post('/theme', { theme: 'dark', back: '/sign-in?next=%2F' })).headers.get('location')).toBe('/sign-in?next=%2F')
  expect((await browser.post('/theme', { theme: 'auto', back: 'https://evil.example/' })).headers.get('location')).toBe('/')
  expect((await get('/records')).html).not.toContain('data-theme')
})

test('System says what was refused and repaired, by code and in words', async () => {
  await seeded.service.ask('/telemetry', { body: '{"random_id":"a","type":"lxc","status":"success"}' })
  await seeded.service.ask('/telemetry', {
    body: JSON.stringify({ random_id: crypto.randomUUID(), type: 'lxc', nsapp: 'x', status: 'success', disk_size: '8G' }),
  })
  const { html } = await get('/system')
  for (const words of [
    'payload_unusable:nsapp:missing',
    'Nothing of it could be used: nsapp missing',
    'disk_size:unit',
    'A number carried a unit',
  ])
    expect(html).toContain(words)
})
