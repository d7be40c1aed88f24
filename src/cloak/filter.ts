import { analyze, type NameFinder } from './analyze.ts'
import { bareText } from './bare-text.ts'
import { codePointsAt } from './code-point.ts'
import { cloak } from './engine.ts'
import type { Hit } from './hit.ts'
import { loadNameFinder } from './name-finder.ts'
import { type Mode, type OperatorKeys, operate } from './operator.ts'
import { createPieces, type Piece } from './piece.ts'
import { resolve } from './resolve.ts'
import { hiddenStretches } from './stretch.ts'

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

/** The text of a stream without what was found in it, as it arrives, so that any length takes the same memory. Terminal codes go. */
export async function* filterText(stream: AsyncIterable<Uint8Array>, choice: FilterChoice): AsyncIterable<string> {
  const decoder = new TextDecoder()
  const pieces = createPieces(choice.asJson)
  const findNames = choice.profile === 'api' ? await loadNameFinder({}) : undefined
  let line = 1
  for await (const bytes of stream) yield filterAll(pieces.push(decoder.decode(bytes, { stream: true })))
  yield filterAll([...pieces.push(decoder.decode()), ...pieces.end()])

  function filterAll(ready: readonly Piece[]): string {
    let filtered = ''
    for (const piece of ready) {
      filtered += filterPiece(piece, line, choice, findNames)
      line += lineBreaksIn(piece.text)
    }
    return filtered
  }
}

function filterPiece(piece: Piece, line: number, choice: FilterChoice, findNames: NameFinder | undefined): string {
  const { text } = bareText(piece.text)
  const beside: Beside = { before: bareText(piece.before).text, after: bareText(piece.after).text }
  const isPlain = choice.profile === 'ingest' && choice.mode === 'replace' && !choice.asJson
  if (isPlain && choice.explain === undefined) return cloakBetween(text, beside)
  const hits = between(text, beside, (whole) => analyze(whole, choice, findNames))
  if (choice.explain !== undefined) explainHits(text, line, hits, choice.explain)
  if (isPlain) return cloakBetween(text, beside)
  const hidden = operate(text, resolve(hits), choice.mode, choice.keys)
  return choice.asJson ? `${JSON.stringify(lineOf(text, hidden, hits))}\n` : hidden
}

type Beside = { readonly before: string; readonly after: string }

/** As ingest does it. */
function cloakBetween(text: string, beside: Beside): string {
  if (beside.before === '' && beside.after === '') return cloak(text, 'full').text
  let cloaked = ''
  let from = 0
  for (const { start, end, label } of between(text, beside, (whole) => hiddenStretches(whole, 'full'))) {
    cloaked += text.slice(from, start) + label
    from = end
  }
  return cloaked + text.slice(from)
}

/** What is found in a text that is read together with what stands beside it, as far as it stands in the text. */
function between<Place extends { readonly start: number; readonly end: number }>(
  text: string,
  { before, after }: Beside,
  find: (whole: string) => readonly Place[],
): readonly Place[] {
  if (before === '' && after === '') return find(text)
  return find(before + text + after)
    .map((place) => ({ ...place, start: Math.max(0, place.start - before.length), end: Math.min(text.length, place.end - before.length) }))
    .filter(({ start, end }) => start < end)
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
