/**
 * Roll-ups have weeks beside days and months, in the same tables: `src/store/rollup/key.ts` has their rowids. They are made of days as time goes on. A program
 * that knows none would change a day and not its week: this step keeps it away.
 */
export const store0011 = {
  version: 11,
  sql: 'SELECT 1;',
}
