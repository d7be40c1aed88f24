/** What maintainers said of groups of errors. A group without a row is open. It lies here and not in the store, so that it survives a rebuild. */
export const access0003ErrorState = {
  version: 3,
  sql: `
    CREATE TABLE error_state (
      tenant TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('open', 'muted')),
      actor TEXT NOT NULL,
      at INTEGER NOT NULL,
      note TEXT NOT NULL,
      PRIMARY KEY (tenant, fingerprint)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX error_state_at ON error_state (tenant, state, at);
  `,
} as const
