import { describe, expect, test } from 'bun:test'
import type { ExportRow } from '../../src/archive/csv.ts'
import { type ExportFormat, exportFormats, writeExport } from '../../src/archive/export.ts'
import { readCsv } from '../part/csv-reader.ts'

const columns = ['name', 'count', 'flag'] as const

async function write(pages: readonly (readonly ExportRow[])[], format: ExportFormat): Promise<string> {
  let text = ''
  for await (const piece of writeExport({ columns, pages }, format)) text += piece
  return text
}

describe('hostile texts', () => {
  test.each<[name: string, text: string, cell: string]>([
    ['a formula', '=HYPERLINK("http://a.example","x")', '\'=HYPERLINK("http://a.example","x")'],
    ['a sum', '+1+1', "'+1+1"],
    ['a difference', '-2+3', "'-2+3"],
    ['a function', '@SUM(A1)', "'@SUM(A1)"],
    ['a tab before a formula', '\t=1', "'\t=1"],
    ['a carriage return before a formula', '\r=1', "'\r=1"],
    ['a wide equals sign', '＝1+1', "'＝1+1"],
    ['a quote', 'say "no", then', 'say "no", then'],
    ['lines', 'one\ntwo\r\nthree\rfour', 'one\ntwo\r\nthree\rfour'],
    ['a semicolon and a comma', 'a;b,c', 'a;b,c'],
    ['markup', '<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['writing from right to left', 'a\u202eb\u2066c', 'a\u202eb\u2066c'],
    ['an emoji and half of one', '😀 \ud800', '😀 \ud800'],
    ['a separator of lines', 'a\u2028b\u2029c', 'a\u2028b\u2029c'],
    ['a backslash', 'C:\\"x"', 'C:\\"x"'],
    ['nothing', '', ''],
  ])('%s survives a table, and cannot calculate there', async (_, text, cell) => {
    const table = await write([[{ name: text, count: 1 }, { name: 'next' }]], 'csv')
    expect(readCsv(table)).toEqual([
      ['name', 'count', 'flag'],
      [cell, '1', ''],
      ['next', '', ''],
    ])
  })

  test('JSON keeps them as they are', async () => {
    const row = { name: '=1\n"\u2028\ud800', count: 0, flag: false }
    expect(JSON.parse(await write([[row]], 'json'))).toEqual([row])
    expect(JSON.parse(await write([[row]], 'jsonl'))).toEqual(row)
  })
})

describe('pages', () => {
  const pages = [[{ name: 'a', count: 1 }], [], [{ name: 'b', flag: true }, { name: 'c' }]]

  test('become one table with one head', async () => {
    expect(await write(pages, 'csv')).toBe('name,count,flag\r\na,1,\r\nb,,true\r\nc,,\r\n')
  })

  test('become one array', async () => {
    expect(JSON.parse(await write(pages, 'json'))).toEqual(pages.flat())
  })

  test('become one object a line', async () => {
    expect(
      (await write(pages, 'jsonl'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(pages.flat())
  })

  test.each<[format: ExportFormat, empty: string]>([
    ['csv', 'name,count,flag\r\n'],
    ['json', '[\n]\n'],
    ['jsonl', ''],
  ])('without a row are a whole %s all the same', async (format, empty) => {
    expect(await write([], format)).toBe(empty)
  })

  test.each([...exportFormats])('are asked for one at a time in %s, and no longer once the reader stops', async (format) => {
    let asked = 0
    async function* endless(): AsyncGenerator<readonly ExportRow[]> {
      try {
        for (;;) {
          asked += 1
          yield [{ name: String(asked) }]
        }
      } finally {
        asked = -1
      }
    }
    let taken = 0
    for await (const _piece of writeExport({ columns, pages: endless() }, format)) {
      taken += 1
      expect(asked).toBeLessThanOrEqual(taken)
      if (taken === 50) break
    }
    expect(asked).toBe(-1)
  })
})
