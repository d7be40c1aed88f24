/** Until when a run was erased: what is dated later makes it anew. Other tombstones, of retention, stay for good. */
export const store0009 = {
  version: 9,
  sql: `
ALTER TABLE tombstone ADD COLUMN erased_at INTEGER;
`,
}
