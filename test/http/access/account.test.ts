import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type Running, startRunning } from '../../part/running.ts'
import { adminName, adminPassword, type Browser, openBrowser, setUp, signIn } from '../../part/sign-in.ts'

let service: Running
let admin: Browser
beforeAll(async () => {
  service = await startRunning()
  admin = await setUp(service)
})
afterAll(() => service[Symbol.asyncDispose]())

const password = 'a quiet blue lamp'
const toldIn = async (answer: Response) => /role="(?:alert|status)"[^>]*>([^<]*)</.exec(await answer.text())?.[1]
const statusOf = async (browser: Browser, path: string) => (await browser.get(path)).status
const sessionIds = (html: string) => [...html.matchAll(/action="\/sessions\/(\w+)"/g)].map(([, id = '']) => id)

/** Makes a user by the form and signs in as that one. */
async function makeUser(name: string, role: string): Promise<Browser> {
  const made = await admin.submit('/users', { name, role, password })
  if (made.headers.get('location') !== '/users?done=made') throw new Error(`user was not made: ${await toldIn(made)}`)
  const browser = openBrowser(service)
  const answer = await signIn(browser, name, password)
  if (answer.status !== 303) throw new Error(`sign-in answered ${answer.status}`)
  return browser
}

describe('/account', () => {
  test('shows who one is and the own sessions, and ends another of them', async () => {
    const first = await makeUser('viewer-1', 'viewer')
    const second = openBrowser(service)
    await signIn(second, 'viewer-1', password)
    const html = await (await first.get('/account')).text()
    expect(html).toMatch(/viewer-1/)
    expect(html).not.toContain(`>${adminName}<`)
    const ids = sessionIds(html)
    expect(ids).toHaveLength(2)
    expect(html).toContain('End this session')
    const [other = ''] = ids.filter((id) => !isThisOne(html, id))
    const ended = await first.submit('/account', { from: 'account' }, `/sessions/${other}`)
    expect([ended.status, ended.headers.get('location')]).toEqual([303, '/account?done=session'])
    expect([await statusOf(first, '/account'), await statusOf(second, '/account')]).toEqual([200, 303])
  })

  test('ending the own session signs out', async () => {
    const browser = await makeUser('viewer-2', 'viewer')
    const [own = ''] = sessionIds(await (await browser.get('/account')).text())
    const answer = await browser.submit('/account', { from: 'account' }, `/sessions/${own}`)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])
    expect(browser.cookies.has('telemetry_session')).toBe(false)
    expect(await statusOf(browser, '/account')).toBe(303)
  })

  test('a new password needs the one of now, and ends the other sessions', async () => {
    const [mine, other] = [await makeUser('viewer-3', 'viewer'), openBrowser(service)]
    await signIn(other, 'viewer-3', password)
    const change = (fields: Readonly<Record<string, string>>) => mine.submit('/account', fields, '/account/password')
    const next = 'another quiet lamp'
    const wrong = await change({ current: 'not it at all', password: next, repeat: next })
    expect([wrong.status, await toldIn(wrong)]).toEqual([403, 'The password you gave as the one of now is not right.'])
    const differs = await change({ current: password, password: next, repeat: 'other' })
    expect([differs.status, await toldIn(differs)]).toEqual([422, 'The two new passwords differ.'])
    const short = await change({ current: password, password: 'short', repeat: 'short' })
    expect([short.status, await toldIn(short)]).toEqual([422, 'A password has at least 12 characters.'])
    expect(await statusOf(other, '/account')).toBe(200)
    const done = await change({ current: password, password: next, repeat: next })
    expect(done.headers.get('location')).toBe('/account?done=password')
    expect([await statusOf(mine, '/account'), await statusOf(other, '/account')]).toEqual([200, 303])
    expect((await signIn(other, 'viewer-3', password)).status).toBe(403)
    expect((await signIn(other, 'viewer-3', next)).status).toBe(303)
  })

  test('of a key shows its scope and offers no password', async () => {
    const browser = openBrowser(service)
    await browser.submit('/sign-in', { key: await service.makeKey('read') })
    const html = await (await browser.get('/account')).text()
    expect(html).toContain('Key of scope')
    expect(html).not.toContain('/account/password')
    expect((await browser.submit('/account', { current: 'x', password: 'y', repeat: 'y' }, '/account/password')).status).toBe(403)
  })
})

/** Whether the row of the session says that it is the one the page was asked with. */
function isThisOne(html: string, id: string): boolean {
  const row = html.slice(html.indexOf(`/sessions/${id}"`))
  return row.slice(0, row.indexOf('</form>')).includes('End this session')
}

describe('/users', () => {
  test('is for admins', async () => {
    for (const role of ['viewer', 'maintainer']) {
      const browser = await makeUser(`plain-${role}`, role)
      expect([await statusOf(browser, '/users'), await statusOf(browser, '/keys'), await statusOf(browser, '/api/records')]).toEqual([
        403, 403, 200,
      ])
      const tried = await browser.submit('/account', { name: 'x', role: 'admin', password }, '/users')
      expect(tried.status).toBe(403)
    }
  })

  test('changes a role, disables, enables, sets a password and deletes, each at once', async () => {
    const name = 'changed+x@example.org'
    const browser = await makeUser(name, 'viewer')
    const act = (fields: Readonly<Record<string, string>>) => admin.submit('/users', fields, `/users/${encodeURIComponent(name)}`)
    expect((await act({ act: 'role', role: 'admin' })).headers.get('location')).toBe('/users?done=role')
    expect(await statusOf(browser, '/users')).toBe(200)
    await act({ act: 'role', role: 'viewer' })
    expect(await statusOf(browser, '/users')).toBe(403)
    await act({ act: 'disable' })
    expect(await statusOf(browser, '/account')).toBe(303)
    expect((await signIn(browser, name, password)).status).toBe(403)
    await act({ act: 'enable' })
    expect((await signIn(browser, name, password)).status).toBe(303)
    await act({ act: 'password', password: 'set by the admin' })
    expect(await statusOf(browser, '/account')).toBe(303)
    expect((await signIn(browser, name, 'set by the admin')).status).toBe(303)
    expect((await act({ act: 'delete' })).status).toBe(400) // Without the word that it is meant.
    expect((await act({ act: 'delete', sure: 'yes' })).headers.get('location')).toBe('/users?done=delete')
    expect(await statusOf(browser, '/account')).toBe(303)
    expect((await act({ act: 'enable' })).status).toBe(404)
  })

  test.each([
    ['a name that is taken', { name: adminName, role: 'viewer', password }, 422, 'There is a user of that name already.'],
    [
      'HTML for a name',
      { name: '<b>x', role: 'viewer', password },
      422,
      'A name is 1 to 64 letters, digits or . _ @ + -, and begins with a letter or digit.',
    ],
    ['a short password', { name: 'newcomer', role: 'viewer', password: 'short' }, 422, 'A password has at least 12 characters.'],
  ])('refuses %s and says why', async (_, fields, status, words) => {
    const answer = await admin.submit('/users', fields)
    expect([answer.status, await toldIn(answer)]).toEqual([status, words])
  })

  test('refuses a role and an act that are none', async () => {
    expect((await admin.submit('/users', { name: 'x', role: 'root', password })).status).toBe(400)
    expect((await admin.submit('/users', { act: 'promote' }, `/users/${adminName}`)).status).toBe(400)
    expect((await admin.submit('/users', { act: 'role', role: 'root' }, `/users/${adminName}`)).status).toBe(400)
  })

  test('keeps the last admin', async () => {
    for (const fields of [{ act: 'disable' }, { act: 'delete', sure: 'yes' }, { act: 'role', role: 'viewer' }]) {
      const answer = await admin.submit('/users', fields, `/users/${adminName}`)
      expect([answer.status, await toldIn(answer)]).toEqual([422, 'This is the last admin. Make another one first.'])
    }
  })

  test('lists sessions of others to an admin, who may end them; a viewer may not', async () => {
    const [browser, other] = [await makeUser('watched', 'viewer'), await makeUser('curious', 'viewer')]
    const [id = ''] = sessionIds(await (await browser.get('/account')).text())
    expect((await other.submit('/account', {}, `/sessions/${id}`)).status).toBe(404)
    expect(await statusOf(browser, '/account')).toBe(200)
    expect(sessionIds(await (await admin.get('/users')).text())).toContain(id)
    const ended = await admin.submit('/users', { from: 'users' }, `/sessions/${id}`)
    expect(ended.headers.get('location')).toBe('/users?done=session')
    expect(await statusOf(browser, '/account')).toBe(303)
  })

  test('P23 shows and changes nothing of another tenant', async () => {
    const boss = openBrowser(service)
    await boss.submit('/sign-in', { key: await service.makeKey('admin', { tenant: 'team-2' }) })
    const html = await (await boss.get('/users')).text()
    expect(html).not.toContain(adminName)
    expect((await boss.submit('/users', { act: 'delete', sure: 'yes' }, `/users/${adminName}`)).status).toBe(404)
    const [id = ''] = sessionIds(await (await admin.get('/account')).text())
    expect((await boss.submit('/users', {}, `/sessions/${id}`)).status).toBe(404)
    const theirs = await service.makeKey('read', { tenant: 'default' })
    expect((await boss.submit('/keys', {}, `/keys/${theirs.split('_')[2]}`)).status).toBe(404)
    expect(await (await boss.get('/keys')).text()).not.toContain(theirs.split('_')[2] ?? 'no id')
    expect((await boss.submit('/users', { name: 'theirs', role: 'viewer', password })).status).toBe(303)
    expect(await (await admin.get('/users')).text()).not.toContain('theirs')
  })
})

describe('/keys', () => {
  test('makes a key that is shown once, works at once and is revoked at once', async () => {
    const answer = await admin.submit('/keys', { scope: 'read', life: '30', label: ' grafana ' })
    const html = await answer.text()
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store'])
    const key = /ts_r_\w{12}_\w{43}/.exec(html)?.[0] ?? ''
    expect((await service.ask('/api/records', { key })).status).toBe(200)
    const list = await (await admin.get('/keys')).text()
    expect(list).toContain('grafana')
    expect(list).not.toContain(key)
    const revoked = await admin.submit('/keys', {}, `/keys/${key.split('_')[2]}`)
    expect(revoked.headers.get('location')).toBe('/keys?done=revoked')
    expect((await service.ask('/api/records', { key })).status).toBe(401)
  })

  test.each([
    ['a scope that is none', { scope: 'root', life: '30', label: '' }, 400],
    ['a life that is none', { scope: 'read', life: '1e9', label: '' }, 400],
    ['a note that is too long', { scope: 'read', life: '30', label: 'x'.repeat(65) }, 422],
    ['a key that is not there', { act: 'revoke' }, 400],
  ])('refuses %s', async (_, fields, status) => {
    expect((await admin.submit('/keys', fields)).status).toBe(status)
  })
})

test('the fourth try from one place waits for its answer', async () => {
  const browser = openBrowser(service)
  const start = performance.now()
  for (let round = 0; round < 4; round += 1) expect((await signIn(browser, 'no-such-name', adminPassword)).status).toBe(403)
  expect(performance.now() - start).toBeGreaterThan(1_000)
})
