import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { shorten } from '../../../src/http/page/answer-sheet.ts'
import { type Running, startRunning } from '../../part/running.ts'

describe('an address without the fields that were left empty', () => {
  test.each<[address: string, short: string | undefined]>([
    ['/records?script=docker&status=&os=&period=30d', '/records?script=docker&period=30d'],
    ['/dashboard?from=&to=', '/dashboard'],
    ['/scripts/a%2Fb?os=+&type=lxc', '/scripts/a%2Fb?type=lxc'],
    ['/records?script=a%26b', undefined],
    ['/records', undefined],
    ['/', undefined],
  ])('%s', (address, short) => {
    expect(shorten({ url: `http://localhost${address}` })).toBe(short as `/${string}` | undefined)
  })
})

describe('a form that is sent', () => {
  let service: Running
  beforeAll(async () => {
    service = await startRunning()
  })
  afterAll(() => service[Symbol.asyncDispose]())

  test('leads to the short address, which answers with the page', async () => {
    const key = await service.makeKey('read')
    const sent = await service.ask('/records?script=docker&status=&os=&app=&period=7d', { key })
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/records?script=docker&period=7d'])
    expect((await service.ask(sent.headers.get('location') ?? '', { key })).status).toBe(200)
  })
})
