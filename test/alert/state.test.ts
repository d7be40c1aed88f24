import { describe, expect, test } from 'bun:test'
import { array, assert, boolean, constantFrom, integer, property, record } from 'fast-check'
import {
  type AlertState,
  advance,
  dueMessage,
  freshState,
  isIdle,
  markTold,
  type Pace,
  type Phase,
  type Reading,
  shownPhase,
} from '../../src/alert/state.ts'

const minute = 60_000
const pace: Pace = { holdMs: 10 * minute, cooldownMs: 60 * minute, gapMs: 15 * minute, tellsRecovery: true, tellsNoData: true }

type Look = { readonly status: Reading['status']; readonly after: number; readonly isHeld: boolean }
type Told = { readonly phase: Phase; readonly at: number; readonly since: number }

/** Walks through the looks as a service does that is stopped and started between any two of them: the state goes through its stored form each time. */
function walk(
  looks: readonly Look[],
  by: Pace,
  start = 0,
): { readonly told: readonly Told[]; readonly state: AlertState; readonly now: number } {
  let now = start
  let state = freshState(now)
  const told: Told[] = []
  for (const { status, after, isHeld } of looks) {
    now += after
    state = advance(JSON.parse(JSON.stringify(state)) as AlertState, { status }, now, by)
    const phase = isHeld ? undefined : dueMessage(state, now, by)
    if (phase === undefined) continue
    told.push({ phase, at: now, since: state.since })
    state = markTold(state, now)
  }
  return { told, state, now }
}

const status = constantFrom('ok', 'breach', 'no_data')
const looks = array(record({ status, after: integer({ min: 0, max: 30 * minute }), isHeld: boolean() }), { maxLength: 60 })
const paces = record({
  holdMs: constantFrom(0, 10 * minute),
  cooldownMs: constantFrom(0, 60 * minute),
  gapMs: constantFrom(15 * minute, 40 * minute),
  tellsRecovery: boolean(),
  tellsNoData: boolean(),
})

/** Looks long enough that every hold and cooldown is over. */
function calm(status: Reading['status']): readonly Look[] {
  return Array.from({ length: 30 }, () => ({ status, after: 5 * minute, isHeld: false }))
}

describe('whatever is read, held back and restarted', () => {
  test('nothing is told twice: no two messages in a row say the same, and no period is told of twice', () => {
    assert(
      property(looks, paces, (history, by) => {
        const { told } = walk(history, { ...by, tellsRecovery: true })
        for (const [place, { phase }] of told.entries()) expect(phase).not.toBe(told[place - 1]?.phase ?? 'ok')
        expect(new Set(told.map(({ since }) => since)).size).toBe(told.length)
      }),
    )
  })

  test('nothing is lost: once readings stay, a human has heard of them', () => {
    assert(
      property(looks, paces, status, (history, by, last) => {
        const { state } = walk([...history, ...calm(last)], by)
        const wanted = last === 'breach' ? 'firing' : last
        expect(state.phase).toBe(wanted)
        if (wanted !== 'no_data' || by.tellsNoData) expect(state.told).toBe(wanted)
        expect(state.candidate).toBeUndefined()
      }),
    )
  })

  test('alarms of one kind keep their distance', () => {
    assert(
      property(looks, paces, (history, by) => {
        const { told } = walk(history, by)
        for (const phase of ['firing', 'no_data'] as const) {
          const times = told.filter((one) => one.phase === phase).map(({ at }) => at)
          for (const [place, at] of times.slice(1).entries()) expect(at - (times[place] ?? 0)).toBeGreaterThanOrEqual(by.cooldownMs)
        }
      }),
    )
  })

  test('an alarm is told only after its readings lasted, without a gap', () => {
    assert(
      property(looks, paces, (history, by) => {
        const { told } = walk(history, by)
        for (const { phase, since } of told) {
          if (phase === 'ok') continue
          const wanted = phase === 'firing' ? 'breach' : phase
          const times = history.map((_, place) => history.slice(0, place + 1).reduce((sum, { after }) => sum + after, 0))
          const read = history.map((look, place) => ({ ...look, at: times[place] ?? 0 }))
          const lasting = read.filter(({ at }) => at > since - by.holdMs && at <= since)
          if (by.holdMs > 0) expect(lasting.every((look) => look.status === wanted)).toBe(true)
        }
      }),
    )
  })

  test('a clock that jumps back neither silences nor repeats', () => {
    assert(
      property(looks, looks, integer({ min: 1, max: 1_000 * minute }), (before, after, jump) => {
        const first = walk(before, pace, 2_000 * minute)
        let now = first.now - jump
        let state = first.state
        const told: Phase[] = first.told.map(({ phase }) => phase)
        for (const { status: read, after: ms } of [...after, ...calm('breach')]) {
          now += ms
          state = advance(state, { status: read }, now, pace)
          const phase = dueMessage(state, now, pace)
          if (phase === undefined) continue
          told.push(phase)
          state = markTold(state, now)
        }
        for (const [place, phase] of told.entries()) expect(phase).not.toBe(told[place - 1] ?? 'ok')
        expect(told.at(-1)).toBe('firing')
      }),
    )
  })
})

describe('a breach', () => {
  const breach = { status: 'breach', value: 30 } as const

  test('is pending until it lasted, then fires once, and its end is told at once', () => {
    const pending = advance(freshState(0), breach, minute, pace)
    expect([shownPhase(pending, false), dueMessage(pending, minute, pace)]).toEqual(['pending', undefined])
    const firing = advance(pending, breach, 11 * minute, pace)
    expect([shownPhase(firing, false), dueMessage(firing, 11 * minute, pace), firing.value]).toEqual(['firing', 'firing', 30])
    const told = markTold(firing, 11 * minute)
    expect(dueMessage(advance(told, breach, 12 * minute, pace), 12 * minute, pace)).toBeUndefined()
    expect(dueMessage(advance(told, { status: 'ok' }, 13 * minute, pace), 13 * minute, pace)).toBe('ok')
  })

  test('of which no human hears counts at once', () => {
    const off = { status: 'no_data', text: 'nothing to watch' } as const
    const quiet = { ...pace, tellsNoData: false }
    expect(advance(freshState(0), off, minute, quiet)).toMatchObject({ phase: 'no_data', reason: 'nothing to watch' })
    expect(advance(freshState(0), off, minute, pace)).toMatchObject({ phase: 'ok', candidate: { phase: 'no_data' } })
  })

  test('that was not looked at for long begins anew: nobody knows that it lasted', () => {
    const pending = advance(freshState(0), breach, minute, pace)
    expect(shownPhase(advance(pending, breach, 60 * minute, pace), false)).toBe('pending')
  })

  test('that is over before it was told is not told at all', () => {
    const firing = advance(advance(freshState(0), breach, minute, pace), breach, 11 * minute, pace)
    const ok = advance(firing, { status: 'ok' }, 12 * minute, pace)
    expect(dueMessage(ok, 12 * minute, pace)).toBeUndefined()
  })

  test('whose end nobody wants to hear of ends in silence', () => {
    const quiet = { ...pace, holdMs: 0, tellsRecovery: false }
    const told = markTold(advance(freshState(0), breach, minute, quiet), minute)
    const ended = advance(told, { status: 'ok' }, 2 * minute, quiet)
    expect([dueMessage(ended, 2 * minute, quiet), ended.told]).toEqual([undefined, 'ok'])
    expect([isIdle(ended, 2 * minute, quiet), isIdle(ended, 61 * minute, quiet)]).toEqual([false, true])
  })
})

test('a muted rule shows as muted, and one that nobody has looked at yet has no data', () => {
  expect([shownPhase(freshState(0), true), shownPhase(undefined, false)]).toEqual(['muted', 'no_data'])
})
