import { expect, test } from 'bun:test'
import { type AlertMessageBook, openAlertMessageBook } from '../../src/access/alert-message-book.ts'
import { openAccessDatabase } from '../../src/access/database.ts'
import type { AlertMessage } from '../../src/alert/message.ts'
import { type Channel, openOutbox, retryMs, waitMsMax } from '../../src/alert/outbox.ts'
import { keepMessage } from '../../src/alert/watch.ts'
import { silentLog } from '../../src/base/log.ts'
import { err, ok } from '../../src/base/result.ts'
import { fakeClock } from '../fake-clock.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'

const noon = Date.UTC(2026, 2, 1, 12)

function messageOf(id: string, at = noon): AlertMessage {
  return {
    id,
    tenant: 'default',
    rule: 'a',
    kind: 'disk_full',
    subject: '',
    phase: 'firing',
    at,
    title: 'Alert',
    summary: 'S.',
    facts: [],
    links: [{ text: 'Alerts', path: '/alerts' }],
  }
}

function place() {
  const folder = temporaryFolder()
  const clock = fakeClock(noon)
  const database = openAccessDatabase(folder.file('access.db'))
  const book = openAlertMessageBook(database)
  return {
    ...{ book, clock },
    tell: (channels: readonly string[], ...ids: readonly string[]) =>
      book.record({ states: [], channels, messages: ids.map((id) => keepMessage(messageOf(id))) }),
    open: (channels: readonly Channel[]) => openOutbox({ book, channels, clock, log: silentLog }),
    [Symbol.dispose]: () => {
      database.close()
      folder[Symbol.dispose]()
    },
  }
}

/** A channel that notes what it got and answers as it is told. */
function channelOf(name: string, answer: () => ReturnType<Channel['send']>) {
  const got: string[] = []
  const send: Channel['send'] = (message) => {
    got.push(message.id)
    return answer()
  }
  return { name, send, got }
}

test('a channel that hangs delays no other', async () => {
  using here = place()
  const gate = Promise.withResolvers<void>()
  const slow = channelOf('mail', async () => {
    await gate.promise
    return ok(undefined)
  })
  const quick = channelOf('webhook', async () => ok(undefined))
  here.tell(['mail', 'webhook'], 'm', 'n')
  const outbox = here.open([slow, quick])
  outbox.pump()
  outbox.pump()
  await until(() => quick.got.length === 2)
  expect(slow.got).toEqual(['m'])
  gate.resolve()
  await outbox.idle()
  expect([slow.got, quick.got, here.book.waiting()]).toEqual([['m', 'n'], ['m', 'n'], 0])
})

test('a message that fails waits on disk, longer after each attempt, and is given up after a week', async () => {
  using here = place()
  let isDown = true
  const channel = channelOf('mail', async () => (isDown ? err('timeout') : ok(undefined)))
  here.tell(['mail'], 'm')
  for (let attempt = 0; attempt < 4; attempt++) {
    const outbox = here.open([channel]) // Each attempt is another process.
    outbox.pump()
    await outbox.idle()
    here.clock.pass(retryMs(attempt) - 1)
    outbox.pump()
    await outbox.idle()
    expect(channel.got).toHaveLength(attempt + 1)
    here.clock.pass(1)
    await outbox.stop()
  }
  isDown = false
  const outbox = here.open([channel])
  outbox.pump()
  await outbox.idle()
  expect(here.book.deliveries('m')).toMatchObject([{ state: 'sent', attempts: 5 }])

  isDown = true
  here.tell(['mail'], 'n')
  here.clock.pass(waitMsMax)
  outbox.pump()
  await outbox.idle()
  expect(here.book.deliveries('n')).toMatchObject([{ state: 'given_up', fault: 'timeout' }])
})

test('the wait doubles up to an hour', () => {
  expect([0, 1, 2, 6, 7, 60].map(retryMs)).toEqual([30_000, 60_000, 120_000, 1_920_000, 3_600_000, 3_600_000])
})

test('a message that a channel throws on is tried again later, and those behind it go out', async () => {
  using here = place()
  const channel: Channel & { readonly got: string[] } = {
    name: 'mail',
    got: [],
    send: async ({ id }) => {
      channel.got.push(id)
      if (id === 'broken') throw new TypeError('a shape of another version')
      return ok(undefined)
    },
  }
  here.tell(['mail'], 'broken')
  here.book.record({ states: [], channels: ['mail'], messages: [keepMessage({ ...messageOf('whole'), rule: 'b' })] })
  const outbox = here.open([channel])
  outbox.pump()
  await outbox.idle()
  expect([channel.got, here.book.waiting()]).toEqual([['broken', 'whole'], 1])
  here.clock.pass(retryMs(0))
  outbox.pump()
  await outbox.idle()
  expect(channel.got).toEqual(['broken', 'whole', 'broken'])
})

test('an end is never told before the alarm it ends, which waits for another attempt', async () => {
  using here = place()
  let isDown = true
  const channel = channelOf('mail', async () => (isDown ? err('timeout') : ok(undefined)))
  const outbox = here.open([channel])
  here.tell(['mail'], 'alarm')
  outbox.pump()
  await outbox.idle()
  isDown = false
  here.tell(['mail'], 'end')
  outbox.pump()
  await outbox.idle()
  expect(channel.got).toEqual(['alarm'])
  here.clock.pass(retryMs(0))
  outbox.pump()
  await outbox.idle()
  expect(channel.got).toEqual(['alarm', 'alarm', 'end'])
})

test('a message that was taken is not sent again while a full disk keeps it from being marked', async () => {
  using here = place()
  const channel = channelOf('mail', async () => ok(undefined))
  here.tell(['mail'], 'm')
  let isFull = true
  const markSent: AlertMessageBook['markSent'] = (...of) => {
    if (isFull) throw new Error('database or disk is full')
    here.book.markSent(...of)
  }
  const outbox = openOutbox({ book: { ...here.book, markSent }, channels: [channel], clock: here.clock, log: silentLog })
  for (let n = 0; n < 3; n++) {
    outbox.pump()
    await outbox.idle()
  }
  expect([channel.got, here.book.waiting()]).toEqual([['m'], 1])
  isFull = false
  outbox.pump()
  await outbox.idle()
  expect([channel.got, here.book.waiting()]).toEqual([['m'], 0])
})

test('a stopped outbox sends nothing more', async () => {
  using here = place()
  const channel = channelOf('mail', async () => ok(undefined))
  const outbox = here.open([channel])
  await outbox.stop()
  here.tell(['mail'], 'm')
  outbox.pump()
  expect([channel.got, outbox.channelNames, here.book.waiting()]).toEqual([[], ['mail'], 1])
})

test('a stop waits for a channel that hangs, but not for long, and what was on its way is still there', async () => {
  using here = place()
  const gate = Promise.withResolvers<void>()
  const slow = channelOf('mail', async () => {
    await gate.promise
    return ok(undefined)
  })
  here.tell(['mail'], 'm')
  const outbox = here.open([slow])
  outbox.pump()
  await outbox.stop()
  gate.resolve()
  await outbox.idle()
  expect([slow.got, here.book.due('mail', noon, 10).length]).toEqual([['m'], 1])
})
