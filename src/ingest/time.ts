/**
 * When an event happened, in milliseconds since 1970 UTC: the receipt, unless the sender may date events and gave a time.
 * A given time is clamped to the retention period and to now, so that no event lands in a sealed day or in the future.
 */
export function timeOfEvent(
  given: number | undefined,
  receivedAt: number,
  sender: { readonly mayDate: boolean },
  retentionMs: number,
): number {
  if (given === undefined || !sender.mayDate) return receivedAt
  return Math.min(receivedAt, Math.max(receivedAt - retentionMs, given))
}
