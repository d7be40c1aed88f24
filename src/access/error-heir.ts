import type { Database } from 'bun:sqlite'
import type { Clock } from '../base/clock.ts'
import { prepare, slot } from '../base/sql.ts'
import { openAudit } from './audit.ts'
import { accessSql, type ErrorStateRow } from './database.ts'
import { mutedMax } from './error-state.ts'

/** How many runs of a group of errors went to another one, or stayed, with a new version of the fingerprint. */
export type ErrorHeir = {
  readonly version: number
  readonly tenant: string
  readonly fingerprint: string
  readonly heir: string
  readonly runs: number
}

/** How many groups took over a mute, an issue, the state of an alert; `open` are those that stay open since other runs of theirs were not muted. */
export type Inherited = { readonly muted: number; readonly open: number; readonly issues: number; readonly alerts: number }

/** What was said of groups of errors goes with their runs when a new version of the fingerprint groups these otherwise. */
export type ErrorHeirs = {
  /** The version up to which that was done; 0 at first. */
  version(): number
  /**
   * Does it for all versions up to `version`, in one transaction, once. A group that only has runs of muted ones is muted; what was said of the groups
   * themselves stays. An issue goes with a group that became one other as a whole. What was told of a group as a new error counts as told of all that it became.
   */
  inherit(heirs: readonly ErrorHeir[], version: number): Inherited
}

/** The heirs in `access.db`. */
export function openErrorHeirs(database: Database, { clock }: { readonly clock: Clock }): ErrorHeirs {
  const statements = prepareStatements(database)
  const audit = openAudit(database)
  const version = () => statements.last.first()?.version ?? 0

  function mute(heirs: readonly ErrorHeir[]): Pick<Inherited, 'muted' | 'open'> {
    let [muted, open] = [0, 0]
    for (const sources of groupBy(heirs, ({ tenant, heir }) => `${tenant} ${heir}`)) {
      const [{ tenant, heir } = { tenant: '', heir: '' }] = sources
      const states = sources.flatMap(({ fingerprint }) => statements.findState.first(tenant, fingerprint) ?? [])
      const said = states.find(({ state }) => state === 'muted')
      if (said === undefined || statements.findState.first(tenant, heir) !== undefined) continue
      const isMuted = states.filter(({ state }) => state === 'muted').length === sources.length && countMuted(tenant) < mutedMax
      if (isMuted) put({ ...said, fingerprint: heir })
      if (isMuted) muted += 1
      else open += 1
    }
    return { muted, open }
  }

  function put({ tenant, fingerprint, state, actor, at, note }: ErrorStateRow): void {
    statements.putState.run(tenant, fingerprint, state, actor, at, note)
    audit.add({ at: clock.now(), actor: 'service', act: 'error_mute', subject: `${tenant}/${fingerprint}`, tenant })
  }

  function countMuted(tenant: string): number {
    return statements.countMuted.first(tenant)?.count ?? 0
  }

  function carryIssues(heirs: readonly ErrorHeir[]): number {
    const alone = groupBy(heirs, ({ tenant, fingerprint }) => `${tenant} ${fingerprint}`).filter(({ length }) => length === 1)
    return sum(alone.flat().map(({ tenant, fingerprint, heir }) => statements.carryIssue.run(heir, tenant, fingerprint)))
  }

  const inherit: ErrorHeirs['inherit'] = (all, to) =>
    database
      .transaction(() => {
        const from = version()
        const heirs = all.filter((one) => one.version > from && one.version <= to)
        const done: Inherited[] = groupBy(heirs, (one) => String(one.version)).map((ofVersion) => ({
          ...mute(ofVersion),
          issues: carryIssues(ofVersion),
          alerts: sum(ofVersion.map(({ tenant, fingerprint, heir }) => statements.carryAlert.run(heir, fingerprint, tenant))),
        }))
        if (from < to) statements.putVersion.run(to, clock.now())
        return {
          muted: sum(done.map(({ muted }) => muted)),
          open: sum(done.map(({ open }) => open)),
          issues: sum(done.map(({ issues }) => issues)),
          alerts: sum(done.map(({ alerts }) => alerts)),
        }
      })
      .immediate()

  return { version, inherit }
}

/** The groups in the order of their first members. */
function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): readonly (readonly Value[])[] {
  return [...Map.groupBy(values, keyOf).values()]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function prepareStatements(database: Database) {
  const states = accessSql.selectFrom('error_state').where('tenant', '=', slot(0))
  const state = { tenant: slot(0), fingerprint: slot(1), state: slot(2), actor: slot(3), at: slot(4), note: slot(5) }
  const issues = accessSql.selectFrom('error_issue').where('tenant', '=', slot(1)).where('fingerprint', '=', slot(2)) // Primary key.
  const alerts = accessSql.selectFrom('alert_state').innerJoin('alert_rule', 'alert_rule.id', 'alert_state.rule')
  const last = accessSql.selectFrom('error_group_version')
  return {
    last: prepare<{ version: number | null }>(
      database,
      last.select((row) => row.fn.max<number | null>('version').as('version')),
    ),
    putVersion: prepare(database, accessSql.insertInto('error_group_version').values({ version: slot(0), at: slot(1) })),
    findState: prepare<ErrorStateRow>(database, states.selectAll().where('fingerprint', '=', slot(1))), // Primary key.
    countMuted: prepare<{ count: number }>(
      database,
      states.where('state', '=', 'muted').select((row) => row.fn.countAll<number>().as('count')), // Index error_state_at.
    ),
    putState: prepare(database, accessSql.insertInto('error_state').values(state)),
    carryIssue: prepare(
      database,
      accessSql
        .insertInto('error_issue')
        .columns(['tenant', 'fingerprint', 'state', 'url', 'actor', 'at'])
        .expression(
          issues.select((row) => ['tenant', row.val(slot(0)).as('heir'), 'state', 'url', 'actor', 'at']).where('state', '=', 'made'),
        )
        .onConflict((conflict) => conflict.doNothing()),
    ),
    carryAlert: prepare(
      database,
      accessSql
        .insertInto('alert_state')
        .columns(['rule', 'subject', 'body'])
        .expression(
          alerts
            .select((row) => ['alert_state.rule', row.val(slot(0)).as('heir'), 'alert_state.body'])
            .where('alert_state.subject', '=', slot(1))
            .where('alert_rule.tenant', '=', slot(2)),
        )
        .onConflict((conflict) => conflict.doNothing()),
    ),
  }
}
