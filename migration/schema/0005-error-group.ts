/**
 * What is known of a group of errors beside its counts: the name and category that its first run gave it, and when that was.
 *
 * `code` is the group's word of kind `error_group`, `version` the one its fingerprint was made with. A row outlives the runs it was made of.
 * The index finds the newest and oldest runs of a group.
 */
export const store0005 = {
  version: 5,
  sql: `
CREATE TABLE error_group (
  tenant INTEGER NOT NULL,
  code INTEGER NOT NULL,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  category TEXT,
  first_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, code)
) STRICT, WITHOUT ROWID;

CREATE INDEX run_error_group ON run (tenant, error_group, at) WHERE error_group IS NOT NULL;
`,
}
