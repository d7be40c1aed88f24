import { describe, expect, test } from 'bun:test'
import { openAudit } from '../../src/access/audit.ts'
import { openAccessDatabase } from '../../src/access/database.ts'
import { mutedMax, openErrorStates } from '../../src/access/error-state.ts'
import { fingerprintOf } from '../../src/event/fingerprint.ts'
import { fakeClock } from '../fake-clock.ts'
import { temporaryFolder } from '../store/folder.ts'

const noon = Date.UTC(2026, 2, 1, 12)
const tenant = 'default'
const actor = 'user:a'

function place() {
  const folder = temporaryFolder()
  const path = folder.file('access.db')
  const clock = fakeClock(noon)
  const database = openAccessDatabase(path)
  return {
    path,
    clock,
    database,
    states: openErrorStates(database, { clock }),
    [Symbol.dispose]: () => {
      database.close()
      folder[Symbol.dispose]()
    },
  }
}

/** The fingerprint number `n`. */
function group(n: number): string {
  return n.toString(16).padStart(16, '0')
}

describe('the state of a group of errors', () => {
  test('is muted until somebody opens it, with who said so, when and why', () => {
    using here = place()
    const { states, clock } = here
    const muted = { fingerprint: group(1), state: 'muted', actor, at: noon, note: 'known since the move' } as const
    expect(states.mute({ tenant, fingerprint: group(1), note: 'known since the move' }, actor)).toEqual({ ok: true, value: muted })
    expect(states.muted(tenant)).toEqual([muted])
    clock.pass(1_000)
    const open = { fingerprint: group(1), state: 'open', actor: 'user:b', at: noon + 1_000, note: '' } as const
    expect(states.unmute(tenant, group(1), 'user:b')).toEqual({ ok: true, value: open })
    expect(states.muted(tenant)).toEqual([])
    expect(states.find(tenant, [group(1), group(2)])).toEqual(new Map([[group(1), open]]))
  })

  test('is of one tenant', () => {
    using here = place()
    here.states.mute({ tenant, fingerprint: group(1) }, actor)
    expect(here.states.muted('other')).toEqual([])
    expect(here.states.find('other', [group(1)]).size).toBe(0)
    expect(here.states.unmute('other', group(1), actor)).toMatchObject({ ok: false, fault: 'not_muted' })
  })

  test('is there after a restart: it does not lie in the store', () => {
    using here = place()
    here.states.mute({ tenant, fingerprint: group(1) }, actor)
    const database = openAccessDatabase(here.path)
    expect(openErrorStates(database, { clock: here.clock }).muted(tenant)).toHaveLength(1)
    database.close()
  })

  test('has an entry in the audit for each change, none for what was refused', () => {
    using here = place()
    const { states, database } = here
    states.mute({ tenant, fingerprint: group(1) }, actor)
    states.unmute(tenant, group(1), 'key:k')
    states.unmute(tenant, group(1), 'key:k')
    states.mute({ tenant, fingerprint: 'x' }, actor)
    const entries = openAudit(database)
      .list(10)
      .map(({ actor: by, act, subject }) => [by, act, subject])
    expect(entries).toEqual([
      ['key:k', 'error_unmute', `${tenant}/${group(1)}`],
      [actor, 'error_mute', `${tenant}/${group(1)}`],
    ])
  })

  test('lists the group that was muted last first', () => {
    using here = place()
    for (const n of [1, 2, 3]) {
      here.clock.pass(1)
      here.states.mute({ tenant, fingerprint: group(n) }, actor)
    }
    expect(here.states.muted(tenant).map(({ fingerprint }) => fingerprint)).toEqual([group(3), group(2), group(1)])
  })

  test.each([
    ['a tenant', { tenant: 'Not One', fingerprint: group(1) }, 'tenant_invalid'],
    ['a fingerprint', { tenant, fingerprint: 'ABCDEF0123456789' }, 'fingerprint_invalid'],
    ['a note that is too long', { tenant, fingerprint: group(1), note: 'x'.repeat(201) }, 'note_invalid'],
    ['a note of several lines', { tenant, fingerprint: group(1), note: 'a\nb' }, 'note_invalid'],
  ] as const)('refuses %s', (_, wanted, fault) => {
    using here = place()
    expect(here.states.mute(wanted, actor)).toMatchObject({ ok: false, fault })
  })

  test('takes every fingerprint that is made', () => {
    using here = place()
    const fingerprint = fingerprintOf({ error: 'Connection refused' })
    expect(here.states.mute({ tenant, fingerprint }, actor).ok).toBe(true)
  })

  test('is kept for a bounded number of groups', () => {
    using here = place()
    const { states, database, clock } = here
    database.run('PRAGMA synchronous = OFF')
    for (let n = 0; n < mutedMax; n++) states.mute({ tenant, fingerprint: group(n) }, actor)
    expect(states.mute({ tenant, fingerprint: group(mutedMax) }, actor)).toMatchObject({ ok: false, fault: 'mutes_exhausted' })
    expect(states.mute({ tenant, fingerprint: group(0), note: 'again' }, actor).ok).toBe(true)
    for (let n = 0; n < mutedMax; n++) {
      clock.pass(1)
      states.unmute(tenant, group(n), actor)
    }
    states.mute({ tenant, fingerprint: group(mutedMax) }, actor)
    states.unmute(tenant, group(mutedMax), actor)
    expect(states.find(tenant, [group(0)]).size).toBe(0)
    expect(states.find(tenant, [group(1), group(mutedMax)]).size).toBe(2)
  })
})
