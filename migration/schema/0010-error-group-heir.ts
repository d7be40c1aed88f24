/**
 * Where the runs of a group of errors went when a version of the fingerprint grouped them otherwise: into which groups, itself maybe among them, and how many.
 * `version` is the one that did so.
 */
export const store0010 = {
  version: 10,
  sql: `
CREATE TABLE error_group_heir (
  version INTEGER NOT NULL,
  tenant INTEGER NOT NULL,
  code INTEGER NOT NULL,
  heir INTEGER NOT NULL,
  runs INTEGER NOT NULL,
  PRIMARY KEY (version, tenant, code, heir)
) STRICT, WITHOUT ROWID;
`,
}
