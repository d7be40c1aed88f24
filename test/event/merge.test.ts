import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { join, lift, setSizeMax } from '../../src/event/merge.ts'
import { withoutTrace } from '../../src/event/outcome.ts'
import type { RunState } from '../../src/event/run.ts'
import { encodeState } from '../../src/event/run-record.ts'
import { history, merge, runState, type TimedEvent, timedEvent } from './run-arbitrary.ts'

describe('join of states', () => {
  test('is commutative', () => {
    fc.assert(fc.property(runState, runState, (a, b) => expect(join(a, b)).toStrictEqual(join(b, a))))
  })

  test('is associative', () => {
    fc.assert(fc.property(runState, runState, runState, (a, b, c) => expect(join(join(a, b), c)).toStrictEqual(join(a, join(b, c)))))
  })

  test('is idempotent, and absorbs what it already holds', () => {
    fc.assert(
      fc.property(runState, runState, (a, b) => {
        expect(join(a, structuredClone(a))).toBe(a)
        const both = join(a, b)
        expect(join(both, structuredClone(b))).toBe(both)
      }),
    )
  })

  test('changes neither of its arguments', () => {
    fc.assert(
      fc.property(runState, runState, (a, b) => {
        const before = structuredClone([a, b])
        join(a, b)
        expect([a, b]).toStrictEqual(before)
      }),
    )
  })

  test('gives one text however the same run came about', () => {
    fc.assert(fc.property(runState, runState, (a, b) => expect(encodeState(join(a, b))).toBe(encodeState(join(b, a)))))
  })
})

describe('a history', () => {
  test('gives the same run shuffled, in whatever tree of batches, with reports repeated', () => {
    const plan = history.chain((events) =>
      fc.record({
        events: fc.constant(events),
        shuffled: fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
        cuts: fc.array(fc.nat(events.length * 2), { maxLength: 4 }),
      }),
    )
    fc.assert(
      fc.property(plan, ({ events, shuffled, cuts }) => {
        expect(joinTree(shuffled.map(({ event, at }) => lift(event, at)))).toStrictEqual(merge(events))
        expect(split(shuffled, cuts).map(merge).reduce(join)).toStrictEqual(merge(events))
      }),
    )
  })

  test('delivered again at other times changes only the times of its stages', () => {
    fc.assert(
      fc.property(history, fc.array(fc.tuple(fc.nat(), fc.nat(500))), (events, repeats) => {
        const again = repeats.flatMap(([index, at]) => {
          const repeated = events[index % events.length]
          return repeated === undefined ? [] : [{ ...repeated, at }]
        })
        const once = merge(events)
        const more = merge([...events, ...again])
        expect({ ...more, stages: {} }).toStrictEqual({ ...once, stages: {} })
        expect(Object.keys(more.stages).sort()).toStrictEqual(Object.keys(once.stages).sort())
      }),
    )
  })

  test('keeps the first and the last time of each stage', () => {
    fc.assert(
      fc.property(history, (events) => {
        const times = events.map(({ at }) => at)
        const all = Object.values(merge(events).stages)
        expect(Math.min(...all.map(({ first }) => first))).toBe(Math.min(...times))
        expect(Math.max(...all.map(({ last }) => last))).toBe(Math.max(...times))
      }),
    )
  })
})

describe('a removed trace', () => {
  test('changes no winner of any later join', () => {
    fc.assert(
      fc.property(runState, runState, (a, b) => {
        expect(dropTrace(join(dropTrace(a), b))).toStrictEqual(dropTrace(join(a, b)))
        expect(dropTrace(join(a, dropTrace(b)))).toStrictEqual(dropTrace(join(a, b)))
      }),
    )
  })

  test('of the same length as another still decides between the two', () => {
    const failure = fc
      .record({
        trace: fc.constantFrom('aa', 'bb', 'cc', 'dd'),
        errorCategory: fc.constantFrom('apt', 'network'),
        installDuration: fc.nat(2),
      })
      .map((given) => ({ kind: 'install', install: { type: 'lxc', nsapp: 'alpine', status: 'failed', exitCode: 100, ...given } }) as const)
      .map((event) => lift({ ...event, repairs: [], rules: [] }, 1))
    fc.assert(
      fc.property(failure, failure, failure, (a, b, c) => {
        expect(dropTrace(join(dropTrace(a), b))).toStrictEqual(dropTrace(join(a, b)))
        expect(join(join(dropTrace(a), b), c)).toStrictEqual(join(dropTrace(a), join(b, c)))
      }),
    )
  })

  test('comes back where the same report is delivered again', () => {
    fc.assert(fc.property(runState, (a) => expect(join(dropTrace(a), a)).toStrictEqual(a)))
  })

  test('of a changed text keeps the stamp of the text that was reported', () => {
    const report = { kind: 'install', repairs: [], rules: [] } as const
    const install = { type: 'lxc', nsapp: 'alpine', status: 'failed', exitCode: 100 } as const
    const long = lift({ ...report, install: { ...install, trace: 'connect 10.0.0.1 refused' } }, 1)
    const short = lift({ ...report, install: { ...install, trace: 'short' } }, 2)
    const cloakedAnew = { ...long, ...(long.outcome && { outcome: { ...long.outcome, trace: '*' } }) }
    expect(join(cloakedAnew, short).outcome?.trace).toBe('*')
    expect(join(short, cloakedAnew).outcome?.trace).toBe('*')
  })
})

describe('the sets of repairs and rules', () => {
  const manyCodes = fc.uniqueArray(
    fc.nat(setSizeMax * 3).map((number) => `field:${number}`),
    { maxLength: setSizeMax * 2 },
  )

  test('keep the smallest by bytes, whatever the grouping', () => {
    fc.assert(
      fc.property(timedEvent, fc.tuple(manyCodes, manyCodes, manyCodes), ({ event, at }, codes) => {
        const [a, b, c] = codes.map((repairs) => lift({ ...event, repairs, rules: repairs }, at)) as [RunState, RunState, RunState]
        const joined = join(join(a, b), c)
        expect(join(a, join(b, c))).toStrictEqual(joined)
        expect(join(c, join(b, a))).toStrictEqual(joined)
        expect(joined.repairs).toStrictEqual([...new Set(codes.flat())].sort().slice(0, setSizeMax))
        expect(joined.rules).toStrictEqual(joined.repairs)
      }),
    )
  })
})

/** Joins neighbours, then the results, as a reduction in parallel would. */
function joinTree(states: readonly RunState[]): RunState | undefined {
  if (states.length < 2) return states[0]
  const middle = states.length >> 1
  const left = joinTree(states.slice(0, middle))
  const right = joinTree(states.slice(middle))
  return left && right && join(left, right)
}

function split(events: readonly TimedEvent[], cuts: readonly number[]): readonly (readonly TimedEvent[])[] {
  const places = [0, ...cuts.toSorted((a, b) => a - b), events.length]
  return places.slice(1).flatMap((end, index) => (end > (places[index] ?? 0) ? [events.slice(places[index], end)] : []))
}

function dropTrace(state: RunState): RunState {
  return state.outcome === undefined ? state : { ...state, outcome: withoutTrace(state.outcome) }
}
