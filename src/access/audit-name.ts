import type { Access } from './access.ts'
import type { AuditRow } from './database.ts'

/** What a user or a key of an entry is called now; absent for one that is gone or has no name, and for whoever is neither. */
export type AuditNames = { readonly actor_name?: string; readonly subject_name?: string }
export type NamedAuditRow = AuditRow & AuditNames

/** Names entries by the users and keys that are there at this moment. The audit itself holds ids alone. */
export function nameEntries(rows: readonly AuditRow[], { users, keyRing }: Pick<Access, 'users' | 'keyRing'>): readonly NamedAuditRow[] {
  const names = new Map<string, string>([
    ...users.listUsers().map(({ id, name }) => [`user:${id}`, name] as const),
    ...keyRing.listKeys().flatMap(({ id, label }) => (label === '' ? [] : [[`key:${id}`, label] as const])),
  ])
  return rows.map((row) => {
    const [actor, subject] = [names.get(row.actor), names.get(subjectOf(row))]
    return { ...row, ...(actor !== undefined && { actor_name: actor }), ...(subject !== undefined && { subject_name: subject }) }
  })
}

/** What was changed, written as actors are: `key_create` names the bare id of a key. */
function subjectOf({ act, subject }: AuditRow): string {
  const [kind] = act.split('_')
  return kind === 'user' || kind === 'key' ? `${kind}:${subject}` : subject
}
