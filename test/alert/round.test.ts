import { describe, expect, test } from 'bun:test'
import { spanOf } from '../../src/alert/figure.ts'
import { composeMessage, messageId, ruleTitle } from '../../src/alert/message.ts'
import type { Room } from '../../src/alert/room.ts'
import { type BySubject, playRound, type Round, subjectsMax } from '../../src/alert/round.ts'
import { makeRule, type NewRule, type Rule } from '../../src/alert/rule.ts'
import type { AlertState, Reading } from '../../src/alert/state.ts'

const minute = 60_000
const now = Date.UTC(2026, 2, 2, 12)

function ruleOf(wanted: NewRule, id = 'a'): Rule {
  const made = makeRule(wanted, id)
  if (!made.ok) throw new Error(made.fault)
  return made.value
}

const breach: Reading = { status: 'breach', value: 31.25, runs: 112 }
const rate = ruleOf({ kind: 'failure_rate', threshold: 20, source: 'ProxmoxVE' })
/** Nothing went out yet, and so many may. */
function roomOf(ofTenant: number, told: readonly (readonly [string, number])[] = []): Room {
  return { limits: { ofTenant, ofOthers: 2 * ofTenant }, told: new Map(told) }
}

const none: BySubject<AlertState> = new Map()

function play(rules: readonly Rule[], readings: BySubject<Reading>, more: Partial<Parameters<typeof playRound>[0]> = {}): Round {
  return playRound({ rules, states: none, readings, isMuted: () => false, now, gapMs: 45 * minute, room: roomOf(20), ...more })
}

/** The states after a round, as they are read back. */
function after(round: Round, before: BySubject<AlertState> = none): BySubject<AlertState> {
  const states = new Map([...before].map(([rule, subjects]) => [rule, new Map(subjects)] as const))
  for (const { rule, subject, state } of round.changes) {
    const ofRule = states.get(rule) ?? new Map<string, AlertState>()
    if (state === undefined) ofRule.delete(subject)
    else ofRule.set(subject, state)
    states.set(rule, ofRule)
  }
  return states
}

const bad = new Map([['a', new Map([['', breach]])]])
const good = new Map([['a', new Map([['', { status: 'ok', value: 3 } as const]])]])

describe('a round', () => {
  test('tells of a breach once and of its end once', () => {
    const first = play([rate], bad)
    expect(first.messages.map(({ phase, title }) => [phase, title])).toEqual([['firing', 'Alert: failure rate (ProxmoxVE), 31.3 %']])
    const states = after(first)
    expect(play([rate], bad, { states, now: now + minute }).messages).toEqual([])
    const last = play([rate], good, { states, now: now + 2 * minute })
    expect(last.messages.map(({ phase, title }) => [phase, title])).toEqual([['ok', 'Recovered: failure rate (ProxmoxVE)']])
    expect(last.messages[0]?.facts.map(({ text }) => text)).toEqual(['2026-03-02 12:02 UTC', '2026-03-02 12:00 UTC, 2 min before'])
    expect(play([rate], good, { states: after(last, states), now: now + 3 * minute }).messages).toEqual([])
  })

  test('leaves a rule alone that could not be looked at', () => {
    const states = after(play([rate], bad))
    expect(play([rate], new Map(), { states, now: now + minute })).toEqual({
      changes: [],
      messages: [],
      standing: [],
      held: 0,
      unfollowed: 0,
    })
  })

  test('says of a script what it is compared with, its own past or all others', () => {
    for (const text of ['90.0 % instead of 10.0 %', '90.0 % instead of 10.0 % of all others']) {
      const read = new Map([['a', new Map([['immich', { status: 'breach', value: 80, runs: 40, text } as const]])]])
      const [message] = play([ruleOf({ kind: 'script_worse' })], read).messages
      expect(message?.summary).toStartWith(`immich fails ${text} in the four weeks before, counted over 40 runs`)
    }
  })

  test('of a muted rule says nothing, and says so once it may speak again', () => {
    const quiet = play([rate], bad, { isMuted: () => true })
    expect(quiet.messages).toEqual([])
    expect(play([rate], bad, { states: after(quiet), now: now + minute }).messages).toHaveLength(1)
  })

  test('keeps to its room: alarms go first, and what waits is told later', () => {
    const rules = ['a', 'b', 'c'].map((id) => ruleOf({ kind: 'failure_rate', cooldownMin: 0 }, id))
    const [one, ...others] = rules
    const started = play(
      [one].flatMap((rule) => rule ?? []),
      bad,
    )
    const readings = new Map([
      ['a', new Map<string, Reading>([['', { status: 'ok' }]])],
      ...others.map(({ id }) => [id, new Map<string, Reading>([['', breach]])] as const),
    ])
    const tight = play(rules, readings, { states: after(started), now: now + minute, room: roomOf(2) })
    expect([tight.messages.map(({ rule, phase }) => `${rule} ${phase}`), tight.held]).toEqual([['b firing', 'c firing'], 1])
    const later = play(rules, readings, { states: after(tight, after(started)), now: now + 2 * minute, room: roomOf(2) })
    expect([later.messages.map(({ rule, phase }) => `${rule} ${phase}`), later.held]).toEqual([['a ok'], 0])
  })

  test('tells of what waited for room, though it is not seen any more or no data came since', () => {
    const [error, share] = [ruleOf({ kind: 'new_error' }, 'error'), ruleOf({ kind: 'failure_rate' }, 'share')]
    const readings = (reading: Reading, subject: string) => new Map([[subject, reading]])
    const full = play(
      [error, share],
      new Map([
        ['error', readings(breach, 'f')],
        ['share', readings(breach, '')],
      ]),
      { room: roomOf(0) },
    )
    expect(full.held).toBe(2)
    const later = play(
      [error, share],
      new Map([
        ['error', new Map()],
        ['share', readings({ status: 'no_data' }, '')],
      ]),
      {
        states: after(full),
        now: now + 30 * minute,
      },
    )
    expect(later.messages.map(({ rule, phase, value }) => [rule, phase, value])).toEqual([
      ['error', 'firing', 31.25],
      ['share', 'firing', 31.25],
    ])
  })

  test('gives each tenant its own room, all others together no more than theirs, and tenants their turns', () => {
    const tenants = ['default', 'one', 'two', 'three']
    const rules = tenants.flatMap((tenant) =>
      [1, 2, 3].map((n) => ruleOf({ kind: 'failure_rate', tenant, cooldownMin: 0 }, `${tenant}-${n}`)),
    )
    const readings = new Map(rules.map(({ id }) => [id, new Map([['', breach]])]))
    const told = (room: Room) => {
      const { messages, held } = play(rules, readings, { room })
      return [messages.map(({ rule }) => rule).toSorted(), held]
    }
    expect(told(roomOf(2))).toEqual([['default-1', 'default-2', 'one-1', 'one-2', 'three-1', 'two-1'], 6])
    expect(told(roomOf(2, [['one', 2]]))).toEqual([['default-1', 'default-2', 'three-1', 'two-1'], 8])
    expect(told(roomOf(2, [['gone', 9]]))).toEqual([['default-1', 'default-2'], 10])
  })

  test('follows each script for itself, forgets who is well, and bounds how many it follows', () => {
    const rule = ruleOf({ kind: 'script_worse', cooldownMin: 0 })
    const many = Array.from({ length: subjectsMax + 5 }, (_, n) => [`s${n}`, breach] as const)
    const first = play([rule], new Map([['a', new Map<string, Reading>([['fine', { status: 'ok' }], ...many])]]), { room: roomOf(1_000) })
    expect([first.messages.length, first.unfollowed]).toEqual([subjectsMax, 5])
    expect(first.changes.some(({ subject }) => subject === 'fine')).toBe(false)
    const well = new Map(many.map(([subject]) => [subject, { status: 'ok' } as const]))
    const second = play([rule], new Map([['a', well]]), { states: after(first), now: now + minute, room: roomOf(1_000) })
    expect(new Set(second.messages.map(({ phase }) => phase))).toEqual(new Set(['ok']))
    expect([...(after(second, after(first)).get('a')?.keys() ?? [])]).toEqual([''])
  })
})

test('a script that nobody runs is not mended by that: its end is told once it is known, or never', () => {
  const rule = ruleOf({ kind: 'script_worse', cooldownMin: 0 })
  const looks = (...readings: readonly (Reading | undefined)[]) => {
    let states: BySubject<AlertState> = none
    const told = readings.flatMap((reading, n) => {
      const read = new Map([['a', new Map(reading === undefined ? [] : [['immich', reading]])]])
      const round = play([rule], read, { states, now: now + n * 24 * 60 * minute })
      states = after(round, states)
      return round.messages.map(({ phase }) => phase)
    })
    return { told, isKept: states.get('a')?.has('immich') }
  }
  expect(looks(breach, undefined, undefined, breach)).toEqual({ told: ['firing'], isKept: true })
  expect(looks(breach, undefined, { status: 'ok' })).toEqual({ told: ['firing', 'ok'], isKept: false })
  expect(looks(breach, ...Array.from({ length: 9 }, () => undefined), breach)).toEqual({ told: ['firing', 'firing'], isKept: true })
})

describe('a message', () => {
  test('has one id for one rule, subject, phase and period, and another for any other', () => {
    const ids = [
      messageId('a', '', 'firing', 1),
      messageId('a', '', 'firing', 2),
      messageId('a', '', 'ok', 1),
      messageId('a', 'x', 'firing', 1),
    ]
    expect(new Set([...ids, messageId('b', '', 'firing', 1), messageId('a1', '', 'firing', 1)]).size).toBe(6)
    expect(messageId('a', '', 'firing', 1)).toBe(ids[0] ?? '')
  })

  test('says what, how much, since when, where it is seen and what to do', () => {
    const message = composeMessage({ rule: rate, subject: '', phase: 'firing', since: now - minute, reading: breach, at: now })
    expect(message.summary).toBe('35 of 112 runs that ended in the last 24 hours failed: 31.3 %. The limit is 20 %.')
    expect(message.facts).toEqual([{ name: 'Since', text: '2026-03-02 11:59 UTC' }])
    expect(message.links.map(({ path }) => path)).toEqual([
      '/records?from=2026-03-01&to=2026-03-02&source=ProxmoxVE&status=failed',
      '/error-analysis?from=2026-03-01&to=2026-03-02&source=ProxmoxVE',
      '/alerts/a',
    ])
    expect(message.advice).toStartWith('Open the failed runs.')
    expect(message).toMatchObject({ rule: 'a', kind: 'failure_rate', phase: 'firing', at: now, value: 31.25 })
  })

  test('names a tenant that does not run the service', () => {
    const rule = ruleOf({ kind: 'failure_rate', tenant: 'one' })
    const { facts } = composeMessage({ rule, subject: '', phase: 'firing', since: now, reading: breach, at: now })
    expect(facts).toContainEqual({ name: 'Tenant', text: 'one' })
  })

  test('names the script of its rule or its subject', () => {
    expect(ruleTitle(ruleOf({ kind: 'script_worse' }), 'immich')).toBe('a script fails more than usual (immich)')
    expect(ruleTitle(ruleOf({ kind: 'failure_rate', script: 'immich' }))).toBe('failure rate (immich)')
    expect([spanOf(90), spanOf(120), spanOf(1_440), spanOf(2_880)]).toEqual(['90 minutes', '2 hours', '24 hours', '2 days'])
  })
})
