/** When each timer was done last and how often it failed since: what is overdue, and what fails, is told. */
export const access0006TimerDone = {
  version: 6,
  sql: `
    ALTER TABLE timer ADD COLUMN done_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE timer ADD COLUMN failed_runs INTEGER NOT NULL DEFAULT 0;
    UPDATE timer SET done_at = began_at WHERE result = 'done';
  `,
} as const
