import { describe, expect, test } from 'bun:test'
import { entriesMax } from '../../src/access/audit.ts'
import { createAuditSums, reasonsMax } from '../../src/access/audit-sums.ts'
import { recordSettings } from '../../src/access/setting-record.ts'
import { noon, openPlace } from './place.ts'

const facts = (rows: readonly { readonly actor: string; readonly act: string; readonly subject: string; readonly count: number }[]) =>
  rows.map(({ actor, act, subject, count }) => [actor, act, subject, count])

describe('the audit', () => {
  test('is read page by page, newest first, with nothing twice and nothing left out', () => {
    using here = openPlace()
    for (let count = 1; count <= 25; count += 1) here.audit.add({ at: noon, actor: 'cli', act: 'export', subject: `${count}` })
    const seen: string[] = []
    for (let before: number | undefined; ; ) {
      const page = here.audit.page({ limit: 10, ...(before !== undefined && { before }) })
      seen.push(...page.map(({ subject }) => subject))
      before = page.at(-1)?.id
      if (page.length < 10) break
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => String(25 - index)))
  })

  test('shows a tenant its own entries alone, and the first tenant what concerns the whole service besides', async () => {
    using here = openPlace()
    here.makeKey('read', { tenant: 'acme' })
    await here.makeUser({ name: 'grace', tenant: 'acme' })
    here.makeKey('read')
    here.audit.add({ at: noon, actor: 'service', act: 'setting_change', subject: 'RATE_BURST' })
    const acts = (tenant: string) => here.audit.page({ tenant, limit: 9 }).map(({ act }) => act)
    expect(acts('acme')).toEqual(['user_create', 'key_create'])
    expect(acts('default')).toEqual(['setting_change', 'key_create'])
    expect(acts('other')).toEqual([])
  })

  test('is bounded by age and by number', () => {
    using here = openPlace()
    here.audit.add({ at: noon, actor: 'cli', act: 'export', subject: 'old' })
    here.database.run(`UPDATE audit SET id = 7`)
    here.database.run(`INSERT INTO audit (id, at, actor, act, subject) VALUES (${7 + entriesMax}, ${noon}, 'cli', 'export', 'new')`)
    expect(here.audit.trim(noon)).toBe(1)
    expect(here.audit.list(9).map(({ subject }) => subject)).toEqual(['new'])
    expect(here.audit.trim(noon + 1)).toBe(1)
  })

  test('has the tenant of a session’s owner', async () => {
    using here = openPlace()
    const { id } = await here.makeUser({ tenant: 'acme' })
    here.sessions.start({ userId: id }, 'password')
    expect(here.audit.list(1)).toMatchObject([{ act: 'session_start', tenant: 'acme' }])
  })
})

describe('P11 what comes by the thousand', () => {
  test('is an entry at once, then one sum for the hour', () => {
    using here = openPlace()
    const sums = createAuditSums(here.audit, here.clock)
    for (let count = 0; count < 1_000; count += 1) sums.note('rate_limit', 'rate')
    expect(facts(here.audit.list(9))).toEqual([['nobody', 'rate_limit', 'rate', 1]])
    sums.flush()
    expect(facts(here.audit.list(1))).toEqual([['nobody', 'rate_limit', 'rate', 999]])
    sums.flush()
    expect(here.audit.list(9)).toHaveLength(2)
  })

  test('cannot fill the audit with reasons', () => {
    using here = openPlace()
    const sums = createAuditSums(here.audit, here.clock)
    for (let count = 0; count < reasonsMax * 3; count += 1) sums.note('event_refuse', `reason ${count}`)
    sums.flush()
    const rows = here.audit.list(reasonsMax * 9)
    expect(rows.length).toBeLessThanOrEqual(reasonsMax + 2)
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(reasonsMax * 3)
  })

  test('is kept while the disk is full, and written with the next sum', () => {
    using here = openPlace()
    let isFull = true
    const add: typeof here.audit.add = (entry) => {
      if (isFull) throw new Error('SQLITE_FULL')
      here.audit.add(entry)
    }
    const sums = createAuditSums({ add }, here.clock)
    sums.note('event_refuse', 'journal_full')
    sums.note('event_refuse', 'journal_full', 2)
    expect(() => sums.flush()).toThrow('SQLITE_FULL')
    isFull = false
    sums.flush()
    expect(facts(here.audit.list(9))).toEqual([['nobody', 'event_refuse', 'journal_full', 3]])
  })

  test('names PocketBase and the public as what they are', () => {
    using here = openPlace()
    const sums = createAuditSums(here.audit, here.clock)
    sums.note('pocketbase_sign_in', 'refused', 3)
    sums.note('public_export', 'scripts.csv')
    expect(facts(here.audit.list(9))).toEqual([
      ['public', 'public_export', 'scripts.csv', 1],
      ['service', 'pocketbase_sign_in', 'refused', 3],
    ])
  })
})

describe('settings that changed between two starts', () => {
  const secret = new Uint8Array(32).fill(7)

  test('are named, without their values; the first start and an equal one name none', () => {
    using here = openPlace()
    const parts = { clock: here.clock, secret }
    recordSettings(here.database, { RATE_BURST: '20', PB_PASSWORD: '"a secret"' }, parts)
    recordSettings(here.database, { RATE_BURST: '20', PB_PASSWORD: '"a secret"' }, parts)
    expect(here.audit.list(9)).toEqual([])
    recordSettings(here.database, { RATE_BURST: '21', PB_PASSWORD: '"another"', NEW_ONE: '1' }, parts)
    expect(facts(here.audit.list(9)).toSorted()).toEqual([
      ['service', 'setting_change', 'PB_PASSWORD', 1],
      ['service', 'setting_change', 'RATE_BURST', 1],
    ])
    expect(JSON.stringify(here.database.query('SELECT * FROM setting_seen').all())).not.toContain('another')
  })
})
