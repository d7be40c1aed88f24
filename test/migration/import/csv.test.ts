import { expect, test } from 'bun:test'
import { writeFileSync } from 'node:fs'
import { readCsv } from '../../../migration/import/csv.ts'
import { fileSource } from '../../../migration/import/file-source.ts'
import { type FoundRecord, type Position, startOfSource } from '../../../migration/import/source.ts'
import { temporaryFolder } from '../../store/folder.ts'

async function read(text: string, chunkBytes = 7) {
  const bytes = new TextEncoder().encode(text)
  async function* chunks() {
    yield bytes.subarray(0, 100) // As a file does: the header stands in the first.
    for (let at = 100; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
  }
  const found: FoundRecord[] = []
  for await (const some of readCsv(chunks())) found.push(...some)
  return found.map((one) => ('record' in one ? one.record : one.fault.rule))
}

test('columns by old names, cells of several lines, quotes within, numbers where numbers belong', async () => {
  const text =
    '\uFEFFNSAPP,pveVersion,disk_size,os_version,error,status,random_id,has_arm\r\n' +
    'adguard,8.2,4.5,12,"line one\nline ""two"", three; four",done,aä,true\r\n\r\nimmich,,,,,failed,b,\n'
  expect(await read(text)).toEqual([
    {
      nsapp: 'adguard',
      pve_version: '8.2',
      disk_size: 4.5,
      os_version: '12',
      error: 'line one\nline "two", three; four',
      status: 'done',
      random_id: 'aä',
      has_arm: 'true',
    },
    { nsapp: 'immich', pve_version: '', disk_size: '', os_version: '', error: '', status: 'failed', random_id: 'b', has_arm: '' },
  ])
})

test.each([';', '\t'])('the sign between cells is the header’s: %j', async (sign) => {
  expect(await read(`nsapp${sign}status${sign}error\nx${sign}done${sign}a, b\n`)).toEqual([{ nsapp: 'x', status: 'done', error: 'a, b' }])
})

test('rows that are too short or too long, stray quotes and a cell that was cut off cost nothing else', async () => {
  expect(await read('nsapp,status\na\nb,done,more\nc "d",done\ne,"half')).toEqual([
    { nsapp: 'a' },
    { nsapp: 'b', status: 'done' },
    { nsapp: 'c "d"', status: 'done' },
    'truncated',
  ])
  expect(await read('nsapp,status\n')).toEqual([])
})

test('a table that was cut off loses its last record, which could be taken for another', async () => {
  const whole = 'nsapp,pveversion,pve_version,random_id,status\na,8,8,one,done\nb,8,8,two,done'
  const names = async (text: string) => (await read(text)).map((one) => (typeof one === 'string' ? one : (one as { nsapp: string }).nsapp))
  expect(await names(whole)).toEqual(['a', 'b'])
  expect(await names(whole.slice(0, -'done'.length - 2))).toEqual(['a', 'truncated'])
  expect(await names(`${whole.slice(0, -'done'.length - 2)}\n`)).toEqual(['a', 'b']) // Its line is whole: it was written so.
})

test('a table goes on at each place that it named', async () => {
  using folder = temporaryFolder()
  const path = folder.file('rows.csv.gz')
  const rows = Array.from({ length: 2_300 }, (_, index) => `app-${index},done,"error\nof ${index}"`)
  writeFileSync(path, Bun.gzipSync(`nsapp,status,error\n${rows.join('\n')}\n`))
  const readFrom = async (from: Position) => {
    const found: FoundRecord[] = []
    const ends: Position[] = []
    for await (const { records, end } of fileSource(path, { layout: 'csv', isPacked: true }).read(from)) {
      found.push(...records)
      ends.push(end)
    }
    return { found, ends }
  }
  const { found, ends } = await readFrom(startOfSource)
  expect(found.map(({ place }) => place)).toEqual(rows.map((_, index) => index + 1))
  expect(ends.length).toBe(5)
  for (const end of [...ends, { offset: 0, place: 777 }]) expect((await readFrom(end)).found).toEqual(found.slice(end.place))
})
