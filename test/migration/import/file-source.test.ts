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
    expect(found).toEqual(rows.map((record, index) => ({ place: index + 1, record, repairs: [] })))
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
  await expect(readAll(path)).rejects.toThrow(
    new RegExp(`^${RegExp.escape(path)} cannot be read behind line \\d\\d+: unexpected end of file$`),
  )
  writeFileSync(path, whole.fill(0, 2, 9))
  await expect(readAll(path)).rejects.toThrow(`${path} cannot be read from its beginning: unknown compression method`)
})

test('an array that was cut off says at which record', async () => {
  using folder = temporaryFolder()
  const path = folder.file('cut.json')
  writeFileSync(path, '[{"n":1},{"n":2},{"n":')
  expect((await readAll(path)).found).toEqual([
    { place: 1, record: { n: 1 }, repairs: [] },
    { place: 2, record: { n: 2 }, repairs: [] },
    { place: 3, fault: { code: 'json_undecodable', field: 'record', rule: 'truncated' } },
  ])
})

test('lines whose last was cut off say so, and take no half of a record', async () => {
  using folder = temporaryFolder()
  const path = folder.file('cut.jsonl')
  const whole = '{"n":1}\n{"random_id":"11111111-1111-4111-8111-111111111111","nsapp":"docker","error":"a log"}'
  writeFileSync(path, whole)
  expect((await readAll(path)).found.map((one) => 'record' in one)).toEqual([true, true])
  for (const bytes of [1, 5, 30, 60]) {
    writeFileSync(path, whole.slice(0, -bytes))
    expect((await readAll(path)).found).toEqual([
      { place: 1, record: { n: 1 }, repairs: [] },
      { place: 2, fault: { code: 'json_undecodable', field: 'record', rule: 'truncated' } },
    ])
  }
})

/** Every second record of a file is too large; the others are read, also from each place where the reading may go on. */
async function expectEverySecond(path: string, count: number): Promise<void> {
  const tooLarge = { code: 'json_undecodable', field: 'record', rule: 'too_large' } as const
  const { found, ends } = await readAll(path)
  expect(found).toEqual(
    Array.from({ length: count }, (_, index) => {
      const place = index + 1
      return place % 2 === 0 ? { place, fault: tooLarge } : { place, record: { n: place }, repairs: [] }
    }),
  )
  for (const end of ends) expect((await readAll(path, end)).found).toEqual(found.slice(end.place))
}

test('a line beyond all bounds is passed over and told, and the lines around it are read', async () => {
  using folder = temporaryFolder()
  const path = folder.file('huge.jsonl')
  const huge = `{"n":2,"text":"${'x'.repeat(5 * 1024 * 1024)}"}`
  writeFileSync(path, `{"n":1}\n${huge}\n{"n":3}\n${huge}`)
  await expectEverySecond(path, 4)
})

test.each([
  ['an object', `{"n":2,"text":"${'}]\\\\\\",{'.repeat(700_000)}","inner":[{"n":7},[8]]}`],
  ['a text', `"${'x'.repeat(5 * 1024 * 1024)}"`],
  ['an array', `[${'{"n":7},'.repeat(700_000)}{"n":7}]`],
])('%s beyond all bounds in an array is passed over and told, and what stands around it is read', async (_, huge) => {
  using folder = temporaryFolder()
  const path = folder.file('huge.json')
  writeFileSync(path, `[{"n":1},${huge},\n{"n":3}, ${huge} , {"n":5}, ${huge}]`)
  await expectEverySecond(path, 6)
})

test('a record in an array that never ends ends the reading, with its place', async () => {
  using folder = temporaryFolder()
  const path = folder.file('endless.json')
  writeFileSync(path, `[{"n":1},{"n":2,"text":[${'x'.repeat(5 * 1024 * 1024)}`)
  await expect(readAll(path)).rejects.toThrow('the record that begins at byte 9 has no end')
})

test('lines may end in any way, also by a lone carriage return; all records of a line have its place', async () => {
  using folder = temporaryFolder()
  const path = folder.file('mixed.jsonl')
  writeFileSync(path, '{"n":1}\r\n\n  \r\n{"n":2}\r{"n":3}\r\r{"n":4},\n{"n":5}')
  expect((await readAll(path)).found.map((one) => ('record' in one ? [one.place, one.record] : one))).toEqual([
    [1, { n: 1 }],
    [4, { n: 2 }],
    [4, { n: 3 }],
    [4, { n: 4 }],
    [5, { n: 5 }],
  ])
})
