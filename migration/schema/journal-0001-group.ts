/**
 * The first shape of `journal.db`: one row holds one group of entries, as JSON lines, that share a commit. `n` is their number, `first_seq` the seq of the first.
 * The one row of `journal` names this file, so that a cursor of a lost journal is not taken for one of its successor, and says in `freed` up to which
 * seq everything was trimmed, so that numbers never start again however little is left.
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
  id TEXT NOT NULL,
  freed INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO journal (one, id) VALUES (1, lower(hex(randomblob(16))));
`,
} as const
