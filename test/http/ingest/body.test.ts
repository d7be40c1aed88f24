import { afterEach, expect, test } from 'bun:test'
import { type BodyReader, createBodyReader } from '../../../src/http/ingest/body.ts'
import { createBudget, Hold } from '../../../src/http/ingest/hold.ts'
import { until } from '../../wait.ts'

const megabyte = 1024 * 1024
const opened: BodyReader[] = []
afterEach(() => {
  for (const bodies of opened.splice(0)) bodies.stop()
})

function open(timeoutMs: number): BodyReader {
  const bodies = createBodyReader(timeoutMs)
  opened.push(bodies)
  return bodies
}

/** A body that gives its bytes and then stays open until it is ended or given up. */
function slowBody(bytes: number) {
  const state = { isTaken: false, isCancelled: false, end: () => {} }
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(bytes))
      state.end = () => controller.close()
    },
    pull() {
      state.isTaken = true
    },
    cancel() {
      state.isCancelled = true
    },
  })
  return { state, request: new Request('http://localhost/', { method: 'POST', body }) }
}

test('bodies that come slowly hold no more than the budget, and are let go', async () => {
  const bodies = open(60_000)
  const budget = createBudget(8 * megabyte)
  const slow = Array.from({ length: 6 }, () => ({ ...slowBody(8 * megabyte), hold: new Hold(budget) }))
  const reads = slow.map(({ request, hold }) => bodies.read(request, 10 * megabyte, hold))
  await until(() => slow.every(({ state }) => state.isTaken), 'each body is held')

  const late = slowBody(megabyte)
  expect(await bodies.read(late.request, megabyte, new Hold(budget))).toEqual({
    ok: false,
    fault: { code: 'too_busy', field: 'body', rule: 'too_many_at_once' },
  })
  await until(() => late.state.isCancelled, 'the late one is given up')
  const event = new Request('http://localhost/', { method: 'POST', body: '{}', headers: { 'Content-Length': '2' } })
  expect(await bodies.read(event, megabyte, new Hold(budget))).toMatchObject({ ok: true, value: { bytes: { length: 2 } } })

  for (const { state } of slow) state.end()
  for (const read of await Promise.all(reads)) expect(read).toMatchObject({ ok: true, value: { bytes: { length: 8 * megabyte } } })
  for (const { hold } of slow) hold.release()
  const next = slowBody(megabyte)
  const reading = bodies.read(next.request, 2 * megabyte, new Hold(budget))
  next.state.end()
  expect(await reading).toMatchObject({ ok: true, value: { bytes: { length: megabyte } } })
})

test('a body that takes too long is given up, and what came of it', async () => {
  const bodies = open(20)
  const budget = createBudget(megabyte)
  const slow = Array.from({ length: 300 }, () => slowBody(1_000))
  for (const read of await Promise.all(slow.map(({ request }) => bodies.read(request, 2_000, new Hold(budget))))) {
    expect(read).toEqual({ ok: false, fault: { code: 'body_unreadable', field: 'body', rule: 'too_slow' } })
  }
  expect(slow.filter(({ state }) => !state.isCancelled)).toEqual([])
})

test('a body that breaks off is refused', async () => {
  const body = new ReadableStream({
    pull(controller) {
      controller.error(new Error('reset'))
    },
  })
  const read = await open(1_000).read(new Request('http://localhost/', { method: 'POST', body }), 100, new Hold(createBudget(100)))
  expect(read).toEqual({ ok: false, fault: { code: 'body_unreadable', field: 'body', rule: 'unreadable' } })
})
