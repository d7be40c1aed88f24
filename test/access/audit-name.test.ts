import { expect, test } from 'bun:test'
import { nameEntries } from '../../src/access/audit-name.ts'
import type { AuditRow } from '../../src/access/database.ts'

const users = { listUsers: () => [{ id: 'u1', name: 'ada' }] } as never
const keyRing = {
  listKeys: () => [
    { id: 'k1', label: 'grafana' },
    { id: 'k2', label: '' },
  ],
} as never

function rowOf(actor: string, act: string, subject: string): AuditRow {
  return { id: 1, at: 0, actor, act, subject, tenant: 'default', count: 1 }
}

test.each<[actor: string, act: string, subject: string, names: object]>([
  ['user:u1', 'key_create', 'k1', { actor_name: 'ada', subject_name: 'grafana' }],
  ['key:k1', 'export', 'runs.csv', { actor_name: 'grafana' }],
  ['nobody', 'sign_in_refuse', 'user:u1', { subject_name: 'ada' }],
  ['key:k2', 'user_role', 'u1', { subject_name: 'ada' }],
  ['user:gone', 'user_delete', 'u9', {}],
  ['cli', 'session_end', 'u1', {}],
])('an entry of %s that did %s to %s has names only of whom is known', (actor, act, subject, names) => {
  const row = rowOf(actor, act, subject)
  expect(nameEntries([row], { users, keyRing })).toEqual([{ ...row, ...names }])
})
