import { describe, expect, test } from 'bun:test'
import { apartBytesMin } from '../../src/ingest/ingest.ts'
import { installOf } from '../journal/install-of.ts'
import { eventBody } from '../part/running.ts'
import { bytesOf, openSampleIngest, sender } from './sample-ingest.ts'

const stored = { ok: true, value: undefined } as const
const bodyOf = (fields: Record<string, unknown> = {}) => ({ bytes: bytesOf(eventBody(fields)), sender })
/** A report with a log, so that it is prepared in the thread. */
const large = (nsapp: string, log = 'E: Unable to locate package foo\n') =>
  bodyOf({ nsapp, status: 'failed', exit_code: 1, error: `x\n---\n${log.repeat(Math.ceil(apartBytesMin / log.length))}` })
const named = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`)

describe('small bodies of one moment', () => {
  test('are prepared together, share an append and keep their order', async () => {
    using sample = openSampleIngest()
    const results = await Promise.all(named(200).map((nsapp) => sample.ingest.take(bodyOf({ nsapp }))))
    expect(results).toEqual(named(200).map(() => stored))
    expect(sample.appends).toEqual([200])
    expect(sample.commits).toHaveLength(1)
    expect(sample.entries.map((one) => installOf(one).nsapp)).toEqual(named(200))
  })

  test('come in turns when they are many, so that others get in between', async () => {
    using sample = openSampleIngest()
    await Promise.all(named(600).map((nsapp) => sample.ingest.take(bodyOf({ nsapp }))))
    expect(sample.appends).toEqual([256, 256, 88])
    expect(sample.entries.map((one) => installOf(one).nsapp)).toEqual(named(600))
  })

  test('keep each its own sender, its own answer and its own count', async () => {
    using sample = openSampleIngest()
    const { ingest, tallies } = sample
    const at = '2026-02-01T00:00:00Z'
    const team = { tenant: 'team', mayDate: true }
    const results = await Promise.all([
      ingest.take(bodyOf({ nsapp: 'a', at, colour: 'red' })),
      ingest.take({ bytes: bytesOf('no json'), sender }),
      ingest.take({ ...bodyOf({ nsapp: 'b', at, error: 'no answer from 203.0.113.7', status: 'failed' }), sender: team }),
      ingest.take({ ...bodyOf({ type: 'nonsense' }), sender: team }),
      ingest.take({ bytes: new Uint8Array(), sender }),
      ingest.take({ ...bodyOf({ nsapp: 'c', type: 'LXC' }), sender: { ...team } }),
    ])
    expect(results).toEqual([
      stored,
      { ok: false, fault: { code: 'json_undecodable', field: 'body', rule: 'not_json' } },
      stored,
      { ok: false, fault: { code: 'payload_unusable', field: 'type', rule: 'unknown_value' } },
      { ok: false, fault: { code: 'json_undecodable', field: 'body', rule: 'empty' } },
      stored,
    ])
    expect(sample.entries.map((one) => [one.tenant, installOf(one).nsapp, one.at])).toEqual([
      ['default', 'a', sample.clock.now()],
      ['team', 'b', Date.parse(at)],
      ['team', 'c', sample.clock.now()],
    ])
    expect(tallies.accepted.total()).toBe(3)
    expect([...tallies.repaired.entries()]).toEqual([['type:letter_case', 1]])
    expect([...tallies.cloaked.entries()]).toEqual([['ipv4', 1]])
    expect(tallies.unknownKeys.total()).toBe(1)
  })

  test('of which none is good leave the journal alone', async () => {
    using sample = openSampleIngest()
    expect((await sample.ingest.take({ bytes: bytesOf('no json'), sender })).ok).toBe(false)
    expect([sample.appends, sample.tallies.accepted.total()]).toEqual([[], 0])
  })
})

describe('bodies with a log', () => {
  test('are prepared in the thread as they would be here', async () => {
    using sample = openSampleIngest()
    const team = { tenant: 'team', mayDate: true }
    const log = 'curl: (7) Failed to connect to 192.168.7.9 port 8006\n'
    const results = await Promise.all([
      sample.ingest.take({ ...large('a', log), sender: team }),
      sample.ingest.take({ bytes: bytesOf(`not json ${log.repeat(100)}`), sender }),
      sample.ingest.take(large('b', log)),
    ])
    expect(results).toEqual([stored, { ok: false, fault: { code: 'json_undecodable', field: 'body', rule: 'not_json' } }, stored])
    expect(sample.entries.map((one) => [one.tenant, installOf(one).nsapp])).toEqual([
      ['team', 'a'],
      ['default', 'b'],
    ])
    expect(JSON.stringify(sample.entries)).not.toContain('192.168')
    expect(JSON.stringify(sample.entries)).toContain('<ipv4>')
    expect([sample.tallies.accepted.total(), [...sample.tallies.cloaked.entries()]]).toEqual([2, [['ipv4', 2]]])
  })

  test('of any number are all stored, in their order', async () => {
    using sample = openSampleIngest()
    const results = await Promise.all(named(500).map((nsapp) => sample.ingest.take(large(nsapp))))
    expect(results).toEqual(named(500).map(() => stored))
    expect(sample.entries.map((one) => installOf(one).nsapp)).toEqual(named(500))
    expect(sample.appends.length).toBeGreaterThan(1)
  })

  test('that would fill the memory are refused, and one larger than all of it is taken when nothing waits', async () => {
    using sample = openSampleIngest()
    const padded = (padding: number) => bodyOf({ colour: 'x'.repeat(padding) })
    expect(await sample.ingest.take(padded(40_000_000))).toEqual(stored)
    const refused = { ok: false, fault: { code: 'too_busy', field: 'body', rule: 'waiting' } } as const
    expect(await Promise.all([20_000_000, 20_000_000].map((padding) => sample.ingest.take(padded(padding))))).toEqual([stored, refused])
    expect(await sample.ingest.take(padded(20_000_000))).toEqual(stored)
  })

  test('fail with the thread, and the next one starts another', async () => {
    using sample = openSampleIngest({ workerPath: '../test/ingest/dying-worker' })
    const results = await Promise.allSettled(named(5).map((nsapp) => sample.ingest.take(large(nsapp))))
    expect(results.map(({ status }) => status)).toEqual(named(5).map(() => 'rejected'))
    expect(sample.deaths).toHaveLength(1)
    const [again] = await Promise.allSettled([sample.ingest.take(large('again'))])
    expect(again?.status).toBe('rejected')
    expect(sample.deaths).toHaveLength(2)
    expect(await sample.ingest.take(bodyOf())).toEqual(stored)
  })
})

describe.each([
  ['small', bodyOf()],
  ['large', large('a')],
])('a journal that does not take a %s body', (_, body) => {
  test('refuses it by value when it is full, and what is bad for its own reason; nothing is counted', async () => {
    using sample = openSampleIngest()
    sample.become('full')
    const bad = { bytes: bytesOf(`no json ${' '.repeat(body.bytes.length)}`), sender }
    expect(await Promise.all([sample.ingest.take(body), sample.ingest.take(bad)])).toMatchObject([
      { ok: false, fault: { code: 'journal_full', rule: 'limit' } },
      { ok: false, fault: { code: 'json_undecodable', rule: 'not_json' } },
    ])
    expect(sample.tallies.accepted.total()).toBe(0)
  })

  test('fails it when the journal itself broke', async () => {
    using sample = openSampleIngest()
    sample.become('broken')
    const [result] = await Promise.allSettled([sample.ingest.take(body)])
    expect(result).toMatchObject({ status: 'rejected', reason: { message: 'the journal thread died' } })
    expect(sample.tallies.accepted.total()).toBe(0)
  })
})
