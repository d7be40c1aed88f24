/**
 * The first shape of `journal.db`: one row holds one group of entries, as JSON lines, that share a commit. `n` is their number, `first_seq` the seq of the first.
 * The one row of `journal` names this file, so that a cursor of a lost journal is not taken for one of its successor.
 */
export const journal0001 = {
  version: 1,
  sql: `
CREATE TABLE entry_group (
  first_seq INTEGER PRIMARY KEY,
  n INTEGER NOT NULL,
  payload TEXT NOT NULL
) STRICT;
CREATE TABLE journal (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL
) STRICT;
INSERT INTO journal (one, id) VALUES (1, lower(hex(randomblob(16))));
`,
} as const
