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

/** By the code of a character; those of no other letter have the group of nothing. */
export type Grouped = readonly (readonly RegExp[])[]

/** Patterns by the letters that they may begin with, so that only those are tried which can stand at an anchor. */
export function groupByInitial(patterns: readonly Lettered[]): Grouped {
  return Array.from({ length: 0x80 }, (_, code) => {
    const initial = String.fromCharCode(code).toLowerCase()
    return patterns.filter(([initials]) => initials.includes(initial)).map(([, pattern]) => pattern)
  })
}

/** The patterns that can begin with the character at `at`, in any case. */
export function patternsAt(groups: Grouped, text: string, at: number): readonly RegExp[] {
  return groups[text.charCodeAt(at)] ?? nothing
}
const nothing: readonly RegExp[] = []
