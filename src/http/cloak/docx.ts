import { unzipSync } from 'fflate'
import { err, ok, type Result } from '../../base/result.ts'
import { isWhole, readXml } from './docx-xml.ts'

/** What a document may unpack to, in all and as a number of parts: a small file can hold a thousand times its size. */
const unpackedBytesMax = 32 * 1024 * 1024
const partsMax = 200

const body = /^word\/document\d*\.xml$/
/** The parts of a document that hold text, in the order in which they are read: body, headers, footers, notes, comments. */
const parts = [body, /^word\/header\d*\.xml$/, /^word\/footer\d*\.xml$/, /^word\/(?:foot|end)notes\.xml$/, /^word\/comments\.xml$/]

/** The text of a Word document: its paragraphs, those of tables, text boxes, headers, footers, notes and comments too, a line each. The fault is a sentence. */
export function readDocx(bytes: Uint8Array): Result<string, string> {
  let unpacked = 0
  let count = 0
  let excess: string | undefined
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!parts.some((part) => part.test(name))) return false
        unpacked += originalSize
        count += 1
        if (unpacked > unpackedBytesMax) excess = 'it unpacks to more than is read'
        else if (count > partsMax) excess = `it has more than ${partsMax} parts with text`
        return excess === undefined
      },
    })
    if (excess !== undefined) return err(excess)
    const names = Object.keys(files).sort()
    const ordered = parts.flatMap((part) => names.filter((name) => part.test(name)))
    const read = ordered.map((name) => ({ name, xml: readXml(files[name] ?? new Uint8Array()) }))
    if (!read.some(({ name, xml }) => body.test(name) && xml.includes('<w:'))) return err('it has no body in the form of Word')
    if (!read.every(({ xml }) => isWhole(xml))) return err('a part of it is cut')
    return ok(
      read
        .map(({ xml }) => textOf(xml))
        .filter((text) => text !== '')
        .join('\n'),
    )
  } catch {
    return err('it is not a readable zip file')
  }
}

/** Text, tabs and breaks, the ends of paragraphs, and what older programs show in place of something else, which says the same twice. */
const token =
  /<w:(?:t|delText)(?: [^<>]*)?>([^<]*)|<w:tab(?: [^<>]*)?\/>|<w:(?:br|cr)(?: [^<>]*)?\/>|<\/w:p>|<(\/?)mc:Fallback(?: [^<>]*)?>/g

function textOf(xml: string): string {
  let text = ''
  let fallbacks = 0
  for (const [whole, run, closes] of xml.matchAll(token)) {
    if (closes !== undefined) fallbacks += closes === '/' ? -1 : 1
    else if (fallbacks > 0) continue
    else if (run !== undefined) text += run.replace(entity, (_, name: string) => characterOf(name))
    else text += whole.startsWith('<w:tab') ? '\t' : '\n'
  }
  return text.replace(/\n+$/, '')
}

const entity = /&(#x?[0-9a-fA-F]{1,6}|[a-z]{2,4});/g
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function characterOf(name: string): string {
  if (!name.startsWith('#')) return named[name] ?? `&${name};`
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
}
