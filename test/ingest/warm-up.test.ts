import { expect, test } from 'bun:test'
import { apartBytesMin } from '../../src/ingest/ingest.ts'
import { prepareGroup } from '../../src/ingest/prepare-group.ts'
import { PrepareThread } from '../../src/ingest/prepare-thread.ts'
import { sampleBody, warmUp } from '../../src/ingest/warm-up.ts'
import { fakeClock } from '../fake-clock.ts'
import { until } from '../wait.ts'
import { policy } from './sample-ingest.ts'

const options = { policy, clock: fakeClock('2026-03-01T12:00:00Z') }

test('the sample is a log that goes the whole way: to the thread, through many rules, into an entry', () => {
  expect(sampleBody().bytes.length).toBeGreaterThan(apartBytesMin)
  const { entries, refused, failed, rules } = prepareGroup([sampleBody()], options)
  expect([entries.count, refused, failed]).toEqual([1, [], []])
  expect(rules.length).toBeGreaterThan(5)
  expect(entries.lines).not.toContain('192.0.2.7')
  expect(warmUp(options)).toBeUndefined()
})

test('a thread is started ahead, and is the one that prepares', async () => {
  const deaths: string[] = []
  const thread = new PrepareThread({
    policy,
    onDeath: ({ message }) => void deaths.push(message),
    workerPath: '../test/ingest/dying-worker',
  })
  thread.start()
  thread.start()
  await expect(thread.prepare([sampleBody()])).rejects.toThrow()
  await until(() => deaths.length > 0)
  expect(deaths).toHaveLength(1)
  thread.close()
})
