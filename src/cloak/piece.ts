/** A part of a text that may be read for itself, with what stands beside it where a line had to be cut: it may hold the label of a value, and is read with it. */
export type Piece = { readonly text: string; readonly before: string; readonly after: string }

/** Takes a text as it arrives and gives it in pieces. */
export type Pieces = {
  /** The pieces that are whole now. */
  push(text: string): readonly Piece[]
  /** What is left at the end. */
  end(): readonly Piece[]
}

/** Longest line that is waited for, and longest key in armour: what is held is bounded, whatever arrives. */
const lineMax = 256 * 1024
const armourMax = 128 * 1024
/** How much of the line beside a cut is read with a piece; rules look at less. */
const besideMax = 1024

const armourBegin = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/g
const armourEnd = /-----END [A-Z0-9 ]*PRIVATE KEY/g

/**
 * Pieces end with a line, and not within a key in armour. `byLine`: each line is one, or the lines of a key; else all lines that arrived together are.
 * A line without an end is cut at a blank once it is too long.
 */
export function createPieces(byLine: boolean): Pieces {
  let held = ''
  let before = ''

  function push(text: string): readonly Piece[] {
    held += text
    const end = wholeEnd(held)
    return end === 0 && held.length > lineMax + armourMax ? take(cutOf(held)) : take(end)
  }

  function take(end: number): readonly Piece[] {
    const whole = held.slice(0, end)
    held = held.slice(end)
    if (whole === '') return []
    const isCut = held !== '' && !whole.endsWith('\n')
    const first = before
    before = isCut ? whole.slice(-besideMax) : ''
    const texts = byLine ? linesOf(whole) : [whole]
    return texts.map((text, number) => ({
      text,
      before: number === 0 ? first : '',
      after: isCut && number === texts.length - 1 ? held.slice(0, besideMax) : '',
    }))
  }

  return { push, end: () => take(held.length) }
}

/** Each line, and the lines of a key in armour as one. */
function linesOf(whole: string): readonly string[] {
  const lines: string[] = []
  let open = ''
  for (const line of whole.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    open += line
    if (openArmour(open) >= 0 && open.length < armourMax) continue
    lines.push(open)
    open = ''
  }
  return open === '' ? lines : [...lines, open]
}

/** Where the last line ends that is whole, or the last one before an armour that is still open. */
function wholeEnd(text: string): number {
  const end = text.lastIndexOf('\n') + 1
  if (end === 0) return 0
  const begin = openArmour(text.slice(0, end))
  return begin < 0 ? end : text.lastIndexOf('\n', begin) + 1
}

/** The end of a line; else a blank before what is read beside the cut and before an armour that may still end, or any sign without one. */
function cutOf(text: string): number {
  const line = text.lastIndexOf('\n') + 1
  if (line > 0) return line
  const begin = openArmour(text)
  const limit = begin > 0 && text.length - begin < armourMax ? begin : text.length - besideMax
  const blank = text.lastIndexOf(' ', limit - 1) + 1
  return blank > 0 ? blank : limit - Number(isSecondHalf(text.charCodeAt(limit)))
}

/** Whether a UTF-16 unit belongs to the one before it. */
function isSecondHalf(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}

/** Where an armour begins that has no end; -1 without one. */
function openArmour(text: string): number {
  const begin = lastOf(armourBegin, text)
  return begin < 0 || lastOf(armourEnd, text) > begin ? -1 : begin
}

function lastOf(pattern: RegExp, text: string): number {
  return [...text.matchAll(pattern)].at(-1)?.index ?? -1
}
