/** Sums in the audit and whose entries they are; which settings the last start had; which groups of errors have an issue. */
export const access0007Audit = {
  version: 7,
  sql: `
    ALTER TABLE audit ADD COLUMN count INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE audit ADD COLUMN tenant TEXT NOT NULL DEFAULT '';
    CREATE INDEX audit_tenant ON audit (tenant, id);
    CREATE TABLE setting_seen (
      name TEXT PRIMARY KEY,
      hash BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE error_issue (
      tenant TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('asking', 'made')),
      url TEXT NOT NULL,
      actor TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (tenant, fingerprint)
    ) STRICT, WITHOUT ROWID;
  `,
} as const
