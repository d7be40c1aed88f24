import type { Group } from '../../store/analysis-port.ts'

/** The groups whose value holds a text, in any case of its ASCII letters, as lists of runs find scripts; all of them where none is given. */
export function withNamePart(groups: readonly Group[], part: string): readonly Group[] {
  if (part === '') return groups
  const wanted = foldCase(part)
  return groups.filter(({ value }) => foldCase(value).includes(wanted))
}

function foldCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
