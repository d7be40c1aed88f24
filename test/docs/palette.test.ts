import { describe, expect, test } from 'bun:test'
import { deflateSync, inflateSync } from 'node:zlib'
import { reduceColours } from '../../script/picture/palette.ts'
import { type Indexed, readPng, writePng } from '../../script/picture/png.ts'

const [width, height] = [16, 10]

/** A picture of so many colours, the first one the most frequent. */
function paint(colours: number): Uint8Array {
  const rgb = new Uint8Array(width * height * 3)
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const colour = pixel % 3 === 0 ? 0 : pixel % colours
    rgb.set([(colour * 37) % 256, (colour * 101) % 256, (colour * 7) % 256], pixel * 3)
  }
  return rgb
}

/** Writes it as a browser might, each row foretold in another of the five ways. */
function screenshotOf(rgb: Uint8Array, channels: 3 | 4): Uint8Array {
  const stride = width * channels
  const raw = new Uint8Array((stride + 1) * height)
  const at = (x: number, y: number) => {
    if (x < 0 || y < 0) return 0
    const channel = x % channels
    return channel === 3 ? 255 : (rgb[(y * width + Math.floor(x / channels)) * 3 + channel] ?? 0)
  }
  for (let y = 0; y < height; y += 1) {
    raw[y * (stride + 1)] = y % 5
    for (let x = 0; x < stride; x += 1) {
      const [left, up, corner] = [at(x - channels, y), at(x, y - 1), x < channels ? 0 : at(x - channels, y - 1)]
      const paeth = [left, up, corner].toSorted(
        (one, other) => Math.abs(left + up - corner - one) - Math.abs(left + up - corner - other),
      )[0]
      raw[y * (stride + 1) + 1 + x] = at(x, y) - ([0, left, up, (left + up) >> 1, paeth][y % 5] ?? 0)
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, channels === 3 ? 2 : 6], 8)
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(raw)), chunk('IEND', head)])
}

/** Without a checksum, which the reader does not look at. */
function chunk(name: string, data: Uint8Array): Uint8Array {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([length, Buffer.from(name), data, Buffer.alloc(4)])
}

function unpaint({ palette, indexes }: Indexed): readonly number[] {
  return [...indexes].flatMap((index) => [...palette.subarray(index * 3, index * 3 + 3)])
}

describe('a screenshot', () => {
  test.each([
    ['without alpha', 3],
    ['with alpha', 4],
  ] as const)('%s is read whatever its rows are foretold from', (_, channels) => {
    const rgb = paint(40)
    expect(readPng(screenshotOf(rgb, channels))).toEqual({ width, height, rgb })
  })

  test('keeps every pixel where 256 colours are enough', () => {
    const rgb = paint(90)
    expect(unpaint(reduceColours({ width, height, rgb }))).toEqual([...rgb])
  })

  test('of too many colours keeps the most frequent one and comes near to the others', () => {
    const rgb = Uint8Array.from({ length: 3 * 4_096 }, (_, at) => (at % 3 === 0 ? at >> 5 : at % 3 === 1 ? at : 90))
    const reduced = reduceColours({ width: 64, height: 64, rgb })
    expect(reduced.palette.length).toBeLessThanOrEqual(3 * 256)
    const worst = Math.max(...unpaint(reduced).map((channel, at) => Math.abs(channel - (rgb[at] ?? 0))))
    expect(worst).toBeLessThan(24)
  })

  test('is written with its palette and its rows, each part with its checksum', () => {
    const picture = reduceColours({ width, height, rgb: paint(90) })
    const bytes = Buffer.from(writePng(picture))
    const parts = new Map<string, Buffer>()
    for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
      const end = at + 8 + bytes.readUInt32BE(at)
      expect(bytes.readUInt32BE(end)).toBe(Bun.hash.crc32(bytes.subarray(at + 4, end)))
      parts.set(bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, end))
    }
    expect([...parts.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND'])
    expect([...(parts.get('PLTE') ?? [])]).toEqual([...picture.palette])
    const rows = inflateSync(parts.get('IDAT') ?? Buffer.alloc(0))
    expect([...rows].filter((_, at) => at % (width + 1) !== 0)).toEqual([...picture.indexes])
  })
})
