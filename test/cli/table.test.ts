import { expect, test } from 'bun:test'
import { renderTable } from '../../src/cli/table.ts'

test('a table has columns as wide as their widest cell, and shows what would turn or hide text', () => {
  const table = renderTable(
    ['ID', 'SCOPE'],
    [
      ['a', 'imm\u202eich'],
      ['longer\u001b[2J', 'b'],
    ],
  )
  expect(table).toBe('ID          SCOPE\na           imm[U+202E]ich\nlonger [2J  b\n')
})
