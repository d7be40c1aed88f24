import fc from 'fast-check'
import type { TelemetryEvent } from '../../src/event/entry.ts'
import { type InstallEvent, installFields } from '../../src/event/install.ts'
import { join, lift } from '../../src/event/merge.ts'
import { withoutTrace } from '../../src/event/outcome.ts'
import type { RunState } from '../../src/event/run.ts'

/** A report with its time. */
export type TimedEvent = { readonly event: TelemetryEvent; readonly at: number }

/** Few values each, so that ties and near ties are common; empty ones among them, and characters that UTF-8 and UTF-16 order differently. */
const text = fc.constantFrom('', 'unknown', 'a', 'b', 'ab', 'é', '\uff5e', '\u{1f4a5}', 'Z')
const exitCode = fc.constantFrom(0, 1, 7, 100, 127, 130, 143, 250, 254)
const duration = fc.constantFrom(0, 1, 9, 60)
const code = fc.constantFrom('a:b', 'b:c', 'c:d', 'disk_size:unit')

const install: fc.Arbitrary<InstallEvent> = fc
  .record(Object.fromEntries([...installFields.map((field) => [field.name, arbitraryFor(field)] as const), ['trace', text] as const]), {
    requiredKeys: ['type', 'nsapp', 'status', 'executionId'],
  })
  .map((values) => values as unknown as InstallEvent)

export const timedEvent: fc.Arbitrary<TimedEvent> = fc.record({
  event: fc.record({ kind: fc.constant('install' as const), install, repairs: fc.uniqueArray(code), rules: fc.uniqueArray(code) }),
  at: fc.integer({ min: 0, max: 50 }),
})

/** The reports of one run, at least one. */
export const history: fc.Arbitrary<readonly TimedEvent[]> = fc.array(timedEvent, { minLength: 1, maxLength: 8 })

/** A state that a history led to, sometimes given up by the timer, sometimes with its trace removed or cloaked anew. */
export const runState: fc.Arbitrary<RunState> = fc
  .record({
    events: history,
    stuckAt: fc.option(fc.integer({ min: 0, max: 99 }), { nil: undefined, freq: 3 }),
    fate: fc.constantFrom('kept', 'kept', 'removed', 'cloaked'),
  })
  .map(({ events, stuckAt, fate }) => {
    const { outcome, ...state } = merge(events)
    const changed =
      outcome?.trace === undefined || fate === 'kept' ? outcome : fate === 'removed' ? withoutTrace(outcome) : { ...outcome, trace: '*' }
    return { ...state, ...(changed && { outcome: changed }), ...(stuckAt !== undefined && { stuckAt }) }
  })

/** The run that reports give one after the other. */
export function merge(events: readonly TimedEvent[]): RunState {
  return events.map(({ event, at }) => lift(event, at)).reduce(join)
}

function arbitraryFor(field: (typeof installFields)[number]): fc.Arbitrary<unknown> {
  if (field.name === 'exitCode') return exitCode
  if (field.name === 'installDuration') return duration
  if (field.kind === 'text') return text
  if (field.kind === 'flag') return fc.boolean()
  return field.kind === 'count' ? fc.integer({ min: 0, max: 2 }) : fc.constantFrom(...field.values)
}
