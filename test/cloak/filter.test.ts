import { describe, expect, test } from 'bun:test'
import { type FilterChoice, filterText } from '../../src/cloak/filter.ts'
import { createPieces } from '../../src/cloak/piece.ts'

const keys = { salt: () => new Uint8Array(1), pseudonymKey: new Uint8Array(32) }
const usual: FilterChoice = { profile: 'ingest', mode: 'replace', asJson: false, threshold: 0.4, keys }

async function* stream(pieces: readonly string[]): AsyncIterable<Uint8Array> {
  for (const piece of pieces) yield new TextEncoder().encode(piece)
}

async function filtered(pieces: readonly string[], more: Partial<FilterChoice> = {}): Promise<string> {
  let text = ''
  for await (const piece of filterText(stream(pieces), { ...usual, ...more })) text += piece
  return text
}

const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQ\nab==\n-----END PRIVATE KEY-----\n'

describe('a stream is filtered', () => {
  test('as ingest does it, whatever arrives together', async () => {
    const text = `ok\nfrom 10.0.0.5 by /home/jo\n${key}end`
    const clean = 'ok\nfrom <ipv4> by /home/<user>\n<private-key>\nend'
    expect(await filtered([text])).toBe(clean)
    expect(await filtered([...text])).toBe(clean)
  })

  test('by every type and in every mode', async () => {
    expect(await filtered(['card 4111 1111 1111 1111\n'], { profile: 'api' })).toBe('card <CREDIT_CARD>\n')
    expect(await filtered(['card 4111 1111 1111 1111\n'])).toBe('card 4111 1111 1111 1111\n')
    expect(await filtered(['from 10.0.0.5\n'], { mode: 'mask' })).toBe('from ********\n')
  })

  test('also behind a terminal code, and in letters that two pieces share', async () => {
    expect(await filtered(['from 10.0.\x1b[1m0.5\n'], { mode: 'mask' })).toBe('from ********\n')
    const bytes = new TextEncoder().encode('müller 10.0.0.5\n')
    async function* split() {
      yield bytes.slice(0, 2)
      yield bytes.slice(2)
    }
    let text = ''
    for await (const piece of filterText(split(), usual)) text += piece
    expect(text).toBe('müller <ipv4>\n')
  })

  test('to a line of JSON for each line, a key in armour being one', async () => {
    const lines = (await filtered([`😀 10.0.0.5\n${key}`], { asJson: true }))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(lines).toEqual([
      { anonymized: '😀 <IP_ADDRESS>', entities_found: [{ end: 10, rule: 'ipv4', score: 0.85, start: 2, type: 'IP_ADDRESS' }] },
      { anonymized: '<PRIVATE_KEY>', entities_found: [expect.objectContaining({ type: 'PRIVATE_KEY' })] },
    ])
  })

  test('and tells where what was, never the value', async () => {
    const told: string[] = []
    await filtered(['a\nb 10.0.0.5\n', 'c\nd jo@example.com\n'], { explain: (line, { type }) => told.push(`${line} ${type}`) })
    expect(told).toEqual(expect.arrayContaining(['2 IP_ADDRESS', '4 EMAIL_ADDRESS']))
  })
})

describe('a line that is too long to wait for', () => {
  /** Every secret is another one, since what stands twice is hidden twice. */
  const dirty = (count: number) =>
    Array.from({ length: count }, (_, index) => `password: hunter-${index} from 10.0.0.5 by jo@example.com, `).join('')
  const clean = (count: number) => 'password: <secret> from <ipv4> by <email>, '.repeat(count)
  const inChunks = (text: string) => [...(text.match(/[\s\S]{1,4093}/gu) ?? [])]

  test('is cut, and nothing at a cut comes to light', async () => {
    const chunks = inChunks(dirty(40_000))
    expect(await filtered(chunks)).toBe(clean(40_000))
    expect(await filtered(chunks, { explain: () => {} })).toBe(clean(40_000))
    expect(await filtered(chunks, { profile: 'api', mode: 'mask' })).not.toMatch(/hunter|jo@|0\.0\./)
  })

  test('is cut at any sign where it has no blank, and what is cut is hidden on both sides', async () => {
    const text = 'x,10.0.0.5,y,jo@example.com,😀,'.repeat(40_000)
    const cloaked = await filtered(inChunks(text))
    expect(cloaked.replaceAll('<ipv4>', '').replaceAll('<email>', '')).toBe('x,,y,,😀,'.repeat(40_000))
  })

  test('is not cut within a key in armour', async () => {
    const armour = `"-----BEGIN PRIVATE KEY-----\\n${'MIIEvQIBADAN ABCD\\n'.repeat(1_500)}-----END PRIVATE KEY-----"`
    const text = `${'word '.repeat(75_000)}${armour}${' word'.repeat(80_000)}`
    const cloaked = await filtered(inChunks(text))
    expect(cloaked).toBe(`${'word '.repeat(75_000)}"<private-key>"${' word'.repeat(80_000)}`)
  })

  test('lines that arrive together are never cut, however many', async () => {
    const lines = dirty(20_000).replaceAll(', ', '\n')
    expect(await filtered([lines])).toBe(clean(20_000).replaceAll(', ', '\n'))
  })
})

describe('what is held is bounded', () => {
  test('of a line that does not end', () => {
    const pieces = createPieces(false)
    let held = 0
    for (let index = 0; index < 2_000; index += 1) {
      held += 1_000
      for (const { text } of pieces.push('word '.repeat(200))) held -= text.length
      expect(held).toBeLessThan(500_000)
    }
  })

  test('of a key that does not end', () => {
    const pieces = createPieces(true)
    let given = pieces.push('-----BEGIN PRIVATE KEY-----\n').length
    for (let index = 0; index < 10_000; index += 1) given += pieces.push(`${'A'.repeat(64)}\n`).length
    expect(given).toBeGreaterThan(0)
  })
})
