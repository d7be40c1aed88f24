import { analyze, type NameFinder } from './analyze.ts'
import { bareText } from './bare-text.ts'
import { codePointsAt } from './code-point.ts'
import { cloak } from './engine.ts'
import type { Hit } from './hit.ts'
import { loadNameFinder } from './name-finder.ts'
import { type Mode, type OperatorKeys, operate } from './operator.ts'
import { createPieces } from './piece.ts'
import { resolve } from './resolve.ts'

/** How a stream is filtered. */
export type FilterChoice = {
  readonly profile: 'api' | 'ingest'
  readonly mode: Mode
  /** Each line becomes a line of JSON. */
  readonly asJson: boolean
  readonly threshold: number
  readonly keys: OperatorKeys
  /** Told of each thing that is hidden, with the number of its line, from 1; never of its value. */
  readonly explain?: (line: number, hit: Hit) => void
}

/** The text of a stream without what was found in it, piece by piece, so that any length takes the same memory. Terminal codes go. */
export async function* filterText(stream: AsyncIterable<Uint8Array>, choice: FilterChoice): AsyncIterable<string> {
  const decoder = new TextDecoder()
  const pieces = createPieces(choice.asJson)
  const findNames = choice.profile === 'api' ? await loadNameFinder({}) : undefined
  let line = 1
  for await (const bytes of stream) {
    for (const piece of pieces.push(decoder.decode(bytes, { stream: true }))) yield* filterOne(piece)
  }
  for (const piece of [...pieces.push(decoder.decode()), ...pieces.end()]) yield* filterOne(piece)

  function* filterOne(piece: string): Iterable<string> {
    yield filterPiece(piece, line, choice, findNames)
    line += lineBreaksIn(piece)
  }
}

function filterPiece(piece: string, line: number, choice: FilterChoice, findNames: NameFinder | undefined): string {
  const { text } = bareText(piece)
  const isPlain = choice.profile === 'ingest' && choice.mode === 'replace' && !choice.asJson
  if (isPlain && choice.explain === undefined) return cloak(text, 'full').text
  const hits = analyze(text, choice, findNames)
  if (choice.explain !== undefined) explainHits(text, line, hits, choice.explain)
  if (isPlain) return cloak(text, 'full').text
  const hidden = operate(text, resolve(hits), choice.mode, choice.keys)
  return choice.asJson ? `${JSON.stringify(lineOf(text, hidden, hits))}\n` : hidden
}

/** Tells of the hits in the order in which they stand; the text begins with the line of that number. */
function explainHits(text: string, firstLine: number, hits: readonly Hit[], explain: NonNullable<FilterChoice['explain']>): void {
  let line = firstLine
  let at = 0
  for (const hit of hits.toSorted((one, other) => one.start - other.start)) {
    line += lineBreaksIn(text.slice(at, hit.start))
    at = hit.start
    explain(line, hit)
  }
}

function lineBreaksIn(text: string): number {
  return text.split('\n').length - 1
}

/** What a line becomes as JSON, its keys in alphabetical order, its places in code points. */
function lineOf(text: string, hidden: string, hits: readonly Hit[]): object {
  const pointAt = codePointsAt(
    text,
    hits.flatMap(({ start, end }) => [start, end]),
  )
  return {
    anonymized: hidden.replace(/\r?\n$/, ''),
    entities_found: hits.map(({ type, start, end, score, rule }) => ({
      end: pointAt(end),
      rule,
      score: Math.round(score * 1_000) / 1_000,
      start: pointAt(start),
      type,
    })),
  }
}
