/**
 * Figures of the machine as the rules saw them (free disk, what waits for PocketBase, failed backups and checks): unlike those of runs they cannot be counted
 * again later. One a kind and quarter of an hour. And who changed or muted a rule is found without a walk through the whole audit.
 */
export const access0012AlertPast = {
  version: 12,
  sql: `
    CREATE TABLE alert_figure (
      kind TEXT NOT NULL,
      at INTEGER NOT NULL,
      value REAL NOT NULL,
      PRIMARY KEY (kind, at)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX audit_subject ON audit (subject, id);
  `,
} as const
