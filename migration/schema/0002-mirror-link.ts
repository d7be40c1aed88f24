/** Where a mirror keeps a run whose record another service made: every other record's id follows from the run's key. */
export const store0002 = {
  version: 2,
  sql: `
CREATE TABLE mirror_link (
  tenant INTEGER NOT NULL,
  key BLOB NOT NULL,
  record_id TEXT NOT NULL,
  PRIMARY KEY (tenant, key)
) STRICT, WITHOUT ROWID;
`,
}
