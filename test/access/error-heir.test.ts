import { describe, expect, test } from 'bun:test'
import { openAlertMessageBook } from '../../src/access/alert-message-book.ts'
import { openAlertRuleBook } from '../../src/access/alert-rule-book.ts'
import { type ErrorHeir, openErrorHeirs } from '../../src/access/error-heir.ts'
import { openErrorIssues } from '../../src/access/error-issue.ts'
import { openErrorStates } from '../../src/access/error-state.ts'
import { openPlace } from './place.ts'

const tenant = 'default'
const actor = 'user:a'

/** The fingerprint number `n`. */
function group(n: number): string {
  return n.toString(16).padStart(16, '0')
}

function went(from: number, to: number, more: Partial<ErrorHeir> = {}): ErrorHeir {
  return { version: 2, tenant, fingerprint: group(from), heir: group(to), runs: 1, ...more }
}

function open() {
  const place = openPlace()
  const { database, clock } = place
  return {
    place,
    heirs: openErrorHeirs(database, { clock }),
    states: openErrorStates(database, { clock }),
    issues: openErrorIssues(database, { clock, secret: new Uint8Array(32) }),
    rules: openAlertRuleBook(database, { clock }),
    messages: openAlertMessageBook(database),
    [Symbol.dispose]: () => place[Symbol.dispose](),
  }
}

describe('what was said of a group of errors goes with its runs', () => {
  test('a mute to all groups that only have runs of muted ones, with who said so and why', () => {
    using here = open()
    here.states.mute({ tenant, fingerprint: group(1), note: 'known' }, actor)
    here.states.mute({ tenant, fingerprint: group(2) }, actor)
    const moved = [went(1, 1), went(1, 11), went(1, 12), went(2, 12), went(1, 13), went(3, 13), went(2, 14, { tenant: 'other' })]
    expect(here.heirs.inherit(moved, 2)).toEqual({ muted: 2, open: 1, issues: 0, alerts: 0 })
    const muted = here.states.muted(tenant)
    expect(muted.map(({ fingerprint }) => fingerprint).toSorted()).toEqual([1, 2, 11, 12].map(group))
    expect(here.states.find(tenant, [group(11)]).get(group(11))).toMatchObject({ state: 'muted', actor, note: 'known' })
    expect(here.states.muted('other')).toEqual([])
    const noted = here.place.audit.list(2)
    expect(noted.map(({ act, subject }) => `${act} ${subject}`).toSorted()).toEqual([11, 12].map((n) => `error_mute ${tenant}/${group(n)}`))
  })

  test('an issue to the group that one became as a whole, what was told as a new error to all', () => {
    using here = open()
    for (const n of [1, 2]) here.issues.keep({ tenant, fingerprint: group(n) }, `https://github.com/o/r/issues/${n}`, actor)
    here.rules.put({ id: 'new', tenant, body: '{}' }, { actor, limits: { ofTenant: 9, ofOthers: 9 } })
    here.messages.record({ states: [{ rule: 'new', subject: group(1), body: '{"told":"firing"}' }], messages: [], channels: [] })
    expect(here.heirs.inherit([went(1, 11), went(1, 12), went(2, 13)], 2)).toMatchObject({ issues: 1, alerts: 2 })
    expect(here.issues.find({ tenant, fingerprint: group(13) })?.url).toEndWith('/2')
    expect(here.issues.find({ tenant, fingerprint: group(11) })).toBeUndefined()
    const told = here.messages.states().map(({ subject, body }) => `${subject} ${body}`)
    expect(told.toSorted()).toEqual([1, 11, 12].map((n) => `${group(n)} {"told":"firing"}`))
  })

  test('once: what somebody opens afterwards stays open, and a group muted later keeps it to itself', () => {
    using here = open()
    here.states.mute({ tenant, fingerprint: group(1) }, actor)
    expect(here.heirs.version()).toBe(0)
    here.heirs.inherit([went(1, 11)], 2)
    expect(here.heirs.version()).toBe(2)
    here.states.unmute(tenant, group(11), actor)
    here.states.mute({ tenant, fingerprint: group(3) }, actor)
    expect(here.heirs.inherit([went(1, 11), went(3, 13)], 2)).toEqual({ muted: 0, open: 0, issues: 0, alerts: 0 })
    expect(here.heirs.inherit([went(3, 13), went(3, 14, { version: 3 })], 3)).toMatchObject({ muted: 1 })
    expect(here.states.find(tenant, [group(11), group(13)]).get(group(11))?.state).toBe('open')
  })

  test('also through two versions at a time', () => {
    using here = open()
    here.states.mute({ tenant, fingerprint: group(1) }, actor)
    expect(here.heirs.inherit([went(1, 11), went(11, 21, { version: 3 })], 3)).toMatchObject({ muted: 2 })
  })
})
