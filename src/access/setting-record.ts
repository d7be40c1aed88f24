import type { Database } from 'bun:sqlite'
import { createHmac } from 'node:crypto'
import type { Clock } from '../base/clock.ts'
import { prepare, slot } from '../base/sql.ts'
import { openAudit } from './audit.ts'
import { accessSql } from './database.ts'

export type SettingRecordParts = { readonly clock: Clock; readonly secret: Uint8Array }

/**
 * Notes in the audit which settings are others than at the start before, and keeps what they are now. Only a keyed hash of each value is kept: a secret among
 * them cannot be guessed from it. The first start notes none.
 */
export function recordSettings(database: Database, values: Readonly<Record<string, string>>, { clock, secret }: SettingRecordParts): void {
  const { list, put, remove } = prepareStatements(database)
  const audit = openAudit(database)
  database
    .transaction(() => {
      const before = new Map(list.all().map(({ name, hash }) => [name, hash]))
      for (const [name, value] of Object.entries(values)) {
        const hash = createHmac('sha256', secret).update(`${name}\0${value}`).digest()
        const known = before.get(name)
        if (known !== undefined && hash.equals(known)) continue
        put.run(name, hash)
        if (known !== undefined) audit.add({ at: clock.now(), actor: 'service', act: 'setting_change', subject: name })
      }
      for (const name of before.keys()) if (values[name] === undefined) remove.run(name)
    })
    .immediate()
}

function prepareStatements(database: Database) {
  const row = { name: slot(0), hash: slot(1) }
  return {
    list: prepare<{ readonly name: string; readonly hash: Uint8Array }>(database, accessSql.selectFrom('setting_seen').selectAll()),
    put: prepare(
      database,
      accessSql
        .insertInto('setting_seen')
        .values(row)
        .onConflict((conflict) => conflict.column('name').doUpdateSet((seen) => ({ hash: seen.ref('excluded.hash') }))),
    ),
    remove: prepare(database, accessSql.deleteFrom('setting_seen').where('name', '=', slot(0))),
  }
}
