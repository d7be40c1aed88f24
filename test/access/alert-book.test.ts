import { describe, expect, test } from 'bun:test'
import { openAlertMessageBook } from '../../src/access/alert-message-book.ts'
import { openAlertRuleBook } from '../../src/access/alert-rule-book.ts'
import { openAudit } from '../../src/access/audit.ts'
import { openAccessDatabase } from '../../src/access/database.ts'
import { fakeClock } from '../fake-clock.ts'
import { temporaryFolder } from '../store/folder.ts'

const noon = Date.UTC(2026, 2, 1, 12)
const by = { actor: 'user:a', limits: { ofTenant: 2, ofOthers: 3 } }

function place() {
  const folder = temporaryFolder()
  const clock = fakeClock(noon)
  const database = openAccessDatabase(folder.file('access.db'))
  return {
    clock,
    rules: openAlertRuleBook(database, { clock }),
    messages: openAlertMessageBook(database),
    acts: () =>
      openAudit(database)
        .list(10)
        .map(({ act, subject }) => `${act} ${subject}`)
        .toReversed(),
    audited: (tenant: string) =>
      openAudit(database)
        .page({ tenant, limit: 10 })
        .map(({ act }) => act),
    [Symbol.dispose]: () => {
      database.close()
      folder[Symbol.dispose]()
    },
  }
}

const message = (id: string, at = noon, tenant = 'default') => ({ id, tenant, rule: 'a', thread: id, at, body: `{"id":"${id}"}` })
const rule = (id: string, body: string, tenant = 'default') => ({ id, tenant, body })
const round = { states: [], channels: ['mail', 'webhook'] }

describe('the rules', () => {
  test('are added, changed, muted and removed, each with its line in the audit', () => {
    using here = place()
    expect(here.rules.put(rule('a', '1'), by)).toBe(true)
    expect(here.rules.put(rule('a', '1'), by)).toBe(true) // Nothing changed, so nothing is told.
    expect(here.rules.put(rule('a', '2'), by)).toBe(true)
    expect(here.rules.mute('a', noon + 1, 'cli')).toBe(true)
    expect(here.rules.list()).toEqual([{ ...rule('a', '2'), mutedUntil: noon + 1, createdAt: noon }])
    expect(here.rules.mute('a', 0, 'cli')).toBe(true)
    expect(here.rules.remove('a', 'cli')).toBe(true)
    expect([here.rules.remove('a', 'cli'), here.rules.mute('a', 0, 'cli')]).toEqual([false, false])
    expect(here.acts()).toEqual(['alert_add a', 'alert_change a', 'alert_mute a', 'alert_unmute a', 'alert_remove a'])
  })

  test('have a bound, which those that are there may reach', () => {
    using here = place()
    expect(['a', 'b', 'c', 'b'].map((id, n) => here.rules.put(rule(id, String(n)), by))).toEqual([true, true, false, true])
  })

  test('of one tenant leave the share of the others alone, and all others together that of who runs the service', () => {
    using here = place()
    const put = (tenant: string, count: number) =>
      Array.from({ length: count }, (_, n) => here.rules.put(rule(`${tenant}-${n}`, '1', tenant), by))
    expect(put('one', 3)).toEqual([true, true, false])
    expect(put('two', 2)).toEqual([true, false])
    expect(put('default', 3)).toEqual([true, true, false])
  })

  test('are changed in the audit of their tenant', () => {
    using here = place()
    here.rules.put(rule('a', '1', 'one'), by)
    here.rules.mute('a', noon + 1, 'user:a')
    here.rules.remove('a', 'user:a')
    expect(here.audited('one')).toEqual(['alert_remove', 'alert_mute', 'alert_add'])
    expect(here.audited('two')).toEqual([])
  })

  test('take how they stand with them', () => {
    using here = place()
    here.rules.put(rule('a', '1'), by)
    here.messages.record({ ...round, states: [{ rule: 'a', subject: 's', body: 'x' }], messages: [message('m')] })
    here.rules.remove('a', 'cli')
    expect(here.messages.states()).toEqual([])
    expect(here.messages.due('mail', noon, 10)).toHaveLength(1)
    here.messages.record({ ...round, states: [{ rule: 'a', subject: 's', body: 'x' }], messages: [] })
    expect(here.messages.states()).toEqual([])
  })
})

describe('the messages', () => {
  test('go to each channel once, however often a round is written', () => {
    using here = place()
    expect(here.messages.record({ ...round, messages: [message('m')] })).toBe(1)
    expect(here.messages.record({ ...round, messages: [message('m')] })).toBe(0)
    expect([here.messages.has('m'), here.messages.has('n')]).toEqual([true, false])
    const { id, at, body } = message('m')
    expect(here.messages.due('mail', noon, 10)).toEqual([{ id, at, body, attempts: 0 }])
    here.messages.markSent('m', 'mail', noon)
    expect([here.messages.due('mail', noon, 10), here.messages.waiting()]).toEqual([[], 1])
    expect(here.messages.deliveries('m')).toEqual([
      { message: 'm', channel: 'mail', state: 'sent', attempts: 1, nextAt: noon, fault: '' },
      { message: 'm', channel: 'webhook', state: 'waiting', attempts: 0, nextAt: noon, fault: '' },
    ])
  })

  test('wait after a failure until they are due, and end when they are given up', () => {
    using here = place()
    here.messages.record({ ...round, messages: [message('m')] })
    here.messages.markFailed('m', 'mail', { at: noon, nextAt: noon + 5, fault: 'timeout' })
    expect(here.messages.due('mail', noon + 4, 10)).toEqual([])
    expect(here.messages.due('mail', noon + 5, 10)).toMatchObject([{ id: 'm', attempts: 1 }])
    here.messages.markFailed('m', 'mail', { at: noon + 9, fault: 'refused' })
    expect(here.messages.deliveries('m')[0]).toMatchObject({ state: 'given_up', attempts: 2, nextAt: noon + 9, fault: 'refused' })
  })

  test('that were given up are tried again when somebody asks for it, with a line in the audit; those of another tenant and others are not', () => {
    using here = place()
    here.messages.record({ ...round, messages: [message('m')] })
    const again = (channel: string, tenant = 'default', id = 'm') =>
      here.messages.sendAgain({ tenant, message: id, channel }, { at: noon + 9, actor: 'user:a' })
    expect(again('mail')).toBe(false) // It still waits.
    here.messages.markFailed('m', 'mail', { at: noon + 5, fault: 'refused' })
    here.messages.markSent('m', 'webhook', noon + 5)
    expect([again('webhook'), again('mail', 'other'), again('mail', 'default', 'n'), again('fax')]).toEqual([false, false, false, false])
    expect([again('mail'), again('mail')]).toEqual([true, false])
    expect(here.messages.due('mail', noon + 9, 10)).toMatchObject([{ id: 'm', attempts: 1 }])
    expect(here.acts()).toEqual(['alert_resend mail/m'])
  })

  test('are counted and listed by tenant, however many another one has', () => {
    using here = place()
    const others = Array.from({ length: 30 }, (_, n) => message(`o${n}`, noon + n, 'other'))
    here.messages.record({ ...round, messages: [message('late', noon + 60), message('a', noon - 1), message('b'), ...others] })
    expect(here.messages.countWithin(noon - 1, noon + 30)).toEqual(
      new Map([
        ['default', 1],
        ['other', 30],
      ]),
    )
    expect(here.messages.history('default', 2).map(({ id }) => id)).toEqual(['b', 'a']) // As they were written, whatever the clock said
    expect(here.messages.history('other', 100)).toHaveLength(30)
  })

  test('of one rule are found among however many of others, and not those of a namesake of another tenant', () => {
    using here = place()
    const of = (id: string, about: string, tenant = 'default') => ({ ...message(id, noon, tenant), rule: about })
    const others = Array.from({ length: 2_000 }, (_, n) => of(`o${n}`, 'b'))
    here.messages.record({ ...round, messages: [of('first', 'a'), of('second', 'a'), of('theirs', 'a', 'other'), ...others] })
    expect(here.messages.historyOf('default', 'a', 10).map(({ id }) => id)).toEqual(['second', 'first'])
    expect(here.messages.historyOf('default', 'a', 1).map(({ id }) => id)).toEqual(['second'])
  })

  test('of one thread go one after the other, on each channel for itself', () => {
    using here = place()
    const inThread = (id: string, at: number) => ({ ...message(id, at), thread: 't' })
    here.messages.record({ ...round, messages: [inThread('first', noon), message('other')] })
    here.messages.markFailed('first', 'mail', { at: noon, nextAt: noon + 60, fault: 'timeout' })
    here.messages.record({ ...round, messages: [inThread('second', noon - 5)] }) // The clock was set back meanwhile.
    const due = (channel: string, at: number) => here.messages.due(channel, at, 10).map(({ id }) => id)
    expect([due('mail', noon), due('webhook', noon)]).toEqual([['other'], ['first', 'other']])
    here.messages.markSent('first', 'webhook', noon)
    here.messages.markSent('first', 'mail', noon)
    expect([due('mail', noon), due('webhook', noon)]).toEqual([
      ['second', 'other'],
      ['second', 'other'],
    ])
  })

  test('are forgotten when they are old, unless they wait', () => {
    using here = place()
    here.messages.record({ ...round, messages: [message('old', 1), message('waits', 2), message('new')] })
    for (const channel of round.channels) here.messages.markSent('old', channel, 3)
    expect(here.messages.trim(noon)).toBe(1)
    expect(here.messages.history('default', 10).map(({ id }) => id)).toEqual(['new', 'waits'])
  })
})
