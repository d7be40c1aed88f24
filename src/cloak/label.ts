/** Longest label, angle brackets included; a test holds the recognizers to it. */
export const labelLengthMax = 16

/**
 * Where the label ends that begins at `start`, or `start` where none does.
 * An element of XML may be called like a label; then its text and closing tag follow (`<token>abc</token>`).
 */
export function labelEnd(text: string, start: number, labels: ReadonlySet<string>): number {
  const close = text.slice(start, start + labelLengthMax).indexOf('>')
  const label = text.slice(start, start + close + 1)
  if (close < 0 || !labels.has(label)) return start
  const end = start + label.length
  return isElement(text, end, label.slice(1)) ? start : end
}

const elementReach = 512

function isElement(text: string, start: number, closing: string): boolean {
  const content = text.slice(start, start + elementReach).search(/[<\n]/)
  return content > 0 && text.startsWith(`</${closing}`, start + content)
}

/** Whether a stretch is a label, or the name inside one. */
export function isLabel(text: string, start: number, end: number, labels: ReadonlySet<string>): boolean {
  if (end - start > labelLengthMax) return false
  return labels.has(text.slice(start, end)) || (text[start - 1] === '<' && labels.has(text.slice(start - 1, end + 1)))
}
