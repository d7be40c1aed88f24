import { parseJson } from '../event/decode.ts'
import { comma, findElementEnd, openBrace, skipBlanks } from './split-array.ts'

/**
 * The items of NDJSON from `first` on: one object a line, blank lines are skipped. Objects that stand behind each other on one line are an item each:
 * of a single event what follows it is ignored, but of a batch that would lose events which the sender was told are stored.
 * Stops one item past `itemsMax`, since a body may be millions of lines.
 */
export function splitLines(body: Uint8Array, first: number, itemsMax: number): readonly Uint8Array[] {
  const items: Uint8Array[] = []
  for (let start = first; start < body.length && items.length <= itemsMax; ) {
    const lineBreak = body.indexOf(0x0a, start)
    const end = lineBreak < 0 ? body.length : lineBreak
    const brace = body.indexOf(openBrace, start + 1)
    // Most lines have no second brace: only the others may hold a second object.
    if (brace < 0 || brace >= end) items.push(body.subarray(start, end))
    else takeObjects(body.subarray(start, end), items, itemsMax)
    start = skipBlanks(body, end)
  }
  return items
}

function takeObjects(line: Uint8Array, items: Uint8Array[], itemsMax: number): void {
  let start = 0
  for (let next = nextObject(line, start); next !== undefined && items.length < itemsMax; next = nextObject(line, start)) {
    items.push(line.subarray(start, next))
    start = next
  }
  items.push(line.subarray(start))
}

/** Where the next object begins; nothing where what stands before is no JSON: then a brace is more likely a part of a log with quotes of its own. */
function nextObject(line: Uint8Array, start: number): number | undefined {
  const { end } = findElementEnd(line, start)
  const next = skipBlanks(line, line[end] === comma ? end + 1 : end)
  return line[next] === openBrace && isJson(line.subarray(start, end)) ? next : undefined
}

function isJson(bytes: Uint8Array): boolean {
  return parseJson(decoder.decode(bytes)) !== undefined
}
const decoder = new TextDecoder('utf-8')
