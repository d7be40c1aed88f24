import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eventBody, startRunning } from '../../part/running.ts'
import { openBrowser } from '../../part/sign-in.ts'
import { type Seeded, startSeeded } from './seeded.ts'

let seeded: Seeded
beforeAll(async () => {
  seeded = await startSeeded({ PUBLIC_DASHBOARD: 'true' })
  for (const nsapp of ['rare', 'rare', 'seldom']) await seeded.service.ask('/telemetry', { body: eventBody({ nsapp }) })
  await seeded.service.settle()
})
afterAll(() => seeded.service[Symbol.asyncDispose]())

const get = async (path: string) => {
  const answer = await seeded.service.ask(path)
  return { status: answer.status, html: await answer.text() }
}

describe('PUBLIC_DASHBOARD shows everybody aggregates', () => {
  test.each(['/', '/dashboard', '/script-analysis', '/scripts/docker', '/error-analysis'])('%s, without a way to records', async (path) => {
    const { status, html } = await get(path)
    expect(status).toBe(200)
    expect(html).not.toMatch(/href="\/(?:records|system|export)|rare|seldom|name="token"/)
    expect(html).toContain('href="/sign-in"')
  })

  test('names with few runs are counted under what is folded, and have no page', async () => {
    expect((await get('/script-analysis')).html).toContain(
      'Not in the table: 3 runs of other scripts, each with too few to be named without a sign-in.',
    )
    expect((await get('/scripts/rare')).status).toBe(404)
    expect((await get('/scripts/other')).status).toBe(404)
  })

  test('a group of errors has its page without logs and runs', async () => {
    const path = /href="(\/errors\/[0-9a-f]{16})/.exec((await get('/error-analysis')).html)?.[1] ?? ''
    const { status, html } = await get(path)
    expect(status).toBe(200)
    expect(html).not.toMatch(/What runs printed|Newest runs|>Mute</)
  })

  test.each<[path: string, status: number]>([
    ['/dashboard?from=2026-01-01&to=2026-01-02', 400],
    ['/dashboard?os=debian&type=lxc', 400],
    ['/scripts/docker?os=debian', 400],
    ['/script-analysis?format=csv', 400],
    ['/dashboard?os=debian', 200],
    ['/records', 303],
    ['/system', 303],
  ])('%s is %d', async (path, status) => expect((await get(path)).status).toBe(status))

  test('muting needs a maintainer', async () => {
    const path = '/errors/0123456789abcdef'
    expect((await openBrowser(seeded.service).post(path, { state: 'muted' })).status).toBe(303)
    const answer = await seeded.service.ask(path, {
      body: 'state=muted',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      key: await seeded.service.makeKey('read'),
    })
    expect(answer.status).toBe(403)
  })
})

test('who reads another tenant sees nothing of this one', async () => {
  const key = await seeded.service.makeKey('read', { tenant: 'other' })
  for (const path of ['/', '/script-analysis', '/error-analysis', '/records', '/system']) {
    const html = await (await seeded.service.ask(path, { key })).text()
    expect([path, /docker|immich|locate package/.test(html)]).toEqual([path, false])
  }
  expect((await seeded.service.ask('/scripts/docker', { key })).status).toBe(404)
})

test('before the first event the overview says how to send one, and loads again until it is there or the reader stops it', async () => {
  await using service = await startRunning()
  const key = await service.makeKey('read')
  const text = async (path: string) => (await service.ask(path, { key })).text()
  const empty = await text('/')
  expect(empty).toContain('<meta http-equiv="refresh" content="5"/>')
  expect(empty).toContain('curl -m 5')
  expect(await text('/dashboard?live=0')).not.toContain('http-equiv')
  await service.ask('/telemetry', { body: eventBody({ status: 'installing' }) })
  await service.settle()
  const first = await text('/')
  expect(first).toContain('href="/records?period=30d">1</a>')
  expect(first).not.toMatch(/http-equiv|curl -m/)
})
