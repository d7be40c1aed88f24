import { type Static, Type } from '@sinclair/typebox'

/** The answers of `/api/v1`, as schemas: types, the OpenAPI document and the tests' checks are made of them. */

const number = (description: string) => Type.Integer({ minimum: 0, description })
const day = (description: string) => Type.String({ format: 'date', description })

export const CountsView = Type.Object(
  {
    runs: number('All of them.'),
    installing: number('Began and did not end.'),
    validation: number('Validated and did not end.'),
    configuring: number('Configured and did not end.'),
    success: number('Succeeded.'),
    failed: number('Failed.'),
    aborted: number('Were ended by their user.'),
    unknown: number('Ended without a known outcome, or were given up.'),
  },
  { description: 'Runs by the status they read as.' },
)
export type CountsView = Static<typeof CountsView>

export const RateView = Type.Object(
  {
    share: Type.Number({ minimum: 0, maximum: 1, description: 'Successes among the runs that succeeded or failed; 0 without any.' }),
    runs: number('How many succeeded or failed. Below 20 the share says little.'),
  },
  { description: 'The success rate, by one formula everywhere.' },
)

export const DurationsView = Type.Object(
  {
    runs: number('Successful runs that said how long they took.'),
    mean: Type.Number({ minimum: 0 }),
    p50: Type.Number({ minimum: 0, description: 'Nearest rank, within 2 %.' }),
    p95: Type.Number({ minimum: 0, description: 'Nearest rank, within 2 %.' }),
  },
  { description: 'Seconds.' },
)

const sum = { counts: CountsView, success_rate: RateView, durations: Type.Optional(DurationsView) }

export const SumView = Type.Object(sum)
export type SumView = Static<typeof SumView>

export const GroupView = Type.Object({
  value: Type.String({ description: '`unknown` where runs named none; `other` counts names with too few runs to be shown to everybody.' }),
  ...sum,
  previous: Type.Optional(Type.Object({ counts: CountsView, success_rate: RateView })),
  last_day: day('The newest day with a run.'),
  trend: Type.Optional(Type.Array(Type.Integer({ minimum: 0 }), { description: 'Runs a day, oldest first.' })),
})
export type GroupView = Static<typeof GroupView>

export const BreakdownView = Type.Object({
  groups: Type.Array(GroupView),
  distinct: number('How many values there are.'),
  rest: Type.Composite([CountsView], { description: 'Runs of the values that are not listed.' }),
  folded: Type.Composite([CountsView], { description: 'Runs of values that a day did not keep apart.' }),
})
export type BreakdownView = Static<typeof BreakdownView>

export const BucketView = Type.Object({
  start: Type.String({ format: 'date-time' }),
  ...sum,
  medians: Type.Object({
    cores: Type.Optional(Type.Number()),
    ram: Type.Optional(Type.Number({ description: 'MB' })),
    disk: Type.Optional(Type.Number({ description: 'GB' })),
  }),
})

export const DaysView = Type.Object({ from: day('The first day (UTC).'), to: day('The last day (UTC).') })

/** What every aggregate says first: what it counts. */
const head = {
  range: Type.Optional(DaysView),
  previous_range: Type.Optional(DaysView),
  filter: Type.Record(Type.String(), Type.String(), { description: 'The filters that were applied.' }),
  outside: Type.Optional(
    Type.Literal(true, { description: 'Some runs are dated before the year 2000 or after today, and are not counted.' }),
  ),
  partial: Type.Optional(
    Type.Literal(true, {
      description:
        'Runs of some day have expired, and the sums that were kept of it do not know all the filters: only what is left is counted.',
    }),
  ),
  previous_partial: Type.Optional(Type.Literal(true, { description: 'The same of what is compared with.' })),
}
const next = Type.Optional(Type.String({ description: 'What `after` takes for the following page; absent on the last.' }))

const whole = {
  total: SumView,
  previous: Type.Optional(SumView),
  grain: Type.Union(['hour', 'day', 'week', 'month'].map((grain) => Type.Literal(grain))),
  series: Type.Array(BucketView),
  by: Type.Record(Type.String(), BreakdownView, { description: 'By dimension, the values with the most runs first.' }),
}

export const OverviewAnswer = Type.Object({ ...head, ...whole })
export type OverviewAnswer = Static<typeof OverviewAnswer>

export const ScriptsAnswer = Type.Object({
  ...head,
  total: SumView,
  distinct: number('How many scripts there are.'),
  scripts: Type.Array(GroupView),
  next,
})
export type ScriptsAnswer = Static<typeof ScriptsAnswer>

export const ScriptAnswer = Type.Object({ name: Type.String(), ...head, ...whole })
export type ScriptAnswer = Static<typeof ScriptAnswer>

const errorFacts = {
  fingerprint: Type.String(),
  title: Type.String({ description: 'The cloaked text; `<path>` and the like stand for what differs from run to run.' }),
  category: Type.String(),
  exit_codes: Type.Array(Type.Integer()),
  first_day: Type.Optional(day('The first day it was seen.')),
}

export const ErrorGroupView = Type.Composite([Type.Object(errorFacts), GroupView])
export type ErrorGroupView = Static<typeof ErrorGroupView>

export const ErrorsAnswer = Type.Object({
  ...head,
  distinct: number('How many groups there are.'),
  errors: Type.Array(ErrorGroupView),
  next,
})
export type ErrorsAnswer = Static<typeof ErrorsAnswer>

export const ErasureAnswer = Type.Object({ accepted: Type.Literal(true, { description: 'Whether there is anything or not.' }) })
export type ErasureAnswer = Static<typeof ErasureAnswer>

export const ErrorAnswer = Type.Object({ ...errorFacts, ...head, ...whole })
export type ErrorAnswer = Static<typeof ErrorAnswer>
