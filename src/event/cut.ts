import { Buffer } from 'node:buffer'

/** Cuts a text to at most `max` UTF-16 units and keeps its head or its tail; never splits a surrogate pair. */
export function cutCharacters(text: string, max: number, keep: 'head' | 'tail'): string {
  if (text.length <= max) return text
  if (keep === 'head') return text.slice(0, isPairAt(text, max - 1) ? max - 1 : max)
  const start = text.length - max
  return text.slice(isPairAt(text, start - 1) ? start + 1 : start)
}

/** Cuts a text to at most `max` bytes of UTF-8 and keeps its head or its tail; never splits a character. */
export function cutBytes(text: string, max: number, keep: 'head' | 'tail'): string {
  if (text.length * 3 <= max || Buffer.byteLength(text) <= max) return text
  return keep === 'head' ? text.slice(0, headEnd(text, max)) : text.slice(tailStart(text, max))
}

function headEnd(text: string, max: number): number {
  let at = 0
  for (let bytes = 0; at < text.length; ) {
    const isPair = isPairAt(text, at)
    bytes += isPair ? 4 : bytesOfUnit(text.charCodeAt(at))
    if (bytes > max) break
    at += isPair ? 2 : 1
  }
  return at
}

function tailStart(text: string, max: number): number {
  let at = text.length
  for (let bytes = 0; at > 0; ) {
    const isPair = at > 1 && isPairAt(text, at - 2)
    bytes += isPair ? 4 : bytesOfUnit(text.charCodeAt(at - 1))
    if (bytes > max) break
    at -= isPair ? 2 : 1
  }
  return at
}

function bytesOfUnit(unit: number): number {
  if (unit < 0x80) return 1
  return unit < 0x800 ? 2 : 3
}

function isPairAt(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
}
