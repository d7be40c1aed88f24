import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { accessMigrations, openAccessDatabase } from '../../src/access/database.ts'
import { keepSecret } from '../../src/access/secret.ts'
import { fakeClock } from '../fake-clock.ts'
import { temporaryFolder } from '../store/folder.ts'
import { countedBytes } from './sample.ts'

const clock = fakeClock('2026-03-01')

test('a secret is made once and kept for good', () => {
  using folder = temporaryFolder()
  const first = openAccessDatabase(folder.file('access.db'))
  const secret = keepSecret(first, 'run_id', { clock, random: countedBytes(1) })
  expect(secret).toHaveLength(32)
  expect(keepSecret(first, 'run_id', { clock, random: countedBytes(2) })).toEqual(secret)
  first.close()
  const second = openAccessDatabase(folder.file('access.db'))
  expect(keepSecret(second, 'run_id', { clock, random: countedBytes(3) })).toEqual(secret)
  second.close()
})

test('each commit of access.db is fsynced', () => {
  using folder = temporaryFolder()
  const database = openAccessDatabase(folder.file('access.db'))
  expect(database.query('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
  expect(database.query('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  database.close()
})

test('access.db of a newer version is refused and left as it is', () => {
  using folder = temporaryFolder()
  openAccessDatabase(folder.file('access.db')).close()
  const newer = new Database(folder.file('access.db'))
  newer.run('PRAGMA user_version = 99')
  newer.close()
  expect(() => openAccessDatabase(folder.file('access.db'))).toThrow('schema 99')
})

test('a key is found by its id, without a walk through the table', () => {
  using folder = temporaryFolder()
  const database = openAccessDatabase(folder.file('access.db'))
  const plan = database.query<{ detail: string }, []>(`EXPLAIN QUERY PLAN SELECT * FROM access_key WHERE id = 'a'`).all()
  expect(plan.map(({ detail }) => detail)).toEqual(['SEARCH access_key USING PRIMARY KEY (id=?)'])
  database.close()
})

test.each([
  ['a session by its token', `SELECT * FROM session WHERE token_hash = x'00'`, /USING INDEX sqlite_autoindex_session/],
  ['the sessions of a user', `SELECT * FROM session WHERE user_id = 'a'`, /USING INDEX session_user/],
  ['the sessions of a key', `DELETE FROM session WHERE key_id = 'a'`, /USING INDEX session_key/],
  ['a user by name', `SELECT * FROM user WHERE name = 'a'`, /USING INDEX sqlite_autoindex_user/],
])('%s is found without a walk through the table', (_, sql, plan) => {
  using folder = temporaryFolder()
  const database = openAccessDatabase(folder.file('access.db'))
  const [row] = database.query<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${sql}`).all()
  expect(row?.detail).toMatch(plan)
  database.close()
})

test('the newest messages of a rule, what was done to one, and figures of a kind are found by an index', () => {
  using folder = temporaryFolder()
  const database = openAccessDatabase(folder.file('access.db'))
  const planOf = (sql: string) => database.query<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${sql}`).all()[0]?.detail
  expect(planOf(`SELECT * FROM alert_message WHERE rule = 'a' AND tenant = 'b' ORDER BY seq DESC LIMIT 1`)).toContain('alert_message_rule')
  expect(planOf(`SELECT * FROM audit WHERE subject = 'a' ORDER BY id DESC LIMIT 1`)).toContain('audit_subject')
  expect(planOf(`SELECT * FROM alert_figure WHERE kind = 'a' ORDER BY at`)).toContain('PRIMARY KEY')
  database.close()
})

test('rules and messages of an older access.db get their tenant, and rules about the machine stay with who runs the service', () => {
  using folder = temporaryFolder()
  const path = folder.file('access.db')
  openAccessDatabase(path).close()
  const older = new Database(path)
  for (const table of ['alert_rule', 'alert_message', 'alert_state', 'alert_delivery', 'error_group_version', 'alert_figure'])
    older.run(`DROP TABLE ${table}`)
  older.run('DROP INDEX audit_subject')
  older.run(accessMigrations[3].sql)
  older.run('PRAGMA user_version = 8')
  const rules = [
    { kind: 'disk_full', tenant: 'default' },
    { kind: 'disk_full', tenant: 'other' },
    { kind: 'no_data', tenant: 'other' },
  ]
  for (const rule of rules) older.run('INSERT INTO alert_rule VALUES (?, ?, 0, 0)', [`${rule.kind}-${rule.tenant}`, JSON.stringify(rule)])
  const told = { tenant: 'other', rule: 'r', subject: 's' }
  for (const [id, at] of [
    ['m', 2],
    ['n', 1],
  ] as const)
    older.run('INSERT INTO alert_message VALUES (?, ?, ?)', [id, at, JSON.stringify(told)])
  older.close()
  const database = openAccessDatabase(path)
  const tenants = (table: string) => database.query<{ id: string; tenant: string }, []>(`SELECT id, tenant FROM ${table} ORDER BY id`).all()
  expect(tenants('alert_rule')).toEqual([
    { id: 'disk_full-default', tenant: 'default' },
    { id: 'no_data-other', tenant: 'other' },
  ])
  expect(database.query('SELECT id, tenant, rule, thread, seq FROM alert_message ORDER BY id').all()).toEqual([
    { id: 'm', tenant: 'other', rule: 'r', thread: '["r","s"]', seq: 2 },
    { id: 'n', tenant: 'other', rule: 'r', thread: '["r","s"]', seq: 1 },
  ])
  database.close()
})
