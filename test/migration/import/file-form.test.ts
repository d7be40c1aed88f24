import { expect, test } from 'bun:test'
import { writeFileSync } from 'node:fs'
import { type FileFormat, readFileForm } from '../../../migration/import/file-form.ts'
import { temporaryFolder } from '../../store/folder.ts'

const array = '\uFEFF\n [{"a":1}]'
const lines = '{"a":1}\r\n{"a":2}\n'
const objects = '{\n  "a": 1\n}\n{\n  "a": 2\n}\n'

test.each<[string, string, FileFormat | undefined, string | undefined]>([
  ['an array', array, undefined, 'array'],
  ['lines', lines, undefined, 'lines'],
  ['one line without an end', '{"a":1}', undefined, 'lines'],
  ['a line longer than what is looked at', `{"a":"${'x'.repeat(9_000)}"}\n{}`, undefined, 'lines'],
  ['objects of several lines', objects, undefined, 'objects'],
  ['lines behind a broken one', 'broken\n{"a":1}\n', undefined, 'lines'],
  ['a table', '\uFEFF"NSAPP";"pveversion";"other"\n"a";"8.2";1\n', undefined, 'csv'],
  ['a table that is said to be one', 'a,b\n1,2\n', 'csv', 'csv'],
  ['nothing', '', undefined, 'lines'],
  ['an array that is said to be one', array, 'json', 'array'],
  ['an array of MongoDB', array, 'mongo', 'array'],
  ['lines of MongoDB', lines, 'mongo', 'lines'],
  ['lines of our own', lines, 'own', 'lines'],
  ['a table of our own', 'nsapp,status\n', 'own', 'csv'],
  ['what cannot be told, but is said', 'broken', 'jsonl', 'lines'],
])('%s is known', async (_, text, wanted, layout) => {
  using folder = temporaryFolder()
  for (const isPacked of [false, true]) {
    const path = folder.file('file')
    writeFileSync(path, isPacked ? Bun.gzipSync(text) : text)
    expect(await readFileForm(path, wanted)).toEqual({ ok: true, value: { layout, isPacked } } as never)
  }
})

test.each<[string, string, FileFormat | undefined, string]>([
  ['lines as json', lines, 'json', '--format json: FILE holds JSON lines'],
  ['an array as lines', array, 'jsonl', '--format jsonl: FILE holds a JSON array'],
  ['lines as csv', lines, 'csv', '--format csv: FILE holds JSON lines'],
  ['a table as json', 'nsapp,status\n', 'json', '--format json: FILE holds CSV'],
  ['objects of several lines as our own', objects, 'own', '--format own: FILE holds JSON objects of several lines'],
  ['a table of something else', 'name,mail\n', undefined, 'what FILE holds cannot be told: say it by --format'],
  ['anything', 'GIF89a', undefined, 'what FILE holds cannot be told: say it by --format'],
])('a wrong format is refused with what was found: %s', async (_, text, wanted, fault) => {
  using folder = temporaryFolder()
  const path = folder.file('file')
  writeFileSync(path, text)
  expect(await readFileForm(path, wanted)).toEqual({ ok: false, fault: fault.replace('FILE', path) })
})
