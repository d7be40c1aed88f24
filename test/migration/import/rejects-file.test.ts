import { expect, test } from 'bun:test'
import { readFileSync, statSync } from 'node:fs'
import { RejectsFile } from '../../../migration/import/rejects-file.ts'
import { rejectsPathOf } from '../../../migration/import/rejects-path.ts'
import { temporaryFolder } from '../../store/folder.ts'

const fault = { field: 'type', rule: 'unknown_value' }
const lineOf = (line: number) => `${JSON.stringify({ line, ...fault })}\n`

test('it goes on behind what is known of it, and cuts off what stands there', () => {
  using folder = temporaryFolder()
  const path = folder.file('rejects')
  const first = new RejectsFile(path, 'line')
  first.add(1, fault)
  const known = first.mark()
  first.add(2, fault)
  first.mark()
  first.settle()
  first.close()
  expect(known).toBe(lineOf(1).length)
  expect(statSync(path).mode & 0o777).toBe(0o600)

  const second = new RejectsFile(path, 'line', known)
  second.add(3, fault)
  second.mark()
  second.close()
  expect(readFileSync(path, 'utf8')).toBe(lineOf(1) + lineOf(3))
})

test('many lines are written as they come, each once', () => {
  using folder = temporaryFolder()
  const file = new RejectsFile(folder.file('rejects'), 'line')
  for (let line = 1; line <= 20_000; line += 1) file.add(line, fault)
  expect(file.mark()).toBe(statSync(file.path).size)
  file.close()
  expect(readFileSync(file.path, 'utf8')).toBe(Array.from({ length: 20_000 }, (_, index) => lineOf(index + 1)).join(''))
})

test('its name tells source and time, and nothing in it leaves the folder', () => {
  expect(rejectsPathOf('/data/import', '../a b\u001b.json', Date.UTC(2026, 2, 1, 12, 34, 56, 789))).toBe(
    '/data/import/.._a_b_.json-20260301T123456Z.rejects.jsonl',
  )
})
