import { expect, test } from 'bun:test'
import { array, assert, boolean, constantFrom, integer, property, record } from 'fast-check'
import { isQuietAt, readQuiet } from '../../src/alert/quiet.ts'
import type { Room } from '../../src/alert/room.ts'
import { type BySubject, playRound } from '../../src/alert/round.ts'
import { makeRule, type NewRule, type Rule } from '../../src/alert/rule.ts'
import type { AlertState, Reading } from '../../src/alert/state.ts'

const minute = 60_000
const hour = 60 * minute
const midnight = Date.UTC(2026, 2, 2)
const room: Room = { limits: { ofTenant: 1_000, ofOthers: 1_000 }, told: new Map() }

test.each([
  ['22-6', '22-6'],
  ['08-17', '8-17'],
  [' 0-23 ', '0-23'],
  ['22', undefined],
  ['6-6', undefined],
  ['24-6', undefined],
  ['22:30-6', undefined],
  ['-1-6', undefined],
  ['', undefined],
])('%j is read as %j', (text, quiet) => {
  expect(readQuiet(text)).toBe(quiet)
})

test.each([
  ['22-6', 22 * hour, true],
  ['22-6', 22 * hour - 1, false],
  ['22-6', 6 * hour - 1, true],
  ['22-6', 6 * hour, false],
  ['8-17', 12 * hour, true],
  ['8-17', 17 * hour, false],
  [undefined, 3 * hour, false],
])('in quiet hours of %s %d is %p', (quiet, at, isQuiet) => {
  expect(isQuietAt(quiet, midnight + at)).toBe(isQuiet)
})

function ruleOf(wanted: NewRule): Rule {
  const made = makeRule(wanted, 'a')
  if (!made.ok) throw new Error(made.fault)
  return made.value
}

type Look = { readonly at: number; readonly reading: Reading; readonly isMuted?: boolean; readonly isDismissed?: boolean }

/** Plays looks as a service does that is restarted between any two of them. */
function play(rule: Rule, looks: readonly Look[]) {
  let states = new Map<string, AlertState>()
  const told = looks.flatMap(({ at, reading, isMuted = false, isDismissed = false }) => {
    const kept = new Map(JSON.parse(JSON.stringify([...states])) as [string, AlertState][])
    const all: BySubject<AlertState> = new Map([['a', kept]])
    const round = playRound({
      ...{
        rules: [rule],
        states: all,
        readings: new Map([['a', new Map([['s', reading]])]]),
        isMuted: () => isMuted,
        isDismissed: () => isDismissed,
      },
      ...{ now: at, gapMs: 3 * hour, room },
    })
    states = kept
    for (const { subject, state } of round.changes) {
      if (state === undefined) states.delete(subject)
      else states.set(subject, state)
    }
    return round.messages
  })
  return { told, states }
}

const bad: Reading = { status: 'breach', value: 30, runs: 100, text: 'E: no such package' }
const well: Reading = { status: 'ok', value: 1, runs: 100 }
const at = (hours: number, reading: Reading): Look => ({ at: midnight + hours * hour, reading })
const said = (messages: ReturnType<typeof play>['told']) => messages.map(({ phase, at: ms }) => [phase, (ms - midnight) / hour])

test('what fires in quiet hours and lasts is told when they end, once, with when it began', () => {
  const rule = ruleOf({ kind: 'failure_rate', quiet: '22-6' })
  const { told } = play(rule, [at(21, well), at(23, bad), at(26, bad), at(29.9, bad), at(30, bad), at(31, bad), at(32, well)])
  expect(said(told)).toEqual([
    ['firing', 30],
    ['ok', 32],
  ])
  expect(told[0]?.facts[0]?.text).toBe('2026-03-02 23:00 UTC')
})

test('what fires and recovers in quiet hours is told to nobody, and what recovers in them of an alarm before is told when they end', () => {
  const rule = ruleOf({ kind: 'failure_rate', quiet: '22-6' })
  expect(said(play(rule, [at(23, bad), at(26, well), at(30, well)]).told)).toEqual([])
  expect(said(play(rule, [at(21, bad), at(23, well), at(26, bad), at(27, well), at(30, well), at(31, well)]).told)).toEqual([
    ['firing', 21],
    ['ok', 30],
  ])
})

test('a new error of quiet hours is told when they end, though nobody sees it any more, with its words and once', () => {
  const rule = ruleOf({ kind: 'new_error', windowMin: 60, quiet: '22-6' })
  const { told, states } = play(rule, [at(23, bad), at(25, well), at(29, well), at(30, well), at(31, well), at(56, well)])
  expect(said(told)).toEqual([['firing', 30]])
  expect(told[0]?.summary).toBe('E: no such package')
  expect(states.has('s')).toBe(false)
})

test('a new error that is muted before its quiet hours end is told to nobody, however long ago it was seen, and is news again when it is not', () => {
  const rule = ruleOf({ kind: 'new_error', windowMin: 60, quiet: '22-6', cooldownMin: 0 })
  const muted = (look: Look): Look => ({ ...look, isDismissed: true })
  const { told, states } = play(rule, [at(23, bad), at(25, well), muted(at(29, well)), muted(at(30, well)), at(31, well)])
  expect([said(told), states.has('s')]).toEqual([[], false])
  expect(said(play(rule, [at(23, bad), muted(at(24, well)), at(29, bad), at(30, well)]).told)).toEqual([['firing', 30]])
})

const none: Reading = { status: 'no_data' }

test('what fired in quiet hours and of which no data came since is told when they end, with what was read and since when nothing is', () => {
  const rule = ruleOf({ kind: 'failure_rate', quiet: '22-6' })
  const silence = Array.from({ length: 10 }, (_, n) => at(26 + n, none))
  const { told, states } = play(rule, [at(21, well), at(23, bad), at(24, bad), at(25, bad), ...silence])
  expect(said(told)).toEqual([['firing', 30]])
  expect(told[0]?.title).toBe('Alert: failure rate (s), 30 %')
  expect(told[0]?.facts.map(({ name, text }) => `${name} ${text}`)).toEqual([
    'Since 2026-03-02 23:00 UTC',
    'No data since 2026-03-03 02:00 UTC',
  ])
  expect(states.get('s')).toMatchObject({ phase: 'no_data', told: 'firing' })
  expect(said(play(rule, [at(23, bad), at(24, none), at(25, well), at(26, none), at(30, none), at(31, well)]).told)).toEqual([])
})

test('what waits for its cooldown is told after it, and an end that waits for the end of quiet hours too, though no data came since', () => {
  const slow = ruleOf({ kind: 'failure_rate', cooldownMin: 240 })
  const looks = [at(8, bad), at(9, well), at(10, bad), at(11, bad), at(11.5, none), at(13, none), at(14, none), at(15, well)]
  expect(said(play(slow, looks).told)).toEqual([
    ['firing', 8],
    ['ok', 9],
    ['firing', 13],
    ['ok', 15],
  ])
  const { told } = play(ruleOf({ kind: 'failure_rate', quiet: '22-6' }), [at(21, bad), at(23, well), at(24, none), at(30, none)])
  expect(said(told)).toEqual([
    ['firing', 21],
    ['ok', 30],
  ])
})

test('what nobody may be told of for longer than its cooldown and a week, and of which no data comes, is forgotten', () => {
  const rule = ruleOf({ kind: 'script_worse' })
  const looks = [bad, ...Array.from({ length: 9 * 24 }, () => none)].map((reading, n) => ({ ...at(n, reading), isMuted: true }))
  expect(play(rule, looks.slice(0, 7 * 24)).states.has('s')).toBe(true)
  expect(play(rule, looks).states.has('s')).toBe(false)
})

const readings = constantFrom<Reading>(bad, well, none)
const looks = array(record({ reading: readings, after: integer({ min: 1, max: 4 * 60 }), isMuted: boolean() }), { maxLength: 60 })
const kinds = constantFrom('failure_rate', 'new_error', 'no_data', 'script_worse')
const cooldowns = constantFrom(0, 240)
const hours = constantFrom('22-6', '8-17', '0-23', '5-4')

test('whatever is read: nothing is told in quiet hours, nothing twice, and what stays is told once they are over', () => {
  assert(
    property(looks, kinds, hours, cooldowns, readings, (history, kind, quiet, cooldownMin, last) => {
      const rule = ruleOf({ kind, quiet, cooldownMin })
      let now = midnight
      const walked = history.map(({ reading, after, isMuted }) => {
        now += after * minute
        return { at: now, reading, isMuted }
      })
      const calm = Array.from({ length: 50 }, (_, n) => ({ at: now + (n + 1) * hour, reading: last }))
      const { told } = play(rule, [...walked, ...calm])
      expect(told.filter((one) => isQuietAt(quiet, one.at))).toEqual([])
      expect(new Set(told.map(({ id }) => id)).size).toBe(told.length)
      if (kind === 'new_error') return
      for (const [place, { phase }] of told.entries()) expect(phase).not.toBe(told[place - 1]?.phase ?? 'ok')
      // No data is no end: what was known last is what a human has heard of. A rule about missing data tells of nobody that it never saw.
      if (kind === 'no_data' && last === none) return
      const known = last === none ? walked.findLast(({ reading }) => reading !== none)?.reading : last
      expect(told.at(-1)?.phase ?? 'ok').toBe(known?.status === 'breach' ? 'firing' : 'ok')
    }),
  )
})

test('whatever is read: each new error that came while nobody muted it is told of by the end of its quiet hours', () => {
  assert(
    property(array(record({ isBad: boolean(), after: integer({ min: 1, max: 4 * 60 }) }), { maxLength: 40 }), hours, (history, quiet) => {
      const rule = ruleOf({ kind: 'new_error', quiet, cooldownMin: 0 })
      let now = midnight
      const walked = history.map(({ isBad, after }) => {
        now += after * minute
        return { at: now, reading: isBad ? bad : well }
      })
      const calm = Array.from({ length: 25 }, (_, n) => ({ at: now + (n + 1) * hour, reading: well }))
      const { told } = play(rule, [...walked, ...calm])
      for (const look of walked.filter(({ reading }) => reading === bad)) {
        const isToldAfter = told.some((one) => one.at >= look.at)
        const before = told.findLast((one) => one.at < look.at)
        const isSame = before !== undefined && walked.every((one) => one.reading === bad || one.at < before.at || one.at > look.at)
        expect(isToldAfter || isSame).toBe(true)
      }
      expect(told.length > 0).toBe(walked.some(({ reading }) => reading === bad))
    }),
  )
})
