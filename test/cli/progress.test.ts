import { expect, setDefaultTimeout, test } from 'bun:test'
import { startProgress } from '../../src/cli/progress.ts'
import { fakeClock } from '../fake-clock.ts'
import { sampleContext } from './desk-sample.ts'

setDefaultTimeout(60_000) // Processes are started, on a machine that may be busy.

test('in a pipe one line comes every ten seconds, however often progress is reported', () => {
  const clock = fakeClock(0)
  const context = { ...sampleContext({}), clock }
  const progress = startProgress(context, 'records')
  for (let second = 0; second < 25; second += 1) {
    clock.pass(1_000)
    progress.report({ done: (second + 1) * 40, total: 2_000 })
  }
  progress.stop()
  expect(context.told()).toBe('400 of 2,000 records (20 %), 40 a second, 40 s left\n800 of 2,000 records (40 %), 40 a second, 30 s left\n')
})

test('a total that is not known yet gives no share', () => {
  const clock = fakeClock(0)
  const context = { ...sampleContext({}), clock }
  const progress = startProgress(context, 'records')
  clock.pass(10_000)
  progress.report({ done: 5, total: 0 })
  expect(context.told()).toBe('5 records, 1 a second\n')
})

test('records of a file are counted, its bytes tell the share; what an earlier command did makes it no faster', () => {
  const clock = fakeClock(0)
  const context = { ...sampleContext({}), clock }
  const mb = 1_024 ** 2
  const progress = startProgress(context, 'records', { done: 500_000, total: 0, bytes: { done: 100 * mb, total: 400 * mb } })
  clock.pass(10_000)
  progress.report({ done: 700_000, total: 0, bytes: { done: 150 * mb, total: 400 * mb } })
  expect(context.told()).toBe('700,000 records, 150 MB of 400 MB (37 %), 20,000 a second, 50 s left\n')
})

test('where a person watches, a bar is drawn on stderr', async () => {
  const script = `const { startProgress } = await import(${JSON.stringify(`${import.meta.dir}/../../src/cli/progress.ts`)})
    process.stderr.isTTY = true
    const progress = startProgress({ isTerminal: true, clock: { now: () => 0 }, tell: () => {} }, 'records')
    progress.report({ done: 50, total: 200 })
    progress.stop()
    progress.stop()`
  const child = Bun.spawn([process.execPath, '-e', script], { stdout: 'pipe', stderr: 'pipe' })
  expect(await child.stdout.text()).toBe('')
  const drawn = await child.stderr.text()
  expect(drawn).toContain('25 %  50 of 200 records')
  expect(drawn).not.toContain('100 %')
})
