/** When each timer ran last, how that went, and when it is due next: missed runs are made up after a restart. */
export const access0005Timer = {
  version: 5,
  sql: `
    CREATE TABLE timer (
      name TEXT PRIMARY KEY,
      began_at INTEGER NOT NULL,
      took_ms INTEGER NOT NULL,
      result TEXT NOT NULL CHECK (result IN ('running', 'done', 'failed')),
      changed INTEGER NOT NULL,
      due_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
} as const
