/**
 * Days that are over and counted by the values of every dimension: `made` is 0 where that is not worth it. Below zero, or without a row, a day is open to be
 * made; its size is the number of its last making, so that none comes twice.
 */
export const store0013 = {
  version: 13,
  sql: `
UPDATE crossed_day SET made = -1 WHERE made = 0;
ALTER TABLE crossed_day DROP COLUMN retry_after;
`,
}
