import { afterAll, describe, expect, test } from 'bun:test'
import https from 'node:https'
import type { TLSSocket } from 'node:tls'
import { silentLog } from '../../../src/base/log.ts'
import { answerText } from '../../../src/http/answer.ts'
import type { Route } from '../../../src/http/route.ts'
import { listen } from '../../../src/http/server.ts'
import { readTlsPair } from '../../../src/http/tls/pair.ts'
import { makeCertificate } from '../../part/certificate.ts'
import { temporaryFolder } from '../../store/folder.ts'
import { until } from '../../wait.ts'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

function pairOf(name: string) {
  const pair = readTlsPair(makeCertificate(folder.path, name))
  if (!pair.ok) throw new Error(pair.fault)
  return pair.value
}

const slow: Route = {
  method: 'GET',
  path: '/slow',
  handle: async () => {
    gate.waiting += 1
    await until(() => gate.isOpen, 'the gate opens')
    return answerText(200, 'slow\n')
  },
}
const quick: Route = { method: 'GET', path: '/quick', handle: () => answerText(200, 'quick\n') }
const gate = { isOpen: true, waiting: 0 }

function start(name: string) {
  return listen({
    address: { host: '127.0.0.1', port: 0 },
    routes: [slow, quick],
    guardOf: () => () => ({ ok: true, value: { kind: 'nobody', reason: 'key_missing' } }),
    log: silentLog,
    logsRequests: false,
    tls: pairOf(name),
    retireMs: 1_000,
  })
}

type Seen = { readonly status: number; readonly subject: string; readonly headers: Readonly<Record<string, unknown>> }

/** One request; a connection that ends before TLS stands never carried a request and is opened again. */
function get(port: number, path: string, agent: https.Agent, counts = { reopened: 0 }): Promise<Seen> {
  return new Promise((resolve, reject) => {
    let subject = ''
    let isSecure = false
    const call = https.get({ host: '127.0.0.1', port, path, agent, rejectUnauthorized: false }, (answer) => {
      subject = (answer.socket as TLSSocket).getPeerCertificate().subject?.CN?.toString() ?? ''
      answer.resume().on('end', () => resolve({ status: answer.statusCode ?? 0, subject, headers: answer.headers }))
    })
    call.on('socket', (socket) => {
      isSecure = call.reusedSocket
      if (isSecure) return
      socket.once('secureConnect', () => {
        isSecure = true
      })
    })
    call.on('error', (fault) => {
      if (isSecure) return reject(fault)
      counts.reopened += 1
      get(port, path, agent, counts).then(resolve, reject)
    })
  })
}

describe('a certificate that is replaced', () => {
  test('is what every new connection gets; connections of before get one more answer and are told to end', async () => {
    const listening = start('before')
    const kept = new https.Agent({ keepAlive: true, maxSockets: 1 })
    expect((await get(listening.port, '/quick', kept)).subject).toBe('before')
    listening.renew(pairOf('after'))
    const last = await get(listening.port, '/quick', kept)
    expect([last.status, last.subject, last.headers['connection']]).toEqual([200, 'before', 'close'])
    await until(
      async () => (await get(listening.port, '/quick', new https.Agent({ maxSockets: 1 }))).subject === 'after',
      'the new one is served',
    )
    for (let count = 0; count < 20; count += 1)
      await until(async () => (await get(listening.port, '/quick', new https.Agent())).subject === 'after')
    kept.destroy()
    await listening.stop()
  })

  test('ends no request that is under way', async () => {
    const listening = start('before')
    gate.isOpen = false
    const waiting = get(listening.port, '/slow', new https.Agent())
    await until(() => gate.waiting === 1, 'the request is under way')
    listening.renew(pairOf('after'))
    await until(async () => (await get(listening.port, '/quick', new https.Agent())).subject === 'after')
    gate.isOpen = true
    expect(await waiting).toMatchObject({ status: 200, subject: 'before' })
    await listening.stop()
  })

  test('drops no request of clients that keep asking, over kept connections and over new ones, five times over', async () => {
    const listening = start('round-0')
    let isOver = false
    const counts = { reopened: 0 }
    const tally = { answered: 0, failed: [] as string[] }
    const client = async (agentOf: () => https.Agent) => {
      while (!isOver) {
        const seen = await get(listening.port, '/quick', agentOf(), counts).catch((fault: Error) => fault.message)
        if (typeof seen === 'object' && seen.status === 200) tally.answered += 1
        else tally.failed.push(typeof seen === 'object' ? String(seen.status) : seen)
      }
    }
    const kept = Array.from({ length: 4 }, () => new https.Agent({ keepAlive: true, maxSockets: 1 }))
    const clients = [...kept.map((agent) => client(() => agent)), ...Array.from({ length: 4 }, () => client(() => new https.Agent()))]
    for (let round = 1; round <= 5; round += 1) {
      listening.renew(pairOf(`round-${round}`))
      await until(async () => (await get(listening.port, '/quick', new https.Agent(), counts)).subject === `round-${round}`)
      const before = tally.answered
      await until(() => tally.answered > before + 100, 'clients go on')
    }
    isOver = true
    await Promise.all(clients)
    for (const agent of kept) agent.destroy()
    expect(tally.failed).toEqual([])
    expect(tally.answered).toBeGreaterThan(500)
    // A socket that closes ends what has not shaken hands yet: at each of five renewals, of five clients that open connections, one each.
    expect(counts.reopened).toBeLessThanOrEqual(5 * 5)
    await listening.stop()
  })
})

test('a port that another service has is refused under TLS as well, so that two never share its clients', async () => {
  const first = start('first')
  const options = { routes: [quick], log: silentLog, logsRequests: false, tls: pairOf('second') }
  const guardOf = () => () => ({ ok: true, value: { kind: 'nobody', reason: 'key_missing' } }) as const
  expect(() => listen({ ...options, guardOf, address: { host: '127.0.0.1', port: first.port } })).toThrow('another program has it')
  await first.stop()
})
