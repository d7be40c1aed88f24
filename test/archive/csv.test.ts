import { expect, test } from 'bun:test'
import { writeCsv } from '../../src/archive/csv.ts'

test.each([
  ['a line break', 'one\ntwo', '"one\ntwo"'],
  ['a line break of old', 'one\rtwo', '"one\rtwo"'],
  ['a line break of RFC 4180', 'one\r\ntwo', '"one\r\ntwo"'],
  ['a delimiter', 'one,two', '"one,two"'],
  ['a quotation mark', 'one"two', '"one""two"'],
  ['a formula of two lines', '=1\n2', `"'=1\n2"`],
  ['nothing of all that', 'one two', 'one two'],
])('a cell with %s is one cell', (_, cell, written) => {
  expect(writeCsv([{ cell, next: 1 }], ['cell', 'next'])).toBe(`${written},1\r\n`)
})
