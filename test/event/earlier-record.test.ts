import { describe, expect, test } from 'bun:test'
import type { EarlierRecord } from '../../src/event/earlier-record.ts'
import { liftRecord, readEarlierRecord } from '../../src/event/earlier-record.ts'
import type { TelemetryEvent } from '../../src/event/entry.ts'
import { storedId } from '../../src/event/identity.ts'
import type { InstallEvent } from '../../src/event/install.ts'
import { join, lift } from '../../src/event/merge.ts'
import { readRun } from '../../src/event/reading.ts'

const record = {
  ...{ id: 'abcdefghijklmno', collectionName: 'telemetry', created: '2026-03-01 12:00:00.000Z', updated: '2026-03-01 12:05:00.500Z' },
  ...{ random_id: '3f0c6a52-9d2e-4b7a-8c11-0a5d9e7f4b21', execution_id: '', type: 'lxc', nsapp: 'alpine', status: 'failed' },
  ...{ ct_type: 0, disk_size: 8, exit_code: 0, error: 'odd', has_arm: false, install_duration: 0, method: '' },
}
const now = Date.UTC(2026, 5, 1)
const noon = Date.UTC(2026, 2, 1, 12)
const noonText = '2026-03-01 12:00:00.000Z'
const times: EarlierRecord = { wire: {}, firstAt: noon, lastAt: noon + 300_500 }

describe('a record of an earlier service', () => {
  test('says nothing where PocketBase put its zeros', () => {
    expect(readEarlierRecord(record, now)).toStrictEqual({
      ok: true,
      value: {
        wire: { random_id: record.random_id, type: 'lxc', nsapp: 'alpine', status: 'failed', disk_size: 8, error: 'odd' },
        firstAt: noon,
        lastAt: noon + 300_500,
      },
    })
  })

  test.each([
    ['without a T', { created: '2026-03-01 12:00:00.000Z' }, noon],
    ['with a T', { created: '2026-03-01T12:00:00Z' }, noon],
    ['without a Z', { created: '2026-03-01 12:00:00' }, noon],
    ['with nanoseconds', { created: '2026-03-01T12:00:00.000000000Z' }, noon],
    ['of the report rather than of the migration', { created: '2026-04-01 00:00:00.000Z', old_created: '2026-03-01 12:00:00.000Z' }, noon],
    ['that can be, where another cannot', { created: '2026-03-01 12:00:00.000Z', received_at: '9999-12-31 00:00:00.000Z' }, noon],
    ['of the receipt rather than of the copy', { created: '2026-04-01 00:00:00.000Z', received_at: '2026-03-01 12:00:00.000Z' }, noon],
  ])('is read with a time %s', (_name, given, firstAt) => {
    expect(readEarlierRecord(given, now)).toStrictEqual({ ok: true, value: { wire: {}, firstAt, lastAt: firstAt } })
  })

  // What the client meant: 0 privileged container, 1 unprivileged container, 2 virtual machine.
  test.each([
    ['of the live service, a machine', { created: noonText, ct_type: 2, type: 'vm' }, 2],
    ['of the live service, unprivileged', { created: noonText, ct_type: 1 }, 1],
    ['of the live service, 0 is also nothing sent', { created: noonText, ct_type: 0 }, undefined],
    ['of the migration tool, which wrote 1 for 2', { created: noonText, old_created: noonText, ct_type: 1, type: 'vm' }, 2],
    ['of the migration tool, which wrote 0 for all others', { created: noonText, old_created: noonText, ct_type: 0 }, undefined],
    ['of the migration tool by SQL, as it was', { created: noonText, old_created: '', ct_type: 1 }, 1],
    ['of the first API, unprivileged', { created_at: noonText, ct_type: 1 }, 1],
    ['of the first API, privileged', { created_at: noonText, ct_type: 0 }, 0],
    ['of the first API, a machine', { created_at: noonText, ct_type: 2, type: 'vm' }, 2],
    ['of the first API, a machine without one', { created_at: noonText, ct_type: 0, type: 'vm' }, undefined],
    ['of the first API, nothing', { created_at: noonText }, undefined],
  ])('has the container type that was meant: %s', (_name, given, expected) => {
    const read = readEarlierRecord({ type: 'lxc', ...given }, now)
    expect(read.ok && read.value.wire['ct_type']).toBe(expected)
  })

  test.each([
    ['null', null, 'not_an_object'],
    ['a text', 'record', 'not_an_object'],
    ['a record without a time', { status: 'failed' }, 'time_missing'],
    ['a record with a bare date', { created: '2026-03-01' }, 'time_missing'],
    ['a record with a day that is none', { created: '2026-13-41 12:00:00Z' }, 'time_missing'],
    ['a record from before all events', { created: '1999-12-31 23:59:59Z' }, 'time_unbelievable'],
    ['a record of the day after tomorrow', { created: '2026-06-02 00:00:00.001Z' }, 'time_unbelievable'],
    ['a record with a number for a time', { created: 5 }, 'time_missing'],
  ])('is refused where it is %s', (_name, given, fault) => {
    expect(readEarlierRecord(given, now)).toEqual({ ok: false, fault: fault as never })
  })

  test('failed without a code where its code is 0', () => {
    const state = liftRecord(eventOf({ status: 'failed', error: 'odd' }), times)
    expect(readRun(state)).toMatchObject({ status: 'failed', error: 'odd', firstAt: noon, lastAt: noon + 300_500 })
  })

  test('keeps an id that was replaced when the record was ours, though its wire came through the door of clients', () => {
    const secret = new Uint8Array(32).fill(7)
    const ours = storedId('alice', secret)
    const event = eventOf({ status: 'success', executionId: storedId(ours, secret), randomId: record.random_id })
    const state = liftRecord(event, { ...times, wire: { execution_id: ours, random_id: record.random_id } })
    expect(readRun(state)).toMatchObject({ executionId: ours, randomId: record.random_id })
  })

  test('gives way to any report of its own stage, and stands against earlier ones', () => {
    const state = liftRecord(eventOf({ status: 'success', diskSize: 32, osType: 'ubuntu' }), times)
    const sameStage = lift(eventOf({ status: 'success', diskSize: 8 }), noon)
    const before = lift(eventOf({ status: 'configuring', diskSize: 4, osType: 'debian' }), noon)
    expect(readRun([before, state].reduce(join))).toMatchObject({ diskSize: 32, osType: 'ubuntu' })
    expect(readRun([sameStage, state].reduce(join))).toMatchObject({ diskSize: 8, osType: 'ubuntu' })
    expect(join(state, sameStage)).toStrictEqual(join(sameStage, state))
  })
})

function eventOf(install: Partial<InstallEvent> & Pick<InstallEvent, 'status'>): TelemetryEvent {
  return { kind: 'install', install: { type: 'lxc', nsapp: 'alpine', ...install }, repairs: [], rules: [] }
}
