import { isUtf8 } from 'node:buffer'
import type { RepairCode } from './repair-rule.ts'

const decoder = new TextDecoder('utf-8')

/** The text of a body, without a byte order mark. Bytes that are no UTF-8 become U+FFFD: clients cut logs by bytes, often within a character. */
export function decodeText(body: Uint8Array | string, repairs: RepairCode[]): string {
  if (typeof body === 'string') return body.startsWith('\ufeff') ? body.slice(1) : body
  const text = decoder.decode(body)
  if (text.includes('\ufffd') && !isUtf8(body)) repairs.push('body:invalid_utf8')
  return text
}

/** The JSON value of a text, or undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
