import { describe, expect, test } from 'bun:test'
import { type Past, pastDays } from '../../../src/alert/past.ts'
import { makeRule } from '../../../src/alert/rule.ts'
import { dayOf } from '../../../src/base/clock.ts'
import { sayPreview, viewPast } from '../../../src/http/page/alert-past.ts'
import { Past as PastCard } from '../../../src/page/alert/past.tsx'

const noon = Date.UTC(2026, 2, 2, 12)
const day = 86_400_000

function ruleOf(kind: string) {
  const made = makeRule({ kind, windowMin: 15 }, 'a')
  if (!made.ok) throw new Error(made.fault)
  return made.value
}

/** A past of which every step was well. */
const calm: Past = {
  days: Array.from({ length: pastDays }, (_, index) => ({ day: dayOf(noon) - pastDays + 1 + index, value: 2 })),
  since: noon - 40 * day,
  stepMs: 900_000,
  firedAt: [],
}
const unknown: Past = { days: calm.days.map(({ day: of }) => ({ day: of })), stepMs: calm.stepMs, firedAt: [] }
const told = [
  { at: noon - 3 * day, value: 41.27 },
  { at: noon - 3 * day - 3_600_000, value: 38 },
  { at: noon - 35 * day, value: 99 },
]

describe('an alarm that was told', () => {
  test('stands in the chart with its figure, its day and its minute, though no step of what is counted shows it', async () => {
    const view = await viewPast(ruleOf('failure_rate'), Promise.resolve(calm), told)
    if ('why' in view) throw new Error(view.why)
    const marked = view.days.filter((one) => one.told.length > 0)
    expect(marked).toEqual([{ name: '2026-02-27', label: 'Feb 27', value: 41.3, text: '41.3 %', told: ['11:00', '12:00'] }])
    expect(view.note).toContain('By what it says now the rule would not have fired in 30 days.')
    expect(view.note).toContain('It told 2 alarms in these 30 days: 2026-02-27 11:00 UTC, 2026-02-27 12:00 UTC.')
    const html = PastCard({ past: view })
    expect(html).toContain('a dot on each of 1 days on which an alarm was told')
    expect(html).toContain('<td>11:00, 12:00</td>')
  })

  test('draws the worse of two figures where the lower one is', async () => {
    const view = await viewPast(ruleOf('no_data'), Promise.resolve(calm), [{ at: noon, value: 0 }, { at: noon - day }])
    if ('why' in view) throw new Error(view.why)
    expect(view.days.slice(-2).map(({ value }) => value)).toEqual([2, 0])
  })

  test('is shown of a past that nothing else is known of', async () => {
    expect(await viewPast(ruleOf('failure_rate'), Promise.resolve(unknown), [])).toEqual({ why: 'There is no run yet, and so no past.' })
    const view = await viewPast(ruleOf('failure_rate'), Promise.resolve(unknown), told)
    if ('why' in view) throw new Error(view.why)
    expect(view.days.filter((one) => one.told.length > 0)).toHaveLength(1)
  })

  test('stands in a preview, which says in which steps it counted', async () => {
    const said = await sayPreview(ruleOf('failure_rate'), Promise.resolve(calm), { who: 'Rules of this kind', alarms: told })
    expect(said).toBe(
      'It would not have fired in 30 days. Counted in steps of 15 minutes, so that what was over within one may be missing, by what is known of the runs today. Rules of this kind told 2 alarms in these 30 days: 2026-02-27 11:00 UTC, 2026-02-27 12:00 UTC. Nothing is stored.',
    )
    const many = Array.from({ length: 23 }, (_, n) => ({ at: noon - n * 60_000 }))
    expect(await sayPreview(ruleOf('failure_rate'), Promise.resolve(calm), { who: 'It', alarms: many })).toContain(' and 3 more.')
  })
})
