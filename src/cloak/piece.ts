/** Takes a text as it arrives and gives it in pieces that may be read each for itself. */
export type Pieces = {
  /** The pieces that are whole now. */
  push(text: string): readonly string[]
  /** What is left at the end. */
  end(): readonly string[]
}

/** Longest line that is waited for, and longest key in armour: what is held is bounded, whatever arrives. */
const lineMax = 256 * 1024
const armourMax = 128 * 1024

const armourBegin = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/g
/** With the rest of its line, so that a piece never ends before it. */
const armourEnd = /-----END [A-Z0-9 ]*PRIVATE KEY[^\n]*\n/g

/**
 * Pieces end with a line, and not within a key in armour. `byLine`: each line is one, or the lines of a key; else all lines that arrived together are.
 * A line without an end is cut at its last blank once it is too long.
 */
export function createPieces(byLine: boolean): Pieces {
  let held = ''

  function push(text: string): readonly string[] {
    held += text
    const end = held.length > lineMax + armourMax ? cutOf(held) : wholeEnd(held)
    const whole = held.slice(0, end)
    held = held.slice(end)
    return split(whole)
  }

  function split(whole: string): readonly string[] {
    if (whole === '') return []
    if (!byLine) return [whole]
    const pieces: string[] = []
    let open = ''
    for (const line of whole.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
      open += line
      if (isOpen(open)) continue
      pieces.push(open)
      open = ''
    }
    return open === '' ? pieces : [...pieces, open]
  }

  function end(): readonly string[] {
    const rest = held
    held = ''
    return split(rest)
  }

  return { push, end }
}

/** Where the last line ends that is whole, or the last one before an armour that is still open. */
function wholeEnd(text: string): number {
  const end = text.lastIndexOf('\n') + 1
  if (end === 0) return 0
  const begin = openArmour(text)
  return begin < 0 ? end : text.lastIndexOf('\n', begin) + 1
}

/** A blank or the end of a line near the end of what is held; all of it without one. */
function cutOf(text: string): number {
  const at = Math.max(text.lastIndexOf('\n'), text.lastIndexOf(' '))
  return at > 0 ? at + 1 : text.length
}

function isOpen(text: string): boolean {
  return openArmour(text) >= 0 && text.length < armourMax
}

/** Where an armour begins that has no end; -1 without one. */
function openArmour(text: string): number {
  const begin = lastOf(armourBegin, text)
  return begin < 0 || lastOf(armourEnd, text) > begin ? -1 : begin
}

function lastOf(pattern: RegExp, text: string): number {
  return [...text.matchAll(pattern)].at(-1)?.index ?? -1
}
