import { describe, expect, test } from 'bun:test'
import { connect } from 'node:net'
import { simpleParser } from 'mailparser'
import { idWithin, type Sender } from '../../src/alert/installation.ts'
import { createMail } from '../../src/alert/mail.ts'
import type { AlertMessage } from '../../src/alert/message.ts'
import { createWebhook, reachWebhook, type WebhookOptions } from '../../src/alert/webhook.ts'
import { fakeClock } from '../fake-clock.ts'
import { certificatePath, mailbox } from '../part/mailbox.ts'

const noon = Date.UTC(2026, 2, 1, 12)
const message: AlertMessage = {
  ...{ id: 'abc', tenant: 'default', rule: 'a', kind: 'new_error', subject: 's', phase: 'firing', at: noon },
  title: 'Alert: a new error',
  summary: 'E: broken',
  facts: [{ name: 'Failed', text: '3 runs' }],
  links: [{ text: 'The error', path: '/errors/s' }],
}

/** Something inside that nobody outside may reach: it keeps what was sent to it, byte by byte. */
async function inside(answer = 'HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n') {
  const got: string[] = []
  const server = Bun.listen({
    ...{ hostname: '127.0.0.1', port: 0 },
    socket: {
      open: () => void got.push(''),
      data: (socket, data) => {
        got[got.length - 1] += data.toString('latin1')
        if (data.toString('latin1').includes('}')) socket.end(answer) // The body is whole.
      },
    },
  })
  return { got, port: server.port, [Symbol.dispose]: () => server.stop(true) }
}

function optionsOf(url: string, more: Partial<WebhookOptions> = {}): WebhookOptions & Sender {
  return {
    url,
    secret: 'secret',
    origin: () => 'https://t.test',
    installation: 'one',
    allowsPrivate: false,
    lookup: async () => ['127.0.0.1'],
    clock: fakeClock(noon),
    ...more,
  }
}

const asIs: readonly string[] = ['127.0.0.1']

describe('SSRF', () => {
  test.each<[name: string, answers: readonly string[], fault: string]>([
    ['with this machine', asIs, 'address_private'],
    ['with a public and a private address', ['93.184.215.14', '127.0.0.1'], 'address_private'],
    ['with a private and a public address', ['10.0.0.1', '93.184.215.14'], 'address_private'],
    ['with this machine as IPv6', ['::1'], 'address_private'],
    ['with IPv4 inside IPv6', ['::ffff:127.0.0.1'], 'address_private'],
    ['with IPv4 behind NAT64', ['64:ff9b::7f00:1'], 'address_private'],
    ['with the metadata of a cloud', ['169.254.169.254'], 'address_private'],
    ['with every interface', ['0.0.0.0'], 'address_private'],
    ['with nothing', [], 'host_unknown'],
    ['with something that is no address', ['localhost'], 'host_unknown'],
  ])('a webhook whose name answers %s is not asked', async (_, answers, fault) => {
    using there = await inside()
    const options = optionsOf(`http://hook.example:${there.port}/`, { lookup: async () => answers })
    expect(await createWebhook(options).send(message)).toEqual({ ok: false, fault })
    expect(await reachWebhook(options)).toEqual({ ok: false, fault })
    expect(there.got).toEqual([])
  })

  test('a name that leads inside once it was checked reaches nothing inside', async () => {
    using there = await inside()
    let asked = 0
    const lookup = async () => {
      asked += 1
      return asked === 1 ? ['127.0.0.2'] : asIs // Private is allowed here, so that the first answer is one that a connection can be tried to.
    }
    const sent = await createWebhook(optionsOf(`http://hook.example:${there.port}/`, { lookup, allowsPrivate: true })).send(message)
    expect([asked, sent.ok, there.got]).toEqual([1, false, []]) // One look, and it is that answer which was connected to.
  })

  test.each([301, 302, 303, 307, 308])('a redirect %i inside is not followed', async (status) => {
    using secret = await inside()
    using there = await inside(
      `HTTP/1.1 ${status} Go\r\nLocation: http://127.0.0.1:${secret.port}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    )
    const sent = await createWebhook(optionsOf(`http://127.0.0.1:${there.port}/`, { allowsPrivate: true })).send(message)
    expect([sent, secret.got]).toEqual([{ ok: false, fault: `status_${status}` }, []])
    expect(there.got).toHaveLength(1)
  })

  test('the receiver of these tests sees whoever does connect', async () => {
    using there = await inside()
    const socket = connect({ host: '127.0.0.1', port: there.port })
    await new Promise((done) => socket.on('connect', done))
    socket.end('}')
    await new Promise((done) => socket.on('close', done).resume())
    expect(there.got).toEqual(['}'])
  })
})

describe('header injection', () => {
  const evil = [
    's\r\nBcc: thief@evil.test',
    's\nX-Evil: 1',
    's\r\n\r\nGET /admin HTTP/1.1\r\nHost: inside\r\n\r\n',
    's\u2028X-Evil: 1',
    's\0X-Evil: 1',
  ]

  test.each(evil)('no text of a message becomes a header, a recipient or a second request: %j', async (text) => {
    const forged: AlertMessage = {
      ...message,
      title: text,
      subject: text,
      rule: text,
      summary: text,
      facts: [{ name: text, text: '.\r\nRCPT TO:<thief@evil.test>' }],
      advice: text,
    }
    await using post = await mailbox()
    const where = { host: 'localhost', port: post.port, security: 'opportunistic', from: 'a@b.test', to: ['ops@b.test'] } as const
    const trust = { caFile: certificatePath, lookup: async () => asIs }
    expect(await createMail({ ...where, ...trust, installation: 'one', origin: () => 'https://t.test' }).send(forged)).toMatchObject({
      ok: true,
    })
    expect(post.got.map(({ to }) => to)).toEqual([['ops@b.test']])
    const mail = await simpleParser(post.got[0]?.source ?? '')
    expect([mail.bcc, mail.headers.has('x-evil')]).toEqual([undefined, false])

    using there = await inside()
    const options = optionsOf(`http://127.0.0.1:${there.port}/hook`, { allowsPrivate: true })
    expect(await createWebhook(options).send(forged)).toMatchObject({ ok: true })
    expect(there.got).toHaveLength(1)
    const [head = '', body = '', ...rest] = (there.got[0] ?? '').split('\r\n\r\n')
    expect([head.split('\r\n')[0], /x-evil|bcc/i.test(head), rest]).toEqual(['POST /hook HTTP/1.1', false, []])
    expect(JSON.parse(Buffer.from(body, 'latin1').toString('utf8'))).toMatchObject({
      id: idWithin('one', forged.id),
      subject: text,
      rule: text,
    })
  })
})
