/**
 * Roll-ups as packed cells, and what runs are counted by in columns of its own.
 *
 * `os_release`, `gpu`, `category` and `error_group` hold what a run reads as, in codes of `word`; `category` shares the words of `error_category`.
 * `id` of a roll-up spells its tenant, dimension, grain and period in one number, so that the periods of a dimension lie side by side and a range
 * of them is read without an index. Both tables are made of the runs and can be made again.
 */
export const store0003 = {
  version: 3,
  sql: `
ALTER TABLE run ADD COLUMN os_release INTEGER;
ALTER TABLE run ADD COLUMN gpu INTEGER;
ALTER TABLE run ADD COLUMN category INTEGER;
ALTER TABLE run ADD COLUMN error_group INTEGER;

DROP TABLE rollup;

-- Counts of one period by value, type and source.
CREATE TABLE rollup (
  id INTEGER PRIMARY KEY,
  cells BLOB NOT NULL
) STRICT;

-- How long the successful runs of one period took, by the same.
CREATE TABLE rollup_duration (
  id INTEGER PRIMARY KEY,
  bins BLOB NOT NULL
) STRICT;
`,
}
