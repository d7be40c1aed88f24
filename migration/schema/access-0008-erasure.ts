/**
 * Random ids whose runs were erased, as a keyed hash, and until when. It is asked after a restore and a rebuild, which may bring such runs back. `done_at`
 * is absent until everything is gone, also from PocketBase.
 */
export const access0008Erasure = {
  version: 8,
  sql: `
    CREATE TABLE erasure (
      hash TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      done_at INTEGER
    ) STRICT, WITHOUT ROWID;
  `,
} as const
