import { describe, expect, test } from 'bun:test'
import { writeFileSync } from 'node:fs'
import { readFileForm } from '../../../migration/import/file-form.ts'
import { fileSource } from '../../../migration/import/file-source.ts'
import { type FoundRecord, type Position, startOfSource } from '../../../migration/import/source.ts'
import { temporaryFolder } from '../../store/folder.ts'

const rows = Array.from({ length: 3_000 }, (_, n) => ({ n, text: `, {"n": ]}\\" ${'x'.repeat(n % 400)}` }))

async function readAll(path: string, from: Position = startOfSource) {
  const found: FoundRecord[] = []
  const ends: Position[] = []
  for await (const { records, end } of fileSource(path, await formOf(path)).read(from)) {
    found.push(...records)
    ends.push(end)
  }
  return { found, ends }
}

async function formOf(path: string) {
  const form = await readFileForm(path)
  if (!form.ok) throw new Error(form.fault)
  return form.value
}

const forms = [
  ['an array', `\uFEFF [${rows.map((row) => JSON.stringify(row)).join(' ,\n')}\n, ]\n`],
  ['lines', `\uFEFF${rows.map((row) => JSON.stringify(row)).join('\r\n')}`],
] as const

describe.each(forms)('a file of %s', (_, text) => {
  test.each(['', '.gz'])('gives every record with its place, also from each place where it may go on%s', async (ending) => {
    using folder = temporaryFolder()
    const path = folder.file(`rows${ending}`)
    writeFileSync(path, ending === '' ? text : Bun.gzipSync(text))
    const { found, ends } = await readAll(path)
    expect(found).toEqual(rows.map((record, index) => ({ place: index + 1, record })))
    expect(ends.length).toBeGreaterThan(2)
    for (const end of ends) expect((await readAll(path, end)).found).toEqual(found.slice(end.place))
  })
})

test('gzip files that were joined are read to their end; a damaged one is refused, after what it still gave', async () => {
  using folder = temporaryFolder()
  const path = folder.file('rows.gz')
  const half = (part: typeof rows) => Bun.gzipSync(part.map((row) => `${JSON.stringify(row)}\n`).join(''))
  const whole = Buffer.concat([half(rows.slice(0, 1_000)), half(rows.slice(1_000))])
  writeFileSync(path, whole)
  expect((await readAll(path)).found.length).toBe(rows.length)
  writeFileSync(path, whole.subarray(0, whole.length - 2_000))
  await expect(readAll(path)).rejects.toThrow()
})

test('an array that was cut off says at which record', async () => {
  using folder = temporaryFolder()
  const path = folder.file('cut.json')
  writeFileSync(path, '[{"n":1},{"n":2},{"n":')
  expect((await readAll(path)).found).toEqual([
    { place: 1, record: { n: 1 } },
    { place: 2, record: { n: 2 } },
    { place: 3, fault: { code: 'json_undecodable', field: 'record', rule: 'truncated' } },
  ])
})
