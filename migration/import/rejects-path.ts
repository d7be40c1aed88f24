import { join } from 'node:path'

const nameCharactersMax = 80

/** Where the rejects of an import go unless it is told otherwise: named after the source and the time of its beginning, in milliseconds since 1970. */
export function rejectsPathOf(folder: string, sourceName: string, startedAt: number): string {
  const name = sourceName.replace(/[^\w.-]+/g, '_').slice(0, nameCharactersMax)
  return join(folder, `${name}-${new Date(startedAt).toISOString().replace(/[-:]|\.\d+/g, '')}.rejects.jsonl`)
}
