import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** A picture as its pixels: three bytes each, row by row from the top. */
export type Pixels = { readonly width: number; readonly height: number; readonly rgb: Uint8Array }

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const trueColour = 2
const trueColourWithAlpha = 6

/** Reads a PNG as browsers write screenshots: 8 bits a channel, not interlaced, opaque. Throws on any other. */
export function readPng(bytes: Uint8Array): Pixels {
  if (!signature.every((byte, index) => bytes[index] === byte)) throw new Error('this is no PNG')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const data: Uint8Array[] = []
  for (let at = signature.length; at < bytes.length; at += 12 + view.getUint32(at)) {
    if (nameAt(bytes, at) === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)))
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const [depth, form, interlaced] = [bytes[24], bytes[25], bytes[28]]
  if (depth !== 8 || (form !== trueColour && form !== trueColourWithAlpha) || interlaced !== 0) throw new Error('this is no screenshot')
  const channels = form === trueColour ? 3 : 4
  return { width, height, rgb: unfilter(inflateSync(Buffer.concat(data)), { width, height, channels }) }
}

function nameAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at + 4, at + 8))
}

type Shape = { readonly width: number; readonly height: number; readonly channels: number }

/** Undoes what each row was foretold from (PNG 1.2, section 6), and drops a fourth channel. */
function unfilter(raw: Uint8Array, { width, height, channels }: Shape): Uint8Array {
  const stride = width * channels
  const rgb = new Uint8Array(width * height * 3)
  let above = new Uint8Array(stride)
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0
    const row = raw.slice(y * (stride + 1) + 1, (y + 1) * (stride + 1))
    for (let x = 0; x < stride; x += 1) {
      const left = row[x - channels] ?? 0
      const up = above[x] ?? 0
      row[x] = (row[x] ?? 0) + foretell(filter, left, up, x < channels ? 0 : (above[x - channels] ?? 0))
    }
    for (let x = 0; x < width; x += 1) rgb.set(row.subarray(x * channels, x * channels + 3), (y * width + x) * 3)
    above = row
  }
  return rgb
}

function foretell(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  const [byLeft, byUp, byCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  if (byLeft <= byUp && byLeft <= byCorner) return left
  return byUp <= byCorner ? up : corner
}

/** A picture of at most 256 colours: each pixel is the number of its colour. */
export type Indexed = { readonly width: number; readonly height: number; readonly palette: Uint8Array; readonly indexes: Uint8Array }

/** Writes a PNG with a palette. */
export function writePng({ width, height, palette, indexes }: Indexed): Uint8Array {
  const rows = new Uint8Array((width + 1) * height) // Each row begins with 0: numbers of colours foretell nothing.
  for (let y = 0; y < height; y += 1) rows.set(indexes.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const head = new DataView(new ArrayBuffer(13))
  head.setUint32(0, width)
  head.setUint32(4, height)
  head.setUint16(8, 0x0803) // 8 bits, palette.
  const parts = [chunk('IHDR', new Uint8Array(head.buffer)), chunk('PLTE', palette), chunk('IDAT', deflateSync(rows, { level: 9 }))]
  return Buffer.concat([signature, ...parts, chunk('IEND', new Uint8Array())])
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)])
}
