import { expect, test } from 'bun:test'
import { erasuresOf } from '../../src/archive/erasure-hash.ts'
import { leaveOutErased } from '../../src/archive/unerased.ts'
import { prepareRun } from '../../src/ingest/prepare-run.ts'
import { decodeGroup, encodeEntries } from '../../src/journal/payload.ts'

const secret = new Uint8Array(32).fill(7)
const erasedAt = Date.UTC(2026, 4, 1)
const [erasedId, otherId] = ['a name that is no uuid', '22222222-2222-4222-8222-222222222222'] as const

function entryOf(randomId: string, created: string, tenant = 'default') {
  const record = { random_id: randomId, type: 'lxc', nsapp: 'docker', status: 'success', created }
  const prepared = prepareRun(record, { repoOwners: [], idSecret: secret }, { tenant, receivedAt: Date.UTC(2026, 5, 1) })
  if (!prepared.ok) throw new Error(prepared.fault.rule)
  return prepared.value
}

const [before, after] = ['2026-04-30T23:59:59Z', '2026-05-01T00:00:00Z'] as const
const erasures = erasuresOf('default', erasedId, { secret, at: erasedAt })

test('entries of an erased id from before its erasure are left out, also where the id was replaced; no others are', () => {
  const kept = [entryOf(erasedId, after), entryOf(otherId, before), entryOf(erasedId, before, 'tenant-b')]
  const left = leaveOutErased(encodeEntries([entryOf(erasedId, before), ...kept]), erasures, secret)
  expect(left.erased).toBe(1)
  expect(left.kept).toEqual(encodeEntries(kept))
  expect(decodeGroup(0, left.kept.lines)).toHaveLength(left.kept.count)
})

test('where nothing was erased the entries are passed on as they are, and where all were there are none', () => {
  const entries = encodeEntries([entryOf(erasedId, before)])
  expect(leaveOutErased(entries, [], secret)).toEqual({ kept: entries, erased: 0 })
  expect(leaveOutErased(entries, erasures, secret)).toMatchObject({ kept: { count: 0 }, erased: 1 })
})
