/** `joined` is how many chunks lie joined in a chunk: 1, or 16 where they are old. A joined chunk has the number of its first one; the others have no row. */
export const store0008 = {
  version: 8,
  sql: `
ALTER TABLE chunk ADD COLUMN joined INTEGER NOT NULL DEFAULT 1;
DROP INDEX chunk_last_at;
CREATE INDEX chunk_last_at ON chunk (last_at, first_at, runs, packed, joined);
CREATE INDEX chunk_joined ON chunk (joined);
`,
}
