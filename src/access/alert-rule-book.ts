import type { Database } from 'bun:sqlite'
import type { Clock } from '../base/clock.ts'
import { prepare, slot } from '../base/sql.ts'
import { openAudit } from './audit.ts'
import { accessSql } from './database.ts'

/** A rule as it is kept: what `body` says is known to the alerts alone. Until `mutedUntil` nobody is told of it. */
export type KeptRule = { readonly id: string; readonly body: string; readonly mutedUntil: number; readonly createdAt: number }

/** The rules of the alerts. Each change is in the audit; `actor` is written as there. */
export type AlertRuleBook = {
  /** All rules, in the order of their ids. */
  list(): readonly KeptRule[]
  /** Adds a rule, or puts another body in its place: how it stands stays then. False when there are `max` rules already. */
  put(id: string, body: string, options: { readonly actor: string; readonly max: number }): boolean
  /** Removes a rule with how it stands. What was told stays, and so does what waits to be sent. */
  remove(id: string, actor: string): boolean
  /** Keeps a rule quiet until the moment; one that has passed lets it speak again. */
  mute(id: string, until: number, actor: string): boolean
}

type RuleRow = { readonly id: string; readonly body: string; readonly muted_until: number; readonly created_at: number }

/** The rules in `access.db`. */
export function openAlertRuleBook(database: Database, { clock }: { readonly clock: Clock }): AlertRuleBook {
  const statements = prepareStatements(database)
  const audit = openAudit(database)

  const put: AlertRuleBook['put'] = (id, body, { actor, max }) =>
    database
      .transaction(() => {
        const before = statements.find.first(id)
        if (before?.body === body) return true
        if (before === undefined && (statements.count.first()?.count ?? 0) >= max) return false
        statements.put.run(id, body, clock.now())
        audit.add({ at: clock.now(), actor, act: before === undefined ? 'alert_add' : 'alert_change', subject: id })
        return true
      })
      .immediate()

  const remove: AlertRuleBook['remove'] = (id, actor) =>
    database
      .transaction(() => {
        if (statements.remove.run(id) === 0) return false
        audit.add({ at: clock.now(), actor, act: 'alert_remove', subject: id })
        return true
      })
      .immediate()

  const mute: AlertRuleBook['mute'] = (id, until, actor) =>
    database
      .transaction(() => {
        if (statements.mute.run(until, id) === 0) return false
        audit.add({ at: clock.now(), actor, act: until > clock.now() ? 'alert_mute' : 'alert_unmute', subject: id })
        return true
      })
      .immediate()

  const list = () =>
    statements.list.all().map(({ muted_until, created_at, ...row }) => ({ ...row, mutedUntil: muted_until, createdAt: created_at }))

  return { list, put, remove, mute }
}

function prepareStatements(database: Database) {
  const rules = accessSql.selectFrom('alert_rule')
  const row = { id: slot(0), body: slot(1), muted_until: 0, created_at: slot(2) }
  return {
    list: prepare<RuleRow>(database, rules.selectAll().orderBy('id')),
    find: prepare<RuleRow>(database, rules.selectAll().where('id', '=', slot(0))), // Primary key.
    count: prepare<{ count: number }>(
      database,
      rules.select((rule) => rule.fn.countAll<number>().as('count')),
    ),
    put: prepare(
      database,
      accessSql
        .insertInto('alert_rule')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet((rule) => ({ body: rule.ref('excluded.body') }))),
    ),
    remove: prepare(database, accessSql.deleteFrom('alert_rule').where('id', '=', slot(0))),
    mute: prepare(
      database,
      accessSql
        .updateTable('alert_rule')
        .set({ muted_until: slot(0) })
        .where('id', '=', slot(1)),
    ),
  }
}
