/**
 * Column segments: what runs are counted and found by, packed for 1,024 runs at a time in the order of their rowids.
 *
 * A chunk gets its row once it is full and a later one is, too: younger runs are read from `run` itself. `first_at` and `last_at` are the times of
 * its oldest and newest run; an emptied chunk has none of either and no segments. A segment holds some columns of a chunk; its `id` is the chunk's
 * times the number of parts, plus its part. `stale` names the runs of packed chunks that changed since: their cells are read from `run`, too, until they are packed again.
 * All three tables are made of the runs and can be made again. With them the wide indexes are not needed any more.
 */
export const store0004 = {
  version: 4,
  sql: `
CREATE TABLE chunk (
  id INTEGER PRIMARY KEY,
  runs INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT;
CREATE INDEX chunk_last_at ON chunk (last_at, first_at, runs);

CREATE TABLE segment (
  id INTEGER PRIMARY KEY,
  cells BLOB NOT NULL
) STRICT;

CREATE TABLE stale (
  run INTEGER PRIMARY KEY
) STRICT;

DROP INDEX run_nsapp;
DROP INDEX run_at;
CREATE INDEX run_at ON run (tenant, at);
`,
}
