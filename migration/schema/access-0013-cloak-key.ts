/**
 * Keys of the scope `cloak`. SQLite cannot change a check, so the table is made anew; sessions of keys, which end with the rows of the old one, are kept aside
 * meanwhile.
 */
export const access0013CloakKey = {
  version: 13,
  sql: `
    CREATE TABLE access_key_with_cloak (
      id TEXT PRIMARY KEY,
      label TEXT NOT NULL,
      scope TEXT NOT NULL CHECK (scope IN ('read', 'ingest', 'admin', 'cloak')),
      tenant TEXT NOT NULL,
      hash BLOB NOT NULL,
      created_at INTEGER NOT NULL,
      expires_at INTEGER,
      revoked_at INTEGER,
      last_used_day INTEGER
    ) STRICT, WITHOUT ROWID;
    INSERT INTO access_key_with_cloak
      SELECT id, label, scope, tenant, hash, created_at, expires_at, revoked_at, last_used_day FROM access_key;

    CREATE TABLE session_of_key AS SELECT * FROM session WHERE key_id IS NOT NULL;
    DROP TABLE access_key;
    ALTER TABLE access_key_with_cloak RENAME TO access_key;
    INSERT OR IGNORE INTO session SELECT * FROM session_of_key;
    DROP TABLE session_of_key;
  `,
} as const
