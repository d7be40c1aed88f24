/** `packed` of a chunk grows whenever its segments are written, so that a reader knows whether those it remembers are still the ones. */
export const store0006 = {
  version: 6,
  sql: `
ALTER TABLE chunk ADD COLUMN packed INTEGER NOT NULL DEFAULT 0;
DROP INDEX chunk_last_at;
CREATE INDEX chunk_last_at ON chunk (last_at, first_at, runs, packed);
CREATE INDEX chunk_packed ON chunk (packed);
`,
}
