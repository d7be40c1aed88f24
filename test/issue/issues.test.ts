import { describe, expect, test } from 'bun:test'
import { openAudit } from '../../src/access/audit.ts'
import { openAccessDatabase } from '../../src/access/database.ts'
import { openErrorIssues } from '../../src/access/error-issue.ts'
import { createGithub } from '../../src/issue/github.ts'
import { decidedMs, openIssues } from '../../src/issue/issues.ts'
import { fakeClock } from '../fake-clock.ts'
import { temporaryFolder } from '../store/folder.ts'
import { type FakeGithub, startFakeGithub } from './fake-github.ts'

const key = { tenant: 'default', fingerprint: '39a3db6286980b2c' }
const group = { title: 'Connection refused', exitCodes: [28], scripts: ['docker'], firstAt: 0 }
const wish = { key, group, labels: ['bug'], actor: 'user:a' }
const secret = new Uint8Array(32).fill(7)

/** The issues of one `access.db` at one GitHub; `restart` opens the file again, as after a crash. */
function place(there: FakeGithub, timeoutMs = 2_000) {
  const folder = temporaryFolder()
  const clock = fakeClock(Date.now())
  const lookup = async () => ['127.0.0.1']
  const to = { apiUrl: there.origin, token: 'a-token', owner: 'an-owner', repo: 'a-repo', allowsPrivate: true }
  const opened: Disposable[] = []
  function restart(name = 'access.db') {
    const database = openAccessDatabase(folder.file(name))
    opened.push({ [Symbol.dispose]: () => database.close() })
    const book = openErrorIssues(database, { clock, secret })
    return { book, database, issues: openIssues({ github: createGithub({ ...to, lookup, clock, timeoutMs }), book, clock }) }
  }
  const dispose = () => {
    for (const one of opened) one[Symbol.dispose]()
    folder[Symbol.dispose]()
  }
  return { clock, restart, [Symbol.dispose]: dispose }
}

const first = (there: FakeGithub) => ({ ok: true, value: `${there.origin}/an-owner/a-repo/issues/1` }) as const

describe('a group never has a second issue', () => {
  test('though asked for again, also after a restart; the audit names the first who asked, once', async () => {
    await using there = startFakeGithub()
    using here = place(there)
    const { issues, database } = here.restart()
    expect(await issues.open(wish)).toEqual(first(there))
    expect(await issues.open({ ...wish, actor: 'user:b' })).toEqual(first(there))
    expect(await here.restart().issues.open(wish)).toEqual(first(there))
    expect(there.posts()).toHaveLength(1)
    expect(openAudit(database).list(9)).toMatchObject([
      { actor: 'user:a', act: 'issue_create', subject: `default/${key.fingerprint}`, tenant: 'default' },
    ])
  })

  test('though asked for by many at once', async () => {
    await using there = startFakeGithub()
    using here = place(there)
    const { issues } = here.restart()
    const answers = await Promise.all(Array.from({ length: 20 }, () => issues.open(wish)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toEqual(first(there))
    expect(there.posts()).toHaveLength(1)
  })

  test('though the answer was lost: it is looked up, at once when it is there', async () => {
    await using there = startFakeGithub()
    using here = place(there, 300)
    const { issues, book } = here.restart()
    there.twist(({ method, body }) => {
      if (method !== 'POST') return undefined
      there.make(body)
      return new Promise<Response>(() => undefined)
    })
    expect(await issues.open(wish)).toMatchObject({ ok: false, fault: { code: 'timeout' } })
    expect(book.find(key)?.state).toBe('asking')
    expect(await issues.open({ ...wish, actor: 'user:b' })).toEqual(first(there))
    expect(book.find(key)).toMatchObject({ state: 'made', actor: 'user:a' })
    expect(there.posts()).toHaveLength(1)
  })

  test('though the service died between GitHub’s answer and the note of it', async () => {
    await using there = startFakeGithub()
    using here = place(there)
    const { book } = here.restart()
    book.claim(key, 'user:a') // The note that stands before the request leaves.
    there.make(JSON.stringify({ body: `mark ${book.markerOf(key)}` }))
    expect(await here.restart().issues.open(wish)).toEqual(first(there))
    expect(there.posts()).toEqual([])
  })

  test('though it may come late: until that is decided there is no answer, then it is asked for anew', async () => {
    await using there = startFakeGithub()
    using here = place(there)
    const { issues } = here.restart()
    there.twist(({ method }) => (method === 'POST' ? new Response('', { status: 502 }) : undefined))
    expect(await issues.open(wish)).toEqual({ ok: false, fault: { code: 'failed' } })
    there.twist(() => undefined)
    here.clock.pass(decidedMs - 1_000)
    expect(await issues.open(wish)).toEqual({ ok: false, fault: { code: 'undecided', retrySeconds: 1 } })
    here.clock.pass(1_000)
    expect(await issues.open(wish)).toEqual(first(there))
    expect(there.posts()).toHaveLength(2)
    expect(there.issues).toHaveLength(1)
  })

  test('though the file was put back from before it had one', async () => {
    await using there = startFakeGithub()
    using here = place(there)
    expect(await here.restart().issues.open(wish)).toEqual(first(there))
    expect(await here.restart('older.db').issues.open(wish)).toEqual(first(there))
    expect(there.posts()).toHaveLength(1)
  })
})

test('what GitHub surely refused is forgotten, and can be asked for at once', async () => {
  await using there = startFakeGithub()
  using here = place(there)
  const { issues, book } = here.restart()
  there.twist(({ method }) => (method === 'POST' ? new Response('', { status: 422 }) : undefined))
  expect(await issues.open(wish)).toEqual({ ok: false, fault: { code: 'refused' } })
  expect(book.find(key)).toBeUndefined()
  there.twist(() => undefined)
  expect(await issues.open(wish)).toEqual(first(there))
})

test('nothing is made while it cannot be looked up whether there is one', async () => {
  await using there = startFakeGithub()
  using here = place(there)
  there.twist(({ method }) => (method === 'GET' ? new Response('', { status: 500 }) : undefined))
  const { issues, book } = here.restart()
  expect(await issues.open(wish)).toEqual({ ok: false, fault: { code: 'failed' } })
  expect([there.posts(), book.find(key)]).toEqual([[], undefined])
})

test('GitHub is left alone for as long as it asks', async () => {
  await using there = startFakeGithub()
  using here = place(there)
  const { issues } = here.restart()
  there.twist(() => new Response('', { status: 403, headers: { 'Retry-After': '90' } }))
  const limited = { ok: false, fault: { code: 'rate_limited', retrySeconds: 90 } } as const
  expect(await issues.open(wish)).toEqual(limited)
  expect(await issues.open({ ...wish, key: { ...key, fingerprint: '0'.repeat(16) } })).toEqual(limited)
  expect(there.asked).toHaveLength(1)
  there.twist(() => undefined)
  here.clock.pass(90_000)
  expect(await issues.open(wish)).toEqual(first(there))
})

test('each tenant has its own issue of the same error, and none is told of the other’s', async () => {
  await using there = startFakeGithub()
  using here = place(there)
  const { issues } = here.restart()
  const other = { ...key, tenant: 'other' }
  expect(await issues.open(wish)).toEqual(first(there))
  expect(issues.find(other)).toBeUndefined()
  expect(await issues.open({ ...wish, key: other })).toEqual({ ok: true, value: `${there.origin}/an-owner/a-repo/issues/2` })
  expect(there.issues.map(({ body }) => body).join()).not.toContain('other')
})

test('only so many are asked for at once', async () => {
  await using there = startFakeGithub()
  using here = place(there)
  const { issues } = here.restart()
  const keys = Array.from({ length: 9 }, (_, index) => ({ ...key, fingerprint: String(index).padStart(16, '0') }))
  const answers = await Promise.all(keys.map((one) => issues.open({ ...wish, key: one })))
  expect(answers.map((answer) => String(answer.ok ? 'made' : answer.fault.code))).toEqual([...Array<string>(8).fill('made'), 'busy'])
})

test('without a token nothing is asked, and what is there is still known', async () => {
  await using there = startFakeGithub()
  using here = place(there)
  await here.restart().issues.open(wish)
  const off = openIssues({ github: undefined, book: here.restart().book, clock: here.clock })
  expect(off.isOn).toBe(false)
  expect(await off.open(wish)).toEqual(first(there))
  expect(await off.open({ ...wish, key: { ...key, tenant: 'other' } })).toEqual({ ok: false, fault: { code: 'off' } })
})
