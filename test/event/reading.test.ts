import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { join, lift } from '../../src/event/merge.ts'
import { firstAtOf, readHead, readRun } from '../../src/event/reading.ts'
import { runState } from './run-arbitrary.ts'

const event = { kind: 'install', repairs: [], rules: [] } as const
const bare = { type: 'lxc', nsapp: 'alpine' } as const

describe('the reading of a run', () => {
  test('shows defaults that no later report is beaten by', () => {
    const early = lift({ ...event, install: { ...bare, status: 'success' } }, 10)
    expect(readRun(early)).toMatchObject({ repoSource: 'ProxmoxVE', repoSourceAssumed: true, gpuVendor: 'unknown' })
    const late = lift({ ...event, install: { ...bare, status: 'installing', repoSource: 'external', gpuVendor: 'amd' } }, 11)
    expect(readRun(join(early, late))).toMatchObject({ repoSource: 'external', repoSourceAssumed: false, gpuVendor: 'amd' })
  })

  test('names the script unknown where it is', () => {
    expect(readRun(lift({ ...event, install: { ...bare, nsapp: 'unknown', status: 'success' } }, 1)).nsapp).toBe('unknown')
  })

  test('takes a run given up at the very time of its last report for one that is still heard of', () => {
    const state = lift({ ...event, install: { ...bare, status: 'installing' } }, 100)
    expect(readRun({ ...state, stuckAt: 100 })).toMatchObject({ stuck: false, status: 'installing' })
    expect(readRun({ ...state, stuckAt: 101 })).toMatchObject({ stuck: true, status: 'unknown', errorCategory: 'timeout' })
  })

  test('never shows a failure with code 0, nor one of an add-on or a host script, and never a stuck run that ended', () => {
    fc.assert(
      fc.property(runState, (state) => {
        const run = readRun(state)
        if (run.status === 'failed') expect([run.exitCode === 0, run.type === 'addon', run.type === 'pve']).toEqual([false, false, false])
        if (run.excused) expect([run.status, run.exitCode, run.reported?.status]).toEqual(['success', 0, 'failed'])
        if (state.outcome !== undefined) expect(run.stuck).toBe(false)
        expect(run.firstAt).toBeLessThanOrEqual(run.lastAt)
      }),
    )
  })

  test('is the same for the store, which reads only a part', () => {
    fc.assert(
      fc.property(runState, (state) => {
        const run = readRun(state)
        const head = readHead(state)
        expect(Object.fromEntries(Object.keys(head).map((name) => [name, run[name as keyof typeof head]]))).toEqual(head)
        expect(firstAtOf(state)).toBe(run.firstAt)
      }),
    )
  })

  test('leaves the state as it is', () => {
    fc.assert(
      fc.property(runState, (state) => {
        const before = structuredClone(state)
        readRun(state)
        expect(state).toEqual(before)
      }),
    )
  })
})
