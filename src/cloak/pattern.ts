/** Where the match of a sticky pattern (flag `y`) ends that begins at `at`; `otherwise` when there is none. */
export function endAt(pattern: RegExp, text: string, at: number, otherwise = -1): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : otherwise
}

/** Whether a sticky pattern matches at `at`. */
export function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at
  return pattern.test(text)
}

/** A pattern and the letters, in lower case, that its matches begin with. */
type Lettered = readonly [initials: string, pattern: RegExp]

/** Patterns by the letters that they may begin with, so that only those are tried which can stand at an anchor. */
export function groupByInitial(patterns: readonly Lettered[]): ReadonlyMap<string, readonly RegExp[]> {
  const groups = new Map<string, RegExp[]>()
  for (const [initials, pattern] of patterns) for (const initial of initials) groups.set(initial, [...(groups.get(initial) ?? []), pattern])
  return groups
}
