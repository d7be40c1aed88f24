/**
 * Days that are over, counted by value of each dimension: a row of `crossed` is the day of the runs that share one value, by everything else. Its rowid
 * spells tenant, dimension, day and a place (`src/store/crossed/key.ts`). A day has rows while `made` is not 0: the how manieth making it was. `retry_after`
 * is the newest day that the store knew when its rows went, or were not worth making.
 */
export const store0012 = {
  version: 12,
  sql: `
CREATE TABLE crossed (id INTEGER PRIMARY KEY, value INTEGER NOT NULL, cells BLOB NOT NULL);
CREATE TABLE crossed_day (id INTEGER PRIMARY KEY, made INTEGER NOT NULL, retry_after INTEGER NOT NULL);
`,
}
