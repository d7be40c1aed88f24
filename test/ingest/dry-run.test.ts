import { describe, expect, test } from 'bun:test'
import { splitBatch } from '../../src/ingest/batch.ts'
import { tryBatch, tryEvent } from '../../src/ingest/dry-run.ts'
import { eventBody } from '../part/running.ts'
import { policy } from './sample-ingest.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('a dry run', () => {
  test('shows the one record by wire names, what was repaired and what was hidden', () => {
    const id = '0190a5f3-7c1e-4b7a-8c1d-0a5d9e7f4b21'
    const body = `{"random_id":"${id}","execution_id":"${id}","type":"LXC","nsapp":"docker","status":"failed","exit_code":7,
      "disk_size":32G,"error":"exit_code=7 | curl failed at 203.0.113.7\\n---\\nroot@pve1 failed","colour":"crimson","ct_type":0}`
    const result = tryEvent(bytes(body), policy)
    if (!result.ok) throw new Error(result.fault.rule)
    expect(result.value.would_store).toMatchObject({
      random_id: id,
      execution_id: id,
      type: 'lxc',
      nsapp: 'docker',
      status: 'failed',
      disk_size: 32,
      ct_type: 0,
      exit_code: 7,
      error_category: 'network',
    })
    expect(result.value.repaired).toEqual(expect.arrayContaining(['disk_size:unit', 'type:letter_case']))
    expect(result.value.cloaked).toContain('ipv4')
    expect(result.value.unknown_keys).toBe(1)
    expect(JSON.stringify(result.value)).not.toMatch(/203\.0\.113\.7|root@pve1|colour|crimson/)
  })

  test.each<[name: string, more: Readonly<Record<string, string | number>>, reading: 'success' | undefined]>([
    ['a failure with code 0', { status: 'failed', exit_code: 0 }, 'success'],
    ['a failed add-on', { status: 'failed', exit_code: 7, type: 'addon' }, 'success'],
    ['a failed host script', { status: 'failed', exit_code: 7, type: 'pve' }, 'success'],
    ['a failure', { status: 'failed', exit_code: 7 }, undefined],
    ['an aborted add-on', { status: 'aborted', exit_code: 130, type: 'addon' }, undefined],
    ['a success', { status: 'success' }, undefined],
  ])('says how the run of %s will read, where that is not what was reported', (_, more, reading) => {
    const result = tryEvent(bytes(eventBody(more)), policy)
    expect(result.ok && result.value.reads_as).toBe(reading)
    expect(result.ok && result.value.would_store['status']).toBe(more['status'])
  })

  test('shows no keyed hash', () => {
    const result = tryEvent(bytes(eventBody({ random_id: 'my-host', execution_id: 'my-host-2' })), policy)
    const replaced = '(replaced by a keyed hash)'
    expect(result).toMatchObject({ ok: true, value: { would_store: { random_id: replaced, execution_id: replaced } } })
    expect(JSON.stringify(result)).not.toMatch(/h-[a-z2-7]{26}/)
  })

  test('refuses what would be refused', () => {
    expect(tryEvent(bytes('{}'), policy)).toEqual({ ok: false, fault: { code: 'payload_unusable', field: 'random_id', rule: 'missing' } })
  })

  test('of a batch answers for each item', async () => {
    const batch = splitBatch(bytes(`${eventBody()}\nno json`))
    if (!batch.ok) throw new Error(batch.fault.rule)
    expect(await tryBatch(batch.value, policy)).toMatchObject([
      { index: 0, result: { ok: true, value: { would_store: { nsapp: 'docker' } } } },
      { index: 1, result: { ok: false, fault: { code: 'json_undecodable' } } },
    ])
  })
})
