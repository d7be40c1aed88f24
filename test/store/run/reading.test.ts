import { expect, test } from 'bun:test'
import { fingerprintOf } from '../../../src/event/fingerprint.ts'
import type { RunHead } from '../../../src/event/reading.ts'
import { groupOfRun } from '../../../src/store/run/reading.ts'

const failed: RunHead = {
  ...{ type: 'lxc', nsapp: 'alpine', repoSource: 'ProxmoxVE', gpuVendor: 'unknown', gpuPassthrough: 'unknown', firstAt: 0 },
  status: 'failed',
}

test.each([
  ['a text', { error: 'apt-get update failed' }],
  ['the same text with a code', { error: 'apt-get update failed', exitCode: 100 }],
  ['the same text with another code', { error: 'apt-get update failed', exitCode: 1 }],
  ['the same text and code of another category', { error: 'apt-get update failed', exitCode: 1, errorCategory: 'network' }],
  ['a code alone', { exitCode: 1 }],
] as const)('the group of a failure that left %s is its fingerprint, also when it is remembered', (_, failure) => {
  for (let time = 0; time < 2; time++) expect(groupOfRun({ ...failed, ...failure })).toBe(fingerprintOf(failure))
})

test('more failures than are remembered keep their groups', () => {
  const texts = Array.from({ length: 1_500 }, (_, index) => `lib${'abcdefghij'[index % 10]}${index} is missing`)
  const groups = texts.map((error) => groupOfRun({ ...failed, error }))
  expect(texts.map((error) => groupOfRun({ ...failed, error }))).toEqual(groups)
})

test('what ended well, or left nothing, has no group', () => {
  expect(groupOfRun({ ...failed, status: 'success', error: 'retried' })).toBeUndefined()
  expect(groupOfRun(failed)).toBeUndefined()
})
