import type { Database } from 'bun:sqlite'
import type { Clock } from '../base/clock.ts'
import { prepare, slot } from '../base/sql.ts'
import { defaultTenant } from '../base/tenant.ts'
import { openAudit } from './audit.ts'
import { type AlertRuleRow, accessSql } from './database.ts'

/** A rule as it is kept: what `body` says is known to the alerts alone. Until `mutedUntil` nobody is told of it. */
export type KeptRule = {
  readonly id: string
  readonly tenant: string
  readonly body: string
  readonly mutedUntil: number
  readonly createdAt: number
}

/** How many rules there may be: of one tenant, and of all but the first together, which so keeps its own share whatever the others do. */
export type RuleLimits = { readonly ofTenant: number; readonly ofOthers: number }

/** The rules of the alerts. Each change is in the audit; `actor` is written as there. */
export type AlertRuleBook = {
  /** All rules, in the order of their ids. */
  list(): readonly KeptRule[]
  /** Adds a rule, or puts another body in its place: how it stands stays then. False when a limit is reached already. */
  put(rule: Pick<KeptRule, 'id' | 'tenant' | 'body'>, options: { readonly actor: string; readonly limits: RuleLimits }): boolean
  /** Removes a rule with how it stands. What was told stays, and so does what waits to be sent. */
  remove(id: string, actor: string): boolean
  /** Keeps a rule quiet until the moment; one that has passed lets it speak again. */
  mute(id: string, until: number, actor: string): boolean
}

/** The rules in `access.db`. */
export function openAlertRuleBook(database: Database, { clock }: { readonly clock: Clock }): AlertRuleBook {
  const statements = prepareStatements(database)
  const audit = openAudit(database)

  const put: AlertRuleBook['put'] = ({ id, tenant, body }, { actor, limits }) =>
    database
      .transaction(() => {
        const before = statements.find.first(id)
        if (before?.body === body) return true
        if (before === undefined && isFull(tenant, limits)) return false
        statements.put.run(id, tenant, body, clock.now())
        audit.add({ at: clock.now(), actor, act: before === undefined ? 'alert_add' : 'alert_change', subject: id, tenant })
        return true
      })
      .immediate()

  function isFull(tenant: string, { ofTenant, ofOthers }: RuleLimits): boolean {
    if ((statements.countOf.first(tenant)?.count ?? 0) >= ofTenant) return true
    return tenant !== defaultTenant && (statements.countBut.first(defaultTenant)?.count ?? 0) >= ofOthers
  }

  const remove: AlertRuleBook['remove'] = (id, actor) =>
    database
      .transaction(() => {
        const before = statements.find.first(id)
        if (before === undefined) return false
        statements.remove.run(id)
        audit.add({ at: clock.now(), actor, act: 'alert_remove', subject: id, tenant: before.tenant })
        return true
      })
      .immediate()

  const mute: AlertRuleBook['mute'] = (id, until, actor) =>
    database
      .transaction(() => {
        const before = statements.find.first(id)
        if (before === undefined) return false
        statements.mute.run(until, id)
        const act = until > clock.now() ? 'alert_mute' : 'alert_unmute'
        audit.add({ at: clock.now(), actor, act, subject: id, tenant: before.tenant })
        return true
      })
      .immediate()

  const list = () =>
    statements.list.all().map(({ muted_until, created_at, ...row }) => ({ ...row, mutedUntil: muted_until, createdAt: created_at }))

  return { list, put, remove, mute }
}

function prepareStatements(database: Database) {
  const rules = accessSql.selectFrom('alert_rule')
  const row = { id: slot(0), tenant: slot(1), body: slot(2), muted_until: 0, created_at: slot(3) }
  const counted = rules.select((rule) => rule.fn.countAll<number>().as('count')) // A walk through the table, which the limits bound.
  return {
    list: prepare<AlertRuleRow>(database, rules.selectAll().orderBy('id')),
    find: prepare<AlertRuleRow>(database, rules.selectAll().where('id', '=', slot(0))), // Primary key.
    countOf: prepare<{ count: number }>(database, counted.where('tenant', '=', slot(0))),
    countBut: prepare<{ count: number }>(database, counted.where('tenant', '!=', slot(0))),
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
