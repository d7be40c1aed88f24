import { Database } from 'bun:sqlite'

/** The fingerprint of the one group that `makeEarlier` makes. */
const earlierGroup = '00000000000000aa'

/** Makes a store as an earlier version of the fingerprint left it: all runs that have a group are of one, first seen at `firstAt`. Gives its fingerprint. */
export function makeEarlier(path: string, { tenant, firstAt }: { readonly tenant: string; readonly firstAt: number }): string {
  const database = new Database(path)
  database.run("INSERT INTO word VALUES ('error_group', 99, ?)", [earlierGroup])
  database.run('UPDATE run SET error_group = 99 WHERE error_group IS NOT NULL')
  database.run('DELETE FROM error_group')
  database.run(
    "INSERT INTO error_group SELECT code, 99, 1, 'of the earlier version', NULL, ? FROM word WHERE kind = 'tenant' AND text = ?",
    [firstAt, tenant],
  )
  database.run("UPDATE fact SET value = replace(value, 'readings-1.2', 'readings-1.1')")
  database.close()
  return earlierGroup
}
