import { expect, test } from 'bun:test'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { testChannels } from '../../src/alert/alerts.ts'
import { createMail, greetMailServer, type MailOptions } from '../../src/alert/mail.ts'
import { mailRemedy } from '../../src/alert/mail-remedy.ts'
import { fakeClock } from '../fake-clock.ts'
import { certificatePath, mailbox } from '../part/mailbox.ts'

/** The key of the other one, for January of 2024 alone. */
const expiredPath = 'test/fixture/tls/expired.crt'
const clock = fakeClock('2026-03-01T12:00:00Z')
const refuse = (_auth: unknown, _session: unknown, done: (fault: Error) => void) => done(new Error('no'))

function optionsFor(port: number, more: Partial<MailOptions> = {}): MailOptions {
  return {
    ...{ host: 'localhost', port, security: 'required', from: 'telemetry@service.test', to: ['ops@b.test'] },
    ...{ origin: () => 'https://t.test', lookup: async () => ['127.0.0.1'], caFile: certificatePath },
    ...more,
  }
}

/** What the test message of an operator says of mail. */
async function tested(options: MailOptions): Promise<string | undefined> {
  return (await testChannels([createMail({ ...options, installation: 'one' })], clock))['mail']
}

type Server = Parameters<typeof mailbox>[0]

test.each<[how: string, fault: string, settings: readonly string[], server: Server, options: Partial<MailOptions>]>([
  ['has no address', 'host_unknown', ['SMTP_HOST', 'DNS'], {}, { lookup: async () => [] }],
  ['has another file of certificates', 'ca_unreadable', ['SMTP_CA_FILE'], {}, { caFile: '/nowhere' }],
  ['is asked for TLS too early', 'ESOCKET', ['SMTP_USE_TLS=true', 'SMTP_PORT'], {}, { security: 'implicit' }],
  ['offers no TLS', 'ETLS', ['SMTP_STARTTLS', 'SMTP_USE_TLS'], { hideSTARTTLS: true, disabledCommands: ['STARTTLS'] }, {}],
  ['has a certificate of another name', 'certificate_name', ['SMTP_HOST', 'for another name'], {}, { host: 'mail.test' }],
  [
    'has a certificate that ran out',
    'certificate_date',
    ['renewed', 'clock'],
    { cert: readFileSync(expiredPath, 'utf8') },
    { caFile: expiredPath },
  ],
  ['has a certificate of nobody', 'certificate_untrusted', ['SMTP_CA_FILE', 'authority'], {}, { caFile: expiredPath }],
  [
    'refuses the sign-in',
    'EAUTH',
    ['SMTP_USER', 'SMTP_PASSWORD'],
    { authOptional: false, onAuth: refuse },
    { auth: { user: 'u', pass: 'p' } },
  ],
])(
  'a mail server that %s is told with the settings to look at, by a test message and by doctor',
  async (_, fault, settings, server, options) => {
    await using there = await mailbox(server)
    const said = await tested(optionsFor(there.port, options))
    expect(said).toStartWith(fault)
    for (const setting of settings) expect(said).toContain(setting)
    const greeted = await greetMailServer(optionsFor(there.port, options))
    expect(greeted.ok ? '' : mailRemedy(greeted.fault)).toBe(said?.slice(said.indexOf('. ') + 2) ?? '-')
  },
)

test('a wrong way of TLS and a bad certificate have texts of their own', async () => {
  expect(mailRemedy('ESOCKET')).toContain('SMTP_USE_TLS=true')
  expect(mailRemedy('ESOCKET')).not.toContain('certificate')
  for (const fault of ['certificate_name', 'certificate_date', 'certificate_untrusted']) {
    expect(mailRemedy(fault)).toContain('certificate')
    expect(mailRemedy(fault)).not.toContain('SMTP_USE_TLS')
  }
})

test('a server that hangs up at once is told as a connection that broke off', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  expect(await tested(optionsFor(port, { security: 'implicit' }))).toStartWith('ECONNECTION. ')
  server.close()
})

test('a recipient that is refused, and one that is refused for now, are told with the settings to look at', async () => {
  for (const responseCode of [550, 450]) {
    await using there = await mailbox({ onRcptTo: (_to, _session, done) => done(Object.assign(new Error('no'), { responseCode })) })
    const said = await tested(optionsFor(there.port))
    expect(said).toStartWith(`EENVELOPE ${responseCode}. `)
    expect(said).toContain('SMTP_TO')
    expect(said?.includes('tried again')).toBe(responseCode === 450)
  }
})

test('a port at which nobody listens is told with SMTP_PORT', async () => {
  const there = await mailbox()
  await there[Symbol.asyncDispose]()
  const said = await tested(optionsFor(there.port))
  expect(said).toStartWith('connection_failed. ')
  expect(said).toContain('SMTP_PORT')
})

test('a server that speaks TLS from the first byte and is waited for in vain is told with SMTP_USE_TLS', () => {
  for (const fault of ['ETIMEDOUT', 'timeout']) expect(mailRemedy(fault)).toContain('SMTP_USE_TLS=true')
  expect(mailRemedy('something')).toBe(mailRemedy('connection_failed'))
})
