import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { freeTries } from '../../../src/access/sign-in-delay.ts'
import { permissions } from '../../../src/http/guard/permission.ts'
import { type Running, startRunning } from '../../part/running.ts'
import { adminName, adminPassword, type Browser, openBrowser, setUp, signIn, tokenIn } from '../../part/sign-in.ts'

let service: Running
let admin: Browser
let token: string
beforeAll(async () => {
  service = await startRunning({ ADMIN_PASSWORD: 'a password for machines', PIICLOAK_API_KEY: 'a key for texts' })
  admin = await setUp(service)
  token = tokenIn(await (await admin.get('/account')).text())
})
afterAll(() => service[Symbol.asyncDispose]())

/** Every route that a session can change something by. What takes events or a setup link looks at no session; `/theme` only sets a cookie of its sender. */
const sessionPosts = Object.entries(permissions)
  .filter(([route, { need }]) => route.startsWith('POST ') && need !== 'ingest' && !/setup|theme/.test(route))
  .map(([route]) => route.slice('POST '.length).replace(/:\w+/, 'x'))

/** What only a key opens. */
const keyPosts = Object.entries(permissions)
  .filter(([route, { need }]) => route.startsWith('POST ') && need === 'cloak')
  .map(([route]) => route.slice('POST '.length))

const cookieOf = ({ cookies }: Browser) => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')

describe('P18 another site that has the browser of an admin send a request', () => {
  /** What a foreign page can make a browser send, with the cookie, should SameSite ever fail. */
  const forms = [
    ['a form', 'application/x-www-form-urlencoded', 'act=delete&name=mallory'],
    ['text that reads as JSON', 'text/plain', '{"act":"delete","password":""}'],
    ['a form with files', 'multipart/form-data; boundary=x', '--x--'],
    ['nothing', '', ''],
  ] as const

  test.each(sessionPosts)(
    'is refused at %s, whatever it sends',
    async (path) => {
      const done: unknown[] = []
      for (const [name, type, body] of forms) {
        const headers = { Cookie: cookieOf(admin), 'Content-Type': type, Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }
        const answer = await service.ask(path, { method: 'POST', body, headers })
        if (![400, 401, 403, 404].includes(answer.status)) done.push([name, answer.status])
      }
      expect(done).toEqual([])
    },
    60_000,
  )

  test.each(sessionPosts)('is refused at %s also with the token, since its browser says where it comes from', async (path) => {
    if (path === '/api/cleanup/run' || keyPosts.includes(path)) return // Take no session at all: see the next tests.
    const answer = await admin.post(path, { token }, { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' })
    expect(answer.status).toBe(403)
  })

  test.each(keyPosts)('has no text cloaked at %s by the cookie of an admin', async (path) => {
    const answer = await admin.post(path, { token })
    expect(answer.status).toBe(401)
  })

  test('does not have stuck runs given up by the cookie of an admin, in no form', async () => {
    const answer = await admin.post('/api/cleanup/run', { token })
    expect(answer.status).toBe(401)
  }, 30_000)
})

describe('a session that was there before the sign-in', () => {
  const reads = async (value: string) => (await service.ask('/api/records', { headers: { Cookie: `telemetry_session=${value}` } })).status

  test.each([
    ['invented', async () => 'F'.repeat(43)],
    [
      'of the attacker',
      async () => {
        const attacker = openBrowser(service)
        await attacker.submit('/sign-in', { key: await service.makeKey('read') })
        return attacker.cookies.get('telemetry_session') ?? ''
      },
    ],
  ])('%s and planted in the browser of the victim is never taken over', async (_, plant) => {
    const planted = await plant()
    const victim = openBrowser(service)
    victim.cookies.set('telemetry_session', planted)
    const form = tokenIn(await (await victim.get('/account')).text()) || tokenIn(await (await victim.get('/sign-in')).text())
    const answer = await victim.post('/sign-in', { token: form, name: adminName, password: adminPassword })
    expect(answer.status).toBe(303)
    const own = victim.cookies.get('telemetry_session') ?? ''
    expect(own).not.toBe(planted)
    expect([await reads(own), await reads(planted)]).toEqual([200, 401])
  })

  test('and a form’s cookie that was planted name no session, before and after the sign-in', async () => {
    const planted = 'P'.repeat(43)
    const victim = openBrowser(service)
    victim.cookies.set('telemetry_form', planted)
    await signIn(victim, adminName, adminPassword)
    expect(victim.cookies.get('telemetry_session')).not.toBe(planted)
    expect([await reads(planted), victim.cookies.has('telemetry_form')]).toEqual([401, false])
  })
})

describe('guesses over HTTP', () => {
  const timeOf = async (work: () => Promise<Response>) => {
    const begun = performance.now()
    const { status } = await work()
    return { status, ms: performance.now() - begun }
  }

  test('of ADMIN_PASSWORD wait longer and longer from wherever they come, and nothing locks the owner out', async () => {
    await using own = await startRunning({ ADMIN_PASSWORD: 'right' })
    const guess = (password: string, n: number) =>
      timeOf(() =>
        own.ask('/api/cleanup/run', {
          method: 'POST',
          headers: { 'X-Admin-Password': password, 'X-Forwarded-For': `198.51.100.${n}` },
        }),
      )
    for (let n = 0; n < freeTries; n += 1) expect((await guess('wrong', n)).status).toBe(401)
    const slow = await guess('wrong', 90)
    expect([slow.status, slow.ms >= 900]).toEqual([401, true])
    expect((await guess('right', 91)).status).toBe(200)
  }, 60_000)

  test('of a name slow that name down, from every address, and no other one', async () => {
    const guess = (name: string) => timeOf(() => signIn(openBrowser(service), name, 'a wrong password'))
    for (let n = 0; n < freeTries; n += 1) await guess('victim')
    const [slow, other] = [await guess('victim'), await guess('somebody-else')]
    expect([slow.status, other.status]).toEqual([403, 403])
    expect(slow.ms).toBeGreaterThan(900)
    expect(other.ms).toBeLessThan(slow.ms)
  }, 60_000)
})
