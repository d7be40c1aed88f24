/** Keys, the secrets of the service itself, and who did what to a key. */
export const access0001Key = {
  version: 1,
  sql: `
    CREATE TABLE access_key (
      id TEXT PRIMARY KEY,
      label TEXT NOT NULL,
      scope TEXT NOT NULL CHECK (scope IN ('read', 'ingest', 'admin')),
      tenant TEXT NOT NULL,
      hash BLOB NOT NULL,
      created_at INTEGER NOT NULL,
      expires_at INTEGER,
      revoked_at INTEGER,
      last_used_day INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE secret (
      name TEXT PRIMARY KEY,
      value BLOB NOT NULL CHECK (length(value) = 32),
      created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE audit (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      act TEXT NOT NULL,
      subject TEXT NOT NULL
    ) STRICT;
  `,
} as const
