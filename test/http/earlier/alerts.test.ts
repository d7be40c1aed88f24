import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { AlertMessage } from '../../../src/alert/message.ts'
import { alertRoutes } from '../../../src/http/earlier/alerts.ts'
import { type Running, startRunning } from '../../part/running.ts'

let service: Running
beforeAll(async () => {
  service = await startRunning()
})
afterAll(() => service[Symbol.asyncDispose]())

const bearer = async (scope: 'read' | 'admin') => ({ headers: { Authorization: `Bearer ${await service.makeKey(scope)}` } })

describe('a service without alerts', () => {
  test('says so', async () => {
    const answer = await fetch(`${service.url}/api/alerts`, await bearer('read'))
    expect(await answer.json()).toEqual({ enabled: false, history: [] })
  })

  test('has nothing to test', async () => {
    const answer = await fetch(`${service.url}/api/alerts/test`, { method: 'POST', ...(await bearer('admin')) })
    expect([answer.status, await answer.text()]).toEqual([500, 'alerting not configured\n'])
  })

  test('lets nobody but maintainers of who runs the service send a test: whom it reaches is set for all of it', async () => {
    const keys = [await service.makeKey('read'), await service.makeKey('admin', { tenant: 'other' })]
    for (const key of keys) expect((await service.ask('/api/alerts/test', { method: 'POST', key })).status).toBe(403)
  })
})

describe('the answers', () => {
  const at = Date.UTC(2026, 2, 1)
  const message = (more: Partial<AlertMessage>): AlertMessage => ({
    ...{ id: 'a', tenant: 'default', rule: 'r', kind: 'failure_rate', subject: '', phase: 'firing', at, title: 'Alert: x' },
    ...{ summary: 'S.', facts: [], links: [{ text: 'Alerts', path: '/alerts' }] },
    ...more,
  })
  const faults: Record<string, string> = {}
  const told = [message({ value: 31 }), message({ phase: 'ok' }), message({ kind: 'disk_full' })]
  const history = (tenant: string) => (tenant === 'default' ? told : [])
  const [list, testing] = alertRoutes({
    alerts: { isEnabled: true, history },
    deskFor: () => ({ testAlerts: async () => faults }),
    ...{ identity: { isSecure: () => false }, origin: () => '' },
  })
  const visit = { principal: { kind: 'key', keyId: 'k', name: 'k', scope: 'admin', tenant: 'default' } } as never

  test('have the types of the earlier service, and hold one tenant only', async () => {
    const answer = await list?.handle(new Request('http://localhost/api/alerts'), visit)
    expect(await answer?.json()).toEqual({
      enabled: true,
      history: [
        { timestamp: '2026-03-01T00:00:00.000Z', type: 'high_failure_rate', message: 'Alert: x', failure_rate: 31 },
        { timestamp: '2026-03-01T00:00:00.000Z', type: 'failure_rate_recovered', message: 'Alert: x' },
        { timestamp: '2026-03-01T00:00:00.000Z', type: 'disk_full', message: 'Alert: x' },
      ],
    })
  })

  test('to a test say that it was sent, or what went wrong by channel', async () => {
    const ask = () => testing?.handle(new Request('http://localhost/api/alerts/test', { method: 'POST' }), visit)
    expect(await (await ask())?.text()).toBe('test alert sent\n')
    faults['mail'] = 'EAUTH 535'
    const answer = await ask()
    expect([answer?.status, await answer?.text()]).toEqual([500, 'mail: EAUTH 535\n'])
  })
})
