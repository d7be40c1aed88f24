import { join } from 'node:path'
import { root } from '../tidy/source.ts'

/** A picture of docs as a reader meets it: its file in light and in dark, and what stands in its place for who does not see it. */
export type Picture = { readonly light: string; readonly dark: string; readonly alt: string }

/** Every picture of a text; paths as they stand there. */
export function picturesIn(text: string): readonly Picture[] {
  const pattern =
    /<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">\s*<img src="([^"]+)" alt="([^"]+)">\s*<\/picture>/g
  return [...text.matchAll(pattern)].map(([, dark = '', light = '', alt = '']) => ({ light, dark, alt }))
}

export type PngFacts = { readonly isPng: boolean; readonly width: number; readonly height: number; readonly bytes: number }

/** What the head of a file says of it. */
export async function pngFacts(path: string): Promise<PngFacts> {
  const bytes = await Bun.file(join(root, path)).bytes()
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const isPng = bytes.subarray(0, 8).toHex() === '89504e470d0a1a0a'
  return { isPng, width: isPng ? view.getUint32(16) : 0, height: isPng ? view.getUint32(20) : 0, bytes: bytes.length }
}
