import { expect, test } from 'bun:test'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { writeWhole } from '../../src/base/whole-file.ts'
import { temporaryFolder } from '../store/folder.ts'

test('a file is replaced whole, for its owner alone, and what a crash left of an earlier try goes', () => {
  using folder = temporaryFolder()
  const path = folder.file('note')
  writeFileSync(`${path}.partial`, 'half of an earlier try, longer than what comes now')
  writeWhole(path, 'one')
  writeWhole(path, 'two')
  expect(readFileSync(path, 'utf8')).toBe('two')
  expect(readdirSync(folder.path)).toEqual(['note'])
  expect(statSync(path).mode & 0o777).toBe(0o600)
})
