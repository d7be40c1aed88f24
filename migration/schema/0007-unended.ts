/** Runs without an end, by what they read as: a run that was given up reads as something else, so a look for the others passes none of those. */
export const store0007 = {
  version: 7,
  sql: `
CREATE INDEX run_unended ON run (status, at) WHERE outcome_status IS NULL;
`,
}
