import { afterEach, expect, test } from 'bun:test'
import { type BodyReader, createBodyReader, heldBytesMax } from '../../src/http/body.ts'
import { until } from '../wait.ts'

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

test('bodies that come slowly hold no more than the bound, and are let go', async () => {
  const bodies = open(60_000)
  const slow = Array.from({ length: heldBytesMax / (8 * megabyte) }, () => slowBody(8 * megabyte))
  const reads = slow.map(({ request }) => bodies.read(request, 10 * megabyte))
  await until(() => slow.every(({ state }) => state.isTaken), 'each body is held')

  const late = slowBody(1)
  expect(await bodies.read(late.request, megabyte)).toEqual({
    ok: false,
    fault: { code: 'too_busy', field: 'body', rule: 'too_many_at_once' },
  })
  await until(() => late.state.isCancelled, 'the late one is given up')

  for (const { state } of slow) state.end()
  for (const read of await Promise.all(reads)) expect(read).toMatchObject({ ok: true, value: { length: 8 * megabyte } })
  const next = slowBody(megabyte)
  const reading = bodies.read(next.request, 2 * megabyte)
  next.state.end()
  expect(await reading).toMatchObject({ ok: true, value: { length: megabyte } })
})

test('a body that takes too long is given up, and what came of it', async () => {
  const bodies = open(20)
  const slow = Array.from({ length: 300 }, () => slowBody(1_000))
  for (const read of await Promise.all(slow.map(({ request }) => bodies.read(request, 2_000)))) {
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
  const read = await open(1_000).read(new Request('http://localhost/', { method: 'POST', body }), 100)
  expect(read).toEqual({ ok: false, fault: { code: 'body_unreadable', field: 'body', rule: 'unreadable' } })
})
