import { describe, expect, test } from 'bun:test'
import { copyFileSync, writeFileSync } from 'node:fs'
import { simpleParser } from 'mailparser'
import { idWithin, installationFrom, type Sender } from '../../src/alert/installation.ts'
import { createMail, type MailOptions, securityAt } from '../../src/alert/mail.ts'
import { threadId } from '../../src/alert/mail-text.ts'
import type { AlertMessage } from '../../src/alert/message.ts'
import { certificatePath, mailbox } from '../part/mailbox.ts'
import { temporaryFolder } from '../store/folder.ts'

const noon = Date.UTC(2026, 2, 1, 12)
const lookup = async () => ['127.0.0.1']

const message: AlertMessage = {
  ...{ id: 'abc123', tenant: 'default', rule: 'a', kind: 'new_error', subject: 's', phase: 'firing', at: noon },
  title: 'Alert: a new error (<b>s</b>)',
  summary: 'E: cannot find <pkg> & stops',
  facts: [{ name: 'Failed', text: '3 runs' }],
  links: [{ text: 'The error', path: '/errors/s' }],
}

const installation = installationFrom(new Uint8Array(32))

function send(port: number, options: Partial<MailOptions & Sender> = {}, sent = message) {
  const origin = () => 'https://telemetry.test'
  const where = {
    host: 'localhost',
    port,
    security: 'required',
    from: 'telemetry@service.test',
    to: ['ops@b.test', 'more@b.test'],
  } as const
  return createMail({ ...where, installation, origin, lookup, caFile: certificatePath, ...options }).send(sent)
}

test('a server that greets without an end is left after a megabyte', async () => {
  let sent = 0
  const piece = new Uint8Array(64 * 1024).fill(0x32)
  function pour(socket: Bun.Socket): void {
    let taken = piece.length
    while (taken === piece.length) {
      taken = socket.write(piece)
      sent += Math.max(0, taken)
    }
  }
  const server = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { open: pour, drain: pour, data() {} } })
  expect(await send(server.port)).toMatchObject({ ok: false, fault: 'EPROTOCOL' })
  expect(sent).toBeLessThan(16 * 1024 * 1024)
  server.stop(true)
})

describe('a mail', () => {
  test('has text and HTML, date, message id and thread, and goes to all recipients', async () => {
    await using there = await mailbox()
    expect(await send(there.port)).toEqual({ ok: true, value: undefined })
    const [got] = there.got
    expect([got?.to, got?.isSecure]).toEqual([['ops@b.test', 'more@b.test'], true])
    const mail = await simpleParser(got?.source ?? '')
    expect(mail.subject).toBe('[telemetry] Alert: a new error (<b>s</b>): E: cannot find <pkg> & stops')
    expect([mail.messageId, mail.date?.getTime(), mail.inReplyTo]).toEqual([
      `<${idWithin(installation, 'abc123')}@service.test>`,
      noon,
      threadId(message, { domain: 'service.test', installation }),
    ])
    expect(mail.text).toContain('E: cannot find <pkg> & stops')
    expect(mail.html).toContain('E: cannot find &lt;pkg&gt; &amp; stops')
    expect(mail.html).toContain('href="https://telemetry.test/errors/s"')
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
  })

  test('has the same ids whenever one installation sends it, and others from another one', async () => {
    await using there = await mailbox()
    const other = { installation: installationFrom(new Uint8Array(32).fill(1)) }
    for (const options of [{}, {}, other]) expect(await send(there.port, options)).toMatchObject({ ok: true })
    const mails = await Promise.all(there.got.map(({ source }) => simpleParser(source)))
    const [first, again, foreign] = mails.map(({ messageId, inReplyTo }) => ({ messageId, inReplyTo }))
    expect(again).toEqual(first)
    expect(foreign?.messageId).not.toBe(first?.messageId)
    expect(foreign?.inReplyTo).not.toBe(first?.inReplyTo)
  })

  test('takes nothing into its headers that a name brought along', async () => {
    await using there = await mailbox()
    const forged = { ...message, title: 'Alert\r\nBcc: thief@evil.test\r\n\r\nbody', subject: 's\r\nBcc: x' }
    expect(await send(there.port, {}, forged)).toMatchObject({ ok: true })
    const mail = await simpleParser(there.got[0]?.source ?? '')
    expect([mail.bcc, mail.subject]).toEqual([undefined, '[telemetry] Alert Bcc: thief@evil.test body: E: cannot find <pkg> & stops'])
    expect(there.got[0]?.to).toEqual(['ops@b.test', 'more@b.test'])
  })

  test('signs in where it is told to', async () => {
    const names: string[] = []
    await using there = await mailbox({
      authOptional: false,
      onAuth: (auth, _session, done) => {
        names.push(auth.username ?? '')
        if (auth.password === 'right') done(null, { user: 'u' })
        else done(new Error('no'))
      },
    })
    expect(await send(there.port, { auth: { user: 'u', pass: 'right' } })).toMatchObject({ ok: true })
    expect(await send(there.port, { auth: { user: 'u', pass: 'wrong' } })).toMatchObject({ ok: false, fault: 'EAUTH 535' })
    expect(names).toEqual(['u', 'u'])
  })
})

describe('TLS', () => {
  test('from the first byte', async () => {
    await using there = await mailbox({ secure: true })
    expect(await send(there.port, { security: 'implicit' })).toMatchObject({ ok: true })
    expect(there.got[0]?.isSecure).toBe(true)
  })

  test('P19 that is required is not done without', async () => {
    await using there = await mailbox({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
    expect(await send(there.port)).toMatchObject({ ok: false })
    expect(there.got).toEqual([])
  })

  test('that is taken where it is offered', async () => {
    await using open = await mailbox({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
    await using closed = await mailbox()
    expect(await send(open.port, { security: 'opportunistic' })).toMatchObject({ ok: true })
    expect(await send(closed.port, { security: 'opportunistic' })).toMatchObject({ ok: true })
    expect([open.got[0]?.isSecure, closed.got[0]?.isSecure]).toEqual([false, true])
  })

  test('with a certificate that nobody vouches for is refused', async () => {
    await using there = await mailbox()
    const untrusting = { host: 'localhost', port: there.port, security: 'required', from: 'a@b.test', to: ['c@d.test'], lookup } as const
    expect(await createMail({ ...untrusting, installation, origin: () => '' }).send(message)).toMatchObject({ ok: false })
    expect(there.got).toEqual([])
  })
})

describe('the address of the server', () => {
  const bare = { hideSTARTTLS: true, disabledCommands: ['STARTTLS'] }

  test('is looked up once, and what was found is connected to, under its own name', async () => {
    await using open = await mailbox(bare)
    await using closed = await mailbox()
    const asked: string[] = []
    const once = async (host: string) => {
      asked.push(host)
      return asked.length > 2 ? ['192.0.2.1'] : ['127.0.0.1']
    }
    expect(await send(open.port, { host: 'mail.example.org', security: 'opportunistic', lookup: once })).toMatchObject({ ok: true })
    // The certificate is that of localhost, so the name that was asked for is the one that is compared.
    expect(await send(closed.port, { host: 'mail.example.org', lookup: once })).toMatchObject({ ok: false })
    expect([asked, open.got.length, closed.got.length]).toEqual([['mail.example.org', 'mail.example.org'], 1, 0])
  })

  test('is the next one where the first does not answer', async () => {
    await using there = await mailbox()
    expect(await send(there.port, { lookup: async () => ['127.0.0.2', '127.0.0.1'] })).toMatchObject({ ok: true })
  })

  test.each<[name: string, answers: readonly string[], fault: string]>([
    ['that stands for no host', ['0.0.0.0'], 'address_private'],
    ['of the metadata of a cloud', ['127.0.0.1', '169.254.169.254'], 'address_private'],
    ['that is none', ['localhost'], 'host_unknown'],
    ['that is missing', [], 'host_unknown'],
  ])('%s is not connected to', async (_, answers, fault) => {
    await using there = await mailbox(bare)
    expect(await send(there.port, { security: 'opportunistic', lookup: async () => answers })).toEqual({ ok: false, fault })
    expect(there.got).toEqual([])
  })

  test('P19 decides on TLS: outside it is required, whatever was wanted and whatever the name looks like', () => {
    expect(
      (['implicit', 'required', 'opportunistic'] as const).map((wanted) => [securityAt(true, wanted), securityAt(false, wanted)]),
    ).toEqual([
      ['implicit', 'implicit'],
      ['required', 'required'],
      ['opportunistic', 'required'],
    ])
  })
})

test('certificates are read for each mail, and without them nobody is asked', async () => {
  using folder = temporaryFolder()
  const caFile = folder.file('ca.pem')
  await using there = await mailbox()
  expect(await send(there.port, { caFile })).toEqual({ ok: false, fault: 'ca_unreadable' })
  writeFileSync(caFile, 'no certificate')
  expect(await send(there.port, { caFile })).toEqual({ ok: false, fault: 'ca_unreadable' })
  copyFileSync(certificatePath, caFile)
  expect(await send(there.port, { caFile })).toMatchObject({ ok: true })
})

test('a server that is not there gives a code', async () => {
  const there = await mailbox()
  await there[Symbol.asyncDispose]()
  expect(await send(there.port)).toMatchObject({ ok: false, fault: 'connection_failed' })
})

test('mails of one rule and subject stand in one thread, others in others', () => {
  const of = (rule: string, subject: string) => threadId({ rule, subject }, { domain: 'a.test', installation })
  expect(of('a', 's')).toBe(of('a', 's'))
  expect(new Set([of('a', 's'), of('a', 't'), of('b', 's'), of('as', '')]).size).toBe(4)
})
