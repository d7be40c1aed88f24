const marks = { comment: ['<!--', '-->'], verbatim: ['<![CDATA[', ']]>'] } as const

/** The XML of a part of a document, by its byte order mark where it has one, without comments, and with verbatim text escaped like any other. Takes linear time. */
export function readXml(bytes: Uint8Array): string {
  const xml = new TextDecoder(encodingOf(bytes)).decode(bytes)
  let plain = ''
  let from = 0
  for (let at = xml.indexOf('<!'); at >= 0; at = xml.indexOf('<!', from)) {
    const [opening, closing] = xml.startsWith(marks.comment[0], at) ? marks.comment : marks.verbatim
    if (!xml.startsWith(opening, at)) {
      plain += xml.slice(from, at + 2)
      from = at + 2
      continue
    }
    const end = xml.indexOf(closing, at + opening.length)
    plain += xml.slice(from, at)
    if (opening === marks.verbatim[0]) plain += escapeXml(xml.slice(at + opening.length, end < 0 ? xml.length : end))
    if (end < 0) return plain
    from = end + closing.length
  }
  return plain + xml.slice(from)
}

function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

const root = /^\s*(?:<\?[^>]{0,512}\?>\s*)?<([\w:]{1,64})/

/** Whether the element that a part consists of is closed at its end: a part may say of itself that it is shorter than it is. */
export function isWhole(xml: string): boolean {
  const name = root.exec(xml)?.[1]
  const end = xml.trimEnd()
  return name !== undefined && (end.endsWith(`</${name}>`) || (end.endsWith('/>') && end.lastIndexOf('<') === xml.indexOf(`<${name}`)))
}
