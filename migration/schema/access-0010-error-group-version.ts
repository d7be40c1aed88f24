/** Up to which version of the fingerprint the states, issues and alerts of groups of errors went over to the groups that their runs went to, and when. */
export const access0010ErrorGroupVersion = {
  version: 10,
  sql: `
    CREATE TABLE error_group_version (
      version INTEGER PRIMARY KEY,
      at INTEGER NOT NULL
    ) STRICT;
  `,
} as const
