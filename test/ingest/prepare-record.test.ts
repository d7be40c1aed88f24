import { describe, expect, test } from 'bun:test'
import { prepareRecord } from '../../src/ingest/prepare-record.ts'
import { policy } from './sample-ingest.ts'

const record = { random_id: '0190a5f3-7c1e-4b7a-8c1d-0a5d9e7f4b21', type: 'lxc', nsapp: 'docker', status: 'failed', exit_code: 7 }

describe('the record of an earlier service', () => {
  test('is repaired and cloaked like a body', () => {
    const event = prepareRecord(
      { ...record, type: 'LXC', error: 'failed at 203.0.113.9', cpu_model: 'mia@firma-canary.de', created: 'x' },
      policy,
    )
    expect(event).toMatchObject({
      install: { type: 'lxc', nsapp: 'docker', exitCode: 7, error: 'failed at <ipv4>', cpuModel: '<email>', errorCategory: 'network' },
      repairs: ['type:letter_case'],
      rules: ['email', 'ipv4'],
    })
  })

  test.each([
    ['without an id', { ...record, random_id: '' }],
    ['of an unknown type', { ...record, type: 'x' }],
    ['without a name', { ...record, nsapp: '' }],
    ['with nothing', {}],
  ])('%s is left out', (_, fields) => {
    expect(prepareRecord(fields, policy)).toBeUndefined()
  })
})
