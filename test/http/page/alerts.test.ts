import { Database } from 'bun:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { openAlertMessageBook } from '../../../src/access/alert-message-book.ts'
import { openAccessDatabase } from '../../../src/access/database.ts'
import { mailbox } from '../../part/mailbox.ts'
import { type Running, startRunning } from '../../part/running.ts'
import { type Browser, openBrowser, setUp, tokenIn } from '../../part/sign-in.ts'
import { until } from '../../wait.ts'

let service: Running
let admin: Browser
let mail: Awaited<ReturnType<typeof mailbox>>
beforeAll(async () => {
  mail = await mailbox()
  const settings = { ALERT_ENABLED: 'true', SMTP_HOST: 'localhost', SMTP_PORT: String(mail.port), SMTP_TO: 'a@b.test' }
  service = await startRunning({ ...settings, SMTP_CA_FILE: 'test/fixture/tls/localhost.crt', ALERT_QUIET_HOURS: '21-05' })
  admin = await setUp(service)
})
afterAll(async () => {
  await service[Symbol.asyncDispose]()
  await mail[Symbol.asyncDispose]()
})

/** The acts of the audit about alerts, the oldest first. */
function audited(): readonly { readonly actor: string; readonly act: string; readonly subject: string }[] {
  const database = new Database(join(service.folder, 'access.db'), { readonly: true })
  const rows = database.query<{ actor: string; act: string; subject: string }, []>(
    `SELECT actor, act, subject FROM audit WHERE act LIKE 'alert%' AND actor LIKE 'user:%' ORDER BY id`,
  )
  const found = rows.all()
  database.close()
  return found
}

/** Adds a rule by the form; gives where its page is. */
async function addRule(fields: Readonly<Record<string, string>>): Promise<string> {
  const answer = await admin.submit('/alerts', { act: 'add', ...fields })
  expect(answer.status).toBe(303)
  return (answer.headers.get('location') ?? '').split('?')[0] ?? ''
}

describe('the page of alerts', () => {
  test('shows the first rules, where messages go, and the way to it stands on every page', async () => {
    const html = await (await admin.get('/alerts')).text()
    expect(html).toContain('told by mail')
    for (const id of ['failure-rate', 'script-worse', 'new-error', 'stuck-runs', 'disk-full', 'backup-failed', 'integrity-failed'])
      expect(html).toContain(`href="/alerts/${id}"`)
    expect(html).toContain('href="/alerts" aria-current="page"')
    for (const path of ['/dashboard', '/records', '/system', '/account'])
      expect(await (await admin.get(path)).text()).toContain('href="/alerts"')
  })

  test('shows another tenant none of them', async () => {
    const key = await service.makeKey('read', { tenant: 'other' })
    expect(await (await service.ask('/alerts', { key })).text()).toContain('There is no rule.')
    expect((await service.ask('/alerts/disk-full', { key })).status).toBe(404)
  })

  test('shows who only reads no form, and takes none', async () => {
    const key = await service.makeKey('read')
    const html = await (await service.ask('/alerts/disk-full', { key })).text()
    expect(html).toContain('free space of the disk below the threshold')
    expect(html).not.toContain('name="act"')
    const form = { body: 'act=remove', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
    expect((await service.ask('/alerts/disk-full', { key, ...form })).status).toBe(403)
    expect((await service.ask('/alerts', { key, ...form })).status).toBe(403)
  })

  test('says how they are switched on', async () => {
    await using other = await startRunning()
    const html = await (await other.ask('/alerts', { key: await other.makeKey('read') })).text()
    expect(html).toContain('off: set ALERT_ENABLED=true')
  })
})

describe('a rule on the page', () => {
  test('is added, changed, muted, unmuted and removed by forms, each in the audit', async () => {
    const before = audited().length
    const path = await addRule({ kind: 'failure_rate', script: 'immich', threshold: '30', holdMin: '15' })
    const id = path.slice('/alerts/'.length)
    const html = await (await admin.get(path)).text()
    expect(html).toContain('failure rate (immich)')
    expect(html).toContain('name="threshold" value="30"')

    const changed = await admin.submit(path, { act: 'change', script: 'docker', threshold: '40.5', windowMin: '60' })
    expect([changed.status, changed.headers.get('location')]).toEqual([303, `${path}?done=changed`])
    const after = await (await admin.get(`${path}?done=changed`)).text()
    expect(after).toContain('The rule is changed.')
    expect(after).toContain('40.5 %')
    expect(after).toContain('60 minutes, at least 10 ended runs')

    await admin.submit(path, { act: 'mute', hours: '24' })
    expect(await (await admin.get(path)).text()).toContain('muted until (UTC)')
    await admin.submit(path, { act: 'unmute' })
    expect(await (await admin.get(path)).text()).not.toContain('muted until (UTC)')

    const removed = await admin.submit(path, { act: 'remove' })
    expect(removed.headers.get('location')).toBe('/alerts?done=removed')
    expect((await admin.get(path)).status).toBe(404)
    const acts = audited().slice(before)
    expect(acts.map(({ act }) => act)).toEqual(['alert_add', 'alert_change', 'alert_mute', 'alert_unmute', 'alert_remove'])
    expect(new Set(acts.map(({ subject }) => subject))).toEqual(new Set([id]))
    expect(acts.every(({ actor }) => /^user:[0-9A-Za-z_-]+$/.test(actor))).toBe(true)
  })

  test('that the settings make is muted, but neither changed nor removed', async () => {
    const path = '/alerts/failure-rate'
    expect(await (await admin.get(path)).text()).not.toContain('value="remove"')
    expect((await admin.submit(path, { act: 'change', threshold: '99' })).status).toBe(422)
    expect((await admin.submit(path, { act: 'remove' })).status).toBe(404)
    expect(await (await admin.get(path)).text()).toContain('20 %')
  })

  test('that the settings make has the quiet hours of the settings, and is tried with other values that are not stored', async () => {
    const html = await (await admin.get('/alerts/failure-rate')).text()
    expect(html).toContain('21-5: what fires then and lasts is told when they end')
    expect(html).toContain('set those to change it')
    expect([html.includes('value="preview"'), html.includes('value="change"')]).toEqual([true, false])
    const tried = await admin.submit('/alerts/failure-rate', { act: 'preview', threshold: '44', quiet: '1-2' })
    const answer = await tried.text()
    expect([tried.status, answer]).toEqual([200, expect.stringContaining('Nothing is stored.')])
    expect([answer.includes('value="44"'), answer.includes('value="1-2"')]).toEqual([true, true])
    expect(await (await admin.get('/alerts/failure-rate')).text()).toContain('name="threshold" value="20"')
  })

  test.each([
    ['a kind that is none', { kind: 'weather' }, 'There is no such kind of rule.'],
    ['a threshold in words', { kind: 'failure_rate', threshold: 'many' }, 'The threshold must be over 0'],
    ['a threshold over all', { kind: 'failure_rate', threshold: '101' }, 'The threshold must be over 0'],
    ['a window of seconds', { kind: 'no_data', windowMin: '1' }, 'The window must be'],
    ['a script where no runs are counted', { kind: 'disk_full', script: 'immich' }, 'Source and script are names'],
    ['a name with a line break', { kind: 'failure_rate', script: 'a\r\nBcc: x@y.test' }, 'Source and script are names'],
  ])('with %s is refused with the reason, and what was typed is still there', async (_, fields, reason) => {
    const answer = await admin.submit('/alerts', { act: 'add', source: 'typed-before', ...fields })
    const html = await answer.text()
    expect([answer.status, html]).toEqual([422, expect.stringContaining(reason)])
    expect(html).toContain('value="typed-before"')
  })

  test.each(['-5', '0', '673', '1.5', '1e1', ' ', 'soon'])(
    'is not muted for %j hours, and the page names the field and what it may be',
    async (hours) => {
      const answer = await admin.submit('/alerts/disk-full', { act: 'mute', hours })
      const html = await answer.text()
      expect([answer.status, html]).toEqual([422, expect.stringContaining('hours must be a whole number from 1 to 672')])
      expect(html).not.toContain('muted until (UTC)')
    },
  )

  test('takes a hostile name as text', async () => {
    const path = await addRule({ kind: 'failure_rate', script: '<img src=x onerror=alert(1)>"\'' })
    for (const page of [path, '/alerts']) expect(await (await admin.get(page)).text()).not.toContain('<img')
    await admin.submit(path, { act: 'remove' })
  })

  test('is changed by nobody who was made to send a form from elsewhere', async () => {
    const html = await (await admin.get('/alerts/disk-full')).text()
    const token = tokenIn(html)
    const tries = [
      await admin.post('/alerts/disk-full', { act: 'remove' }),
      await admin.post('/alerts/disk-full', { act: 'remove', token }, { 'Sec-Fetch-Site': 'cross-site' }),
      await admin.post('/alerts/disk-full', { act: 'remove', token: tokenIn(await (await openBrowser(service).get('/sign-in')).text()) }),
      await openBrowser(service).post('/alerts/disk-full', { act: 'remove', token }),
    ]
    expect(tries.map(({ status }) => status)).toEqual([403, 403, 403, 303]) // The last one is sent to the sign-in.
    expect((await admin.get('/alerts/disk-full')).status).toBe(200)
  })
})

test('rules about the machine and test messages are for who runs the service, in another tenant neither is offered nor taken', async () => {
  const key = await service.makeKey('admin', { tenant: 'other' })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const post = (fields: Readonly<Record<string, string>>) =>
    service.ask('/alerts', { key, headers, body: String(new URLSearchParams(fields)) })
  const html = await (await service.ask('/alerts', { key })).text()
  expect([html.includes('value="failure_rate"'), html.includes('value="disk_full"')]).toEqual([true, false])
  expect(html).not.toContain('Send a test message')
  const refused = await post({ act: 'add', kind: 'disk_full' })
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('Rules about the machine belong to')])
  const got = mail.got.length
  expect((await post({ act: 'test' })).status).toBe(403)
  expect(mail.got).toHaveLength(got)
  const added = await post({ act: 'add', kind: 'failure_rate' })
  expect(added.status).toBe(303)
  expect((await post({ act: 'add', kind: 'failure_rate' })).headers.get('location')).toBe(added.headers.get('location'))
})

test('the test message goes out from the page, and the page says what went wrong', async () => {
  const sent = await admin.submit('/alerts', { act: 'test' })
  expect([sent.status, sent.headers.get('location')]).toEqual([303, '/alerts?done=tested'])
  expect(mail.got).toHaveLength(1)
  await using dead = await startRunning({ ALERT_ENABLED: 'true', SMTP_HOST: 'localhost', SMTP_PORT: '1', SMTP_TO: 'a@b.test' })
  const failed = await (await setUp(dead)).submit('/alerts', { act: 'test' })
  expect([failed.status, await failed.text()]).toEqual([502, expect.stringContaining('mail: ')])
})

/** Puts a message about a rule into the file of the service that mail gave up. */
function giveUp(id: string, tenant = 'default', title = `Alert: lost ${id}`): void {
  const database = openAccessDatabase(join(service.folder, 'access.db'))
  const book = openAlertMessageBook(database)
  const at = Date.now()
  const said = { title, summary: 'It was not sent.', facts: [], links: [{ text: 'Rule', path: '/alerts/stuck-runs' }] }
  const body = JSON.stringify({ id, tenant, rule: 'stuck-runs', kind: 'stuck_runs', subject: '', phase: 'firing', at, ...said })
  book.record({ states: [], messages: [{ id, tenant, rule: 'stuck-runs', thread: id, at, body }], channels: ['mail', 'webhook'] })
  for (const channel of ['mail', 'webhook']) book.markFailed(id, channel, { at, fault: 'refused' })
  database.close()
}

describe('a message that was given up', () => {
  test('is seen and sent again by a maintainer, once, from the page of its rule, and the audit says so', async () => {
    giveUp('lost')
    const html = await (await admin.get('/alerts/stuck-runs')).text()
    expect(html).toContain('mail given up (refused), webhook given up (refused)')
    expect(html.split('name="act" value="again"')).toHaveLength(2) // There is no webhook any more that could try.
    const got = mail.got.length
    const fields = { act: 'again', message: 'lost', channel: 'mail', back: '/alerts/stuck-runs' }
    const sent = await admin.submit('/alerts', fields)
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/alerts/stuck-runs?done=again'])
    await until(async () => (await (await admin.get('/alerts/stuck-runs?done=again')).text()).includes('mail sent'), 'it was sent')
    expect(await (await admin.get('/alerts/stuck-runs?done=again')).text()).toContain('The message is sent again.')
    expect(mail.got).toHaveLength(got + 1)
    expect((await admin.submit('/alerts', fields)).status).toBe(404)
    expect((await admin.submit('/alerts', { ...fields, channel: 'webhook' })).status).toBe(404)
    expect(audited().at(-1)).toMatchObject({ act: 'alert_resend', subject: 'mail/lost' })
  })

  test('has a button with a name of its own, however alike the messages are', async () => {
    giveUp('twin-1', 'default', 'Alert: twin')
    giveUp('twin-2', 'default', 'Alert: twin')
    for (const path of ['/alerts', '/alerts/stuck-runs']) {
      const html = await (await admin.get(path)).text()
      const names = [...html.matchAll(/<button type="submit" aria-label="(Resend by mail: [^"]*)"/g)].map(([, name]) => name)
      expect(names.filter((name) => name?.includes('Alert: twin'))).toHaveLength(2)
      expect(new Set(names).size).toBe(names.length)
    }
  })

  test('comes back to a page of alerts, and to no other place', async () => {
    giveUp('elsewhere')
    const fields = { act: 'again', message: 'elsewhere', channel: 'mail', back: '/alerts/..//evil.test' }
    expect((await admin.submit('/alerts', fields)).headers.get('location')).toBe('/alerts?done=again')
  })

  test.each([
    ['a viewer', 'read', 'default', 'default', 403],
    ['an admin of another tenant', 'admin', 'other', 'default', 404],
    ['an admin of its tenant', 'admin', 'other', 'other', 303],
  ] as const)('is answered to %s as it should', async (name, scope, tenant, of, status) => {
    giveUp(name, of)
    const key = await service.makeKey(scope, { tenant })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = String(new URLSearchParams({ act: 'again', message: name, channel: 'mail' }))
    expect((await service.ask('/alerts', { key, headers, body })).status).toBe(status)
    const html = await (await service.ask('/alerts', { key })).text()
    if (scope === 'read') expect(html).not.toContain('value="again"')
    if (tenant !== of) expect(html).not.toContain(`lost ${name}`)
  })
})

describe('a preview', () => {
  test('says how often a rule would have fired, stores nothing, and leaves what was typed', async () => {
    const rules = async () => (await (await admin.get('/alerts')).text()).match(/<tr>/g)?.length
    const [before, acts] = [await rules(), audited().length]
    const answer = await admin.submit('/alerts', { act: 'preview', kind: 'failure_rate', threshold: '33', quiet: '22-6' })
    const html = await answer.text()
    expect([answer.status, html]).toEqual([200, expect.stringContaining('There is no run yet, and so no past. Nothing is stored.')])
    expect([html.includes('value="33"'), html.includes('value="22-6"')]).toEqual([true, true])
    const machine = await (await admin.submit('/alerts/disk-full', { act: 'preview', threshold: '0.000001' })).text()
    expect(machine).toMatch(/It would not have fired since [-0-9]{10} [0-9:]{5} UTC, before which nothing is known\./)
    expect(machine).toContain('as far as the figure was kept')
    const unknown = await (await admin.submit('/alerts', { act: 'preview', kind: 'mirror_behind' })).text()
    expect(unknown).toContain('The past of this figure cannot be known')
    expect([await rules(), audited().length]).toEqual([before, acts])
  })

  test('of a rule that cannot be is refused with the reason', async () => {
    const answer = await admin.submit('/alerts', { act: 'preview', kind: 'failure_rate', quiet: '22-22' })
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('Quiet hours are two different hours')])
  })

  test('is for maintainers, and of the machine for those who run the service', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const ask = async (scope: 'read' | 'admin', kind: string) => {
      const key = await service.makeKey(scope, { tenant: 'other' })
      return (await service.ask('/alerts', { key, headers, body: `act=preview&kind=${kind}` })).status
    }
    expect([await ask('read', 'failure_rate'), await ask('admin', 'failure_rate'), await ask('admin', 'disk_full')]).toEqual([
      403, 200, 422,
    ])
  })
})

test('the list says of each rule until when it is muted and which its quiet hours are, to readers as well', async () => {
  const path = await addRule({ kind: 'no_data', windowMin: '62', quiet: '22-06' })
  await admin.submit(path, { act: 'mute', hours: '1' })
  const texts = [await admin.get('/alerts'), await service.ask('/alerts', { key: await service.makeKey('read') })]
  for (const html of await Promise.all(texts.map((answer) => answer.text()))) {
    expect(html).toContain('<th scope="col">mute, quiet hours (UTC)</th>')
    expect(html).toMatch(/muted until [-0-9]{10} [0-9:]{5}<\/span><span class="under">quiet hours 22-6</)
  }
  await admin.submit(path, { act: 'remove' })
})

test('quiet hours are set on the page, stand there and are taken away again', async () => {
  const path = await addRule({ kind: 'no_data', windowMin: '61', quiet: '22-06' })
  expect(await (await admin.get(path)).text()).toContain('22-6: what fires then and lasts is told when they end')
  await admin.submit(path, { act: 'change', windowMin: '61' })
  expect(await (await admin.get(path)).text()).not.toContain('what fires then')
  await admin.submit(path, { act: 'remove' })
})

test('the page of a rule shows its past, what was done to it and by whom, and sends a test message', async () => {
  await admin.submit('/alerts/disk-full', { act: 'mute', hours: '1' })
  await admin.submit('/alerts/disk-full', { act: 'unmute' })
  const html = await (await admin.get('/alerts/disk-full')).text()
  expect(html).toContain('The lowest figure of each day')
  expect(html).toMatch(/<svg class="chart wide-chart".*<details><summary>Figures as a table/s)
  expect(html.indexOf('>Unmuted<')).toBeLessThan(html.indexOf('>Muted<'))
  expect(html).toMatch(/>Muted<\/span><span class="muted under">by [^<]+</)
  const sent = await admin.submit('/alerts', { act: 'test', back: '/alerts/disk-full' })
  expect(sent.headers.get('location')).toBe('/alerts/disk-full?done=tested')
})

test('that links lead to localhost and that the sender is nobody is said to who runs the service, and nothing where both are set', async () => {
  const html = await (await admin.get('/alerts')).text()
  expect(html).toContain('PUBLIC_URL is not set: links in messages lead to localhost')
  expect(html).toContain('SMTP_FROM has no domain of the public DNS')
  const mailed = { ALERT_ENABLED: 'true', SMTP_HOST: 'localhost', SMTP_TO: 'a@b.test' }
  await using set = await startRunning({ ...mailed, PUBLIC_URL: 'https://t.b.org', SMTP_FROM: 'telemetry@b.org' })
  const calm = await (await set.ask('/alerts', { key: await set.makeKey('read') })).text()
  expect([calm.includes('PUBLIC_URL'), calm.includes('SMTP_FROM')]).toEqual([false, false])
})
