import type { NameFinder, Question } from './analyze.ts'
import type { EntityType } from './entity-type.ts'
import type { Hit } from './hit.ts'
import type { NameHit } from './name/name-hit.ts'

const nameTypes = ['PERSON', 'ORGANIZATION', 'LOCATION'] as const satisfies readonly EntityType[]

/** What finds the names that are asked for; nothing where none is. Its rules are loaded by the first who asks for names, its lists by their first text. */
export async function loadNameFinder({ types }: Pick<Question, 'types'>): Promise<NameFinder | undefined> {
  if (types !== undefined && !nameTypes.some((type) => types.has(type))) return undefined
  const { findNames } = await import('./name/find-names.ts')
  return (text) => findNames(text).map(hitOf)
}

function hitOf({ type, start, end, score, why }: NameHit): Hit {
  return { type, start, end, score, rule: type.toLowerCase(), why: { base: score, isProven: false, because: why } }
}
