/** A state of a rule as a sign beside its word. */
export const signs = { ok: '✓', pending: '…', firing: '✕', no_data: '?', muted: '–' } as const
