import type { Database } from 'bun:sqlite'
import { sql as raw } from 'kysely'
import type { Clock } from '../base/clock.ts'
import { err, ok, type Result } from '../base/result.ts'
import { prepare, slot } from '../base/sql.ts'
import { isTenantName } from '../base/tenant.ts'
import { openAudit } from './audit.ts'
import { accessSql, type ErrorStateRow } from './database.ts'

/** What somebody said of a group of errors, and when. `actor` is written as in the audit. */
export type ErrorState = {
  readonly fingerprint: string
  readonly state: 'open' | 'muted'
  readonly actor: string
  readonly at: number
  readonly note: string
}

export type MuteFault = 'tenant_invalid' | 'fingerprint_invalid' | 'note_invalid' | 'mutes_exhausted'

/** Which groups of errors are muted: they are counted like all others and only shown apart. A muted group stays so until somebody opens it. */
export type ErrorStates = {
  /** Mutes a group; of one that is muted only the note changes. The group need not have been seen: its runs may have gone. */
  mute(
    wanted: { readonly tenant: string; readonly fingerprint: string; readonly note?: string },
    actor: string,
  ): Result<ErrorState, MuteFault>
  /** Opens a group that is muted. */
  unmute(tenant: string, fingerprint: string, actor: string): Result<ErrorState, 'not_muted'>
  /** The muted groups of a tenant, the one muted last first. */
  muted(tenant: string): readonly ErrorState[]
  /** What was said of these groups; open ones of which nobody ever said anything are left out. */
  find(tenant: string, fingerprints: readonly string[]): ReadonlyMap<string, ErrorState>
}

/** Muted groups of one tenant. Of opened ones as many are remembered, the oldest go first. */
export const mutedMax = 1_000
const noteCharactersMax = 200

/** Matches `39a3db6286980b2c`; must not match upper case or `39a3`. */
const fingerprintForm = /^[0-9a-f]{16}$/

/** The states in `access.db`. */
export function openErrorStates(database: Database, { clock }: { readonly clock: Clock }): ErrorStates {
  const statements = prepareStatements(database)
  const audit = openAudit(database)

  const mute: ErrorStates['mute'] = ({ tenant, fingerprint, note = '' }, actor) => {
    const fault = findFault(tenant, fingerprint, note)
    if (fault !== undefined) return err(fault)
    return database
      .transaction(() => {
        const before = statements.find.first(tenant, fingerprint)
        if (before?.state !== 'muted' && count(tenant, 'muted') >= mutedMax) return err('mutes_exhausted' as const)
        return ok(write({ tenant, fingerprint, state: 'muted', actor, at: clock.now(), note }))
      })
      .immediate()
  }

  const unmute: ErrorStates['unmute'] = (tenant, fingerprint, actor) =>
    database
      .transaction(() => {
        if (statements.find.first(tenant, fingerprint)?.state !== 'muted') return err('not_muted' as const)
        if (count(tenant, 'open') >= mutedMax) statements.dropOldestOpen.run(tenant)
        return ok(write({ tenant, fingerprint, state: 'open', actor, at: clock.now(), note: '' }))
      })
      .immediate()

  function write(row: ErrorStateRow): ErrorState {
    const { tenant, fingerprint, state, actor, at, note } = row
    statements.put.run(tenant, fingerprint, state, actor, at, note)
    audit.add({ at, actor, act: state === 'muted' ? 'error_mute' : 'error_unmute', subject: `${tenant}/${fingerprint}`, tenant })
    return factsOf(row)
  }

  function count(tenant: string, state: ErrorState['state']): number {
    return statements.count.first(tenant, state)?.count ?? 0
  }

  function find(tenant: string, fingerprints: readonly string[]): ReadonlyMap<string, ErrorState> {
    const rows = statements.findAll.all(tenant, JSON.stringify(fingerprints))
    return new Map(rows.map((row) => [row.fingerprint, factsOf(row)]))
  }

  return { mute, unmute, find, muted: (tenant) => statements.muted.all(tenant).map(factsOf) }
}

function findFault(tenant: string, fingerprint: string, note: string): Exclude<MuteFault, 'mutes_exhausted'> | undefined {
  if (!isTenantName(tenant)) return 'tenant_invalid'
  if (!fingerprintForm.test(fingerprint)) return 'fingerprint_invalid'
  if (note.length > noteCharactersMax || /[\u0000-\u001f\u007f-\u009f]/.test(note)) return 'note_invalid'
  return undefined
}

function factsOf({ tenant: _tenant, ...state }: ErrorStateRow): ErrorState {
  return state
}

function prepareStatements(database: Database) {
  const states = accessSql.selectFrom('error_state')
  const ofTenant = states.where('tenant', '=', slot(0))
  const row = { tenant: slot(0), fingerprint: slot(1), state: slot(2), actor: slot(3), at: slot(4), note: slot(5) }
  const oldestOpen = states.select('fingerprint').where('tenant', '=', slot(0)).where('state', '=', 'open').orderBy('at').limit(1) // Index error_state_at.
  return {
    find: prepare<ErrorStateRow>(database, ofTenant.selectAll().where('fingerprint', '=', slot(1))), // Primary key.
    findAll: prepare<ErrorStateRow>(
      database,
      ofTenant.selectAll().where('fingerprint', 'in', raw<string>`(select value from json_each(${slot(1)}))`), // Primary key.
    ),
    muted: prepare<ErrorStateRow>(database, ofTenant.selectAll().where('state', '=', 'muted').orderBy('at', 'desc')), // Index error_state_at.
    count: prepare<{ count: number }>(
      database,
      ofTenant.where('state', '=', slot(1)).select((state) => state.fn.countAll<number>().as('count')), // Index error_state_at.
    ),
    put: prepare(
      database,
      accessSql
        .insertInto('error_state')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['tenant', 'fingerprint']).doUpdateSet((state) => ({
            state: state.ref('excluded.state'),
            actor: state.ref('excluded.actor'),
            at: state.ref('excluded.at'),
            note: state.ref('excluded.note'),
          })),
        ),
    ),
    dropOldestOpen: prepare(
      database,
      accessSql.deleteFrom('error_state').where('tenant', '=', slot(0)).where('fingerprint', '=', oldestOpen),
    ),
  }
}
