/** Reads a table by the letter of RFC 4180: quotes, doubled quotes and line breaks inside them. Another reader than the writer's own. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    const { cell, end } = readCell(text, at)
    row.push(cell)
    const isRowEnd = text[end] !== ','
    if (isRowEnd && end < text.length && !text.startsWith('\r\n', end)) throw new Error(`text behind a closed quote at ${end}`)
    at = isRowEnd ? end + 2 : end + 1
    if (!isRowEnd && at >= text.length) row.push('')
    if (isRowEnd || at >= text.length) {
      rows.push(row)
      row = []
    }
  }
  return rows
}

function readCell(text: string, start: number): { readonly cell: string; readonly end: number } {
  if (text[start] !== '"') {
    let end = start
    while (end < text.length && text[end] !== ',' && !text.startsWith('\r\n', end)) end += 1
    return { cell: text.slice(start, end), end }
  }
  let cell = ''
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) throw new Error('a quote that nobody closes')
    cell += text.slice(at, quote)
    if (text[quote + 1] !== '"') return { cell, end: quote + 1 }
    cell += '"'
    at = quote + 2
  }
}
