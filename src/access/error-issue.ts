import type { Database } from 'bun:sqlite'
import { createHmac } from 'node:crypto'
import type { Clock } from '../base/clock.ts'
import { prepare, slot } from '../base/sql.ts'
import { openAudit } from './audit.ts'
import { accessSql, type ErrorIssueRow } from './database.ts'

/** A group of errors of a tenant. */
export type IssueKey = { readonly tenant: string; readonly fingerprint: string }

/** What is known of the issue of a group: `asking` says that one was asked for and nobody heard the answer, `at` when that was. */
export type ErrorIssue = Pick<ErrorIssueRow, 'state' | 'url' | 'actor' | 'at'>

/** Which groups of errors have an issue. All of it is on disk when a call returns. */
export type ErrorIssues = {
  find(key: IssueKey): ErrorIssue | undefined
  /** Before an issue is asked for: whatever happens next, it is known that one may be there. A group that has one keeps it. */
  claim(key: IssueKey, actor: string): void
  /** The issue is there, at this address; with its entry in the audit, once. */
  keep(key: IssueKey, url: string, actor: string): void
  /** It is certain that no issue was made. */
  release(key: IssueKey): void
  /** A word that stands in the issue of this group alone, by which it is found again. Nobody else can make it, and it tells nothing of the tenant. */
  markerOf(key: IssueKey): string
}

const markerCharacters = 32

/** The issues in `access.db`; the secret keys their markers. */
export function openErrorIssues(
  database: Database,
  { clock, secret }: { readonly clock: Clock; readonly secret: Uint8Array },
): ErrorIssues {
  const statements = prepareStatements(database)
  const audit = openAudit(database)

  function keep({ tenant, fingerprint }: IssueKey, url: string, actor: string): void {
    database
      .transaction(() => {
        if (statements.find.first(tenant, fingerprint)?.state === 'made') return
        const at = clock.now()
        statements.put.run(tenant, fingerprint, 'made', url, actor, at)
        audit.add({ at, actor, act: 'issue_create', subject: `${tenant}/${fingerprint}`, tenant })
      })
      .immediate()
  }

  return {
    find: ({ tenant, fingerprint }) => statements.find.first(tenant, fingerprint),
    claim: ({ tenant, fingerprint }, actor) => void statements.put.run(tenant, fingerprint, 'asking', '', actor, clock.now()),
    keep,
    release: ({ tenant, fingerprint }) => void statements.release.run(tenant, fingerprint),
    markerOf: ({ tenant, fingerprint }) =>
      createHmac('sha256', secret)
        .update(JSON.stringify([tenant, fingerprint]))
        .digest('hex')
        .slice(0, markerCharacters),
  }
}

function prepareStatements(database: Database) {
  const row = { tenant: slot(0), fingerprint: slot(1), state: slot(2), url: slot(3), actor: slot(4), at: slot(5) }
  const ofGroup = accessSql.selectFrom('error_issue').where('tenant', '=', slot(0)).where('fingerprint', '=', slot(1)) // Primary key.
  return {
    find: prepare<ErrorIssue>(database, ofGroup.select(['state', 'url', 'actor', 'at'])),
    put: prepare(
      database,
      accessSql
        .insertInto('error_issue')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .columns(['tenant', 'fingerprint'])
            .doUpdateSet((issue) => ({
              state: issue.ref('excluded.state'),
              url: issue.ref('excluded.url'),
              actor: issue.ref('excluded.actor'),
              at: issue.ref('excluded.at'),
            }))
            .where('error_issue.state', '=', 'asking'),
        ),
    ),
    release: prepare(
      database,
      accessSql.deleteFrom('error_issue').where('tenant', '=', slot(0)).where('fingerprint', '=', slot(1)).where('state', '=', 'asking'),
    ),
  }
}
