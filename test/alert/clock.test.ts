import { expect, test } from 'bun:test'
import { array, assert, asyncProperty, boolean, constantFrom, integer, record } from 'fast-check'
import { openAlertFigureBook } from '../../src/access/alert-figure-book.ts'
import { openAlertMessageBook } from '../../src/access/alert-message-book.ts'
import { openAlertRuleBook } from '../../src/access/alert-rule-book.ts'
import { openAccessDatabase } from '../../src/access/database.ts'
import { sayMoment } from '../../src/alert/figure.ts'
import type { AlertMessage } from '../../src/alert/message.ts'
import { openOutbox } from '../../src/alert/outbox.ts'
import { hourLimits } from '../../src/alert/room.ts'
import { makeRule, type NewRule, ruleLimits } from '../../src/alert/rule.ts'
import { keepRule, watchOnce } from '../../src/alert/watch.ts'
import { silentLog } from '../../src/base/log.ts'
import { err, ok } from '../../src/base/result.ts'
import { fakeClock } from '../fake-clock.ts'
import { temporaryFolder } from '../store/folder.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const everyMs = 15 * minute
const noon = Date.UTC(2026, 2, 2, 12)

/** Rules about a disk and a mail server that may be down, with everything kept in a real file. */
function place() {
  const folder = temporaryFolder()
  const clock = fakeClock(noon)
  let database = openAccessDatabase(folder.file('access.db'))
  const facts = { freeBytes: 50, isDown: false }
  const got: AlertMessage[] = []
  const open = () => ({
    rules: openAlertRuleBook(database, { clock }),
    messages: openAlertMessageBook(database),
    figures: openAlertFigureBook(database),
  })
  const nothing = async () => Promise.reject(new Error('no rule here asks the store'))
  const source = {
    reader: { recentScripts: nothing, analyse: nothing, errorGroups: nothing, totals: nothing },
    ...{ isMutedGroup: () => false, mirrorLag: () => undefined, timer: () => undefined },
    disk: async () => ({ freeBytes: facts.freeBytes, totalBytes: 100 }),
  }
  const mail = {
    name: 'mail',
    send: async (message: AlertMessage) => {
      if (facts.isDown) return err('timeout')
      got.push(message)
      return ok(undefined)
    },
  }
  async function send(): Promise<void> {
    const outbox = openOutbox({ book: open().messages, channels: [mail], clock, log: silentLog }) // Each look is another process.
    outbox.pump()
    await outbox.idle()
  }
  async function look(): Promise<void> {
    await watchOnce({ ...open(), source, channelNames: ['mail'], clock, log: silentLog, everyMs })
    await send()
  }
  return {
    ...{ clock, facts, got, look, send },
    add: (wanted: Omit<NewRule, 'kind'> = {}, id = 'a') => {
      const made = makeRule({ kind: 'disk_full', ...wanted }, id)
      if (!made.ok) throw new Error(made.fault)
      open().rules.put(keepRule(made.value), { actor: 'cli', limits: ruleLimits })
    },
    mute: (id: string, until: number) => open().rules.mute(id, until, 'cli'),
    restart: () => {
      database.close()
      database = openAccessDatabase(folder.file('access.db'))
    },
    [Symbol.dispose]: () => {
      database.close()
      folder[Symbol.dispose]()
    },
  }
}

const jumps = [
  ['two minutes', 2 * minute],
  ['an hour', hour],
  ['a day', day],
  ['a year', 365 * day],
] as const

test.each(jumps)('a clock that is set back by %s leaves the messages of the hour that was to come uncounted', async (_, jump) => {
  using here = place()
  for (let n = 0; n < hourLimits.ofTenant; n++) here.add({}, `disk-${n}`)
  here.facts.freeBytes = 1
  await here.look()
  expect(here.got).toHaveLength(hourLimits.ofTenant)
  here.clock.pass(-jump)
  here.add({}, 'one-more')
  await here.look()
  expect(here.got.at(-1)?.rule).toBe('one-more')
})

test.each(jumps)('a clock that is set back by %s ends the cooldown of an alarm that is yet to come', async (_, jump) => {
  using here = place()
  here.add({ cooldownMin: 28 * 1_440 })
  for (const freeBytes of [1, 50]) {
    here.facts.freeBytes = freeBytes
    await here.look()
  }
  here.clock.pass(-jump)
  here.facts.freeBytes = 1
  await here.look()
  expect(here.got.map(({ phase }) => phase)).toEqual(['firing', 'ok', 'firing'])
  expect(here.got.at(-1)?.facts).toContainEqual({ name: 'Since', text: sayMoment(here.clock.now()) })
})

test.each(jumps)('a clock that is set back by %s makes a breach wait no longer than once more', async (_, jump) => {
  using here = place()
  here.add({ holdMin: 60 })
  here.facts.freeBytes = 1
  for (let n = 0; n < 3; n++) {
    await here.look()
    here.clock.pass(everyMs)
  }
  here.clock.pass(-jump)
  for (let n = 0; n < 5; n++) {
    await here.look()
    here.clock.pass(everyMs)
  }
  expect(here.got.map(({ phase }) => phase)).toEqual(['firing'])
})

test.each(jumps)('a clock that is set back by %s keeps no message waiting, tried or not', async (_, jump) => {
  using here = place()
  here.add({}, 'tried')
  here.facts.freeBytes = 1
  here.facts.isDown = true
  await here.look()
  for (let n = 0; n < 10; n++) {
    here.clock.pass(hour)
    await here.send()
  }
  here.clock.pass(-jump)
  here.facts.isDown = false
  await here.send()
  expect(here.got.map(({ rule }) => rule)).toEqual(['tried'])
})

test('a clock that is corrected by seconds over and over holds up no alarm', async () => {
  using here = place()
  here.add({ holdMin: 30 })
  here.facts.freeBytes = 1
  for (let n = 0; n < 40; n++) {
    await here.look()
    here.clock.pass(n % 2 === 0 ? minute : -2_000)
  }
  await here.look()
  here.clock.pass(15 * minute)
  await here.look()
  expect(here.got.map(({ phase }) => phase)).toEqual(['firing'])
})

type Happening = {
  readonly isBreach: boolean
  readonly isDown: boolean
  readonly isRestart: boolean
  readonly passMs: number
  readonly jumpMs: number
}

const happening = record({
  isBreach: boolean(),
  isDown: boolean(),
  isRestart: boolean(),
  passMs: integer({ min: 0, max: 3 * hour }),
  jumpMs: constantFrom(0, 0, 0, -2_000, -hour, -day, day, -40 * day, 40 * day),
})

/** What happened, then an alarm for hours and its end for hours, with a channel that works: how a human was told of them. */
async function heardAfter(happenings: readonly Happening[], holdMin: number): Promise<readonly AlertMessage[]> {
  using here = place()
  here.add({ holdMin, cooldownMin: 60 })
  for (const { isBreach, isDown, isRestart, passMs, jumpMs } of happenings) {
    here.clock.pass(passMs + jumpMs)
    Object.assign(here.facts, { freeBytes: isBreach ? 1 : 50, isDown })
    if (isRestart) here.restart()
    await here.look()
  }
  here.facts.isDown = false
  for (const [freeBytes, phase] of [
    [1, 'firing'],
    [50, 'ok'],
  ] as const) {
    here.facts.freeBytes = freeBytes
    for (let n = 0; n < 12; n++) {
      here.clock.pass(everyMs)
      await here.look()
    }
    expect(here.got.at(-1)?.phase).toBe(phase)
  }
  return here.got
}

test('whatever the clock does, nothing is told twice or kept back: hours after it stands right again a human has heard of all', async () => {
  await assert(
    asyncProperty(array(happening, { maxLength: 25 }), constantFrom(0, 30), async (happenings, holdMin) => {
      const got = await heardAfter(happenings, holdMin)
      expect(new Set(got.map(({ id }) => id)).size).toBe(got.length)
    }),
    { numRuns: 25 },
  )
})

test('an alarm that was given up while its channel was down and the clock went 40 days ahead is told once the channel works, and once alone', async () => {
  const happened = { isBreach: true, isDown: true, isRestart: false, passMs: 0 }
  const got = await heardAfter(
    [
      { ...happened, jumpMs: 0 },
      { ...happened, jumpMs: 40 * day },
    ],
    0,
  )
  expect(got.map(({ phase }) => phase)).toEqual(['firing', 'ok'])
})

test('an alarm that was given up is not told any more once it is over, nor while its rule is quiet', async () => {
  using here = place()
  here.add()
  here.add({}, 'muted')
  Object.assign(here.facts, { freeBytes: 1, isDown: true })
  await here.look()
  here.clock.pass(8 * day)
  await here.look()
  here.mute('muted', here.clock.now() + day)
  Object.assign(here.facts, { freeBytes: 50, isDown: false })
  here.clock.pass(hour)
  await here.look()
  expect(here.got.map(({ rule, phase }) => `${rule} ${phase}`)).toEqual(['a ok'])
})
