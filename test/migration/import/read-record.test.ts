import { expect, test } from 'bun:test'
import { readLine, readRecord } from '../../../migration/import/read-record.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test.each<[string, string, unknown, readonly string[]]>([
  ['JSON', '{"a":1}', { a: 1 }, []],
  ['commas before brackets', '{"a":[1,2, ],"b":{"$date":"x",} , }', { a: [1, 2], b: { $date: 'x' } }, ['body:comma']],
  ['numbers that JSON has not', '{"a":NaN,"b":-Infinity,"c":[Infinity]}', { a: null, b: null, c: [null] }, ['body:empty_value']],
  [
    'values of MongoDB’s shell',
    '{"_id":ObjectId("65f0"),"a":NumberLong(4),"b":NumberLong("5"),"c":NumberInt( 6 ),"d":ISODate("2026-03-01T12:00:00Z"),"e":new Date(1772366400000),"f":NumberDecimal("1.5"),"g":undefined}',
    { _id: '65f0', a: 4, b: 5, c: 6, d: '2026-03-01T12:00:00Z', e: 1_772_366_400_000, f: 1.5, g: null },
    ['body:empty_value'],
  ],
  ['nothing of this within a text', '{"a":"NaN, ] NumberLong(4) \\", }",}', { a: 'NaN, ] NumberLong(4) ", }' }, ['body:comma']],
  ['a body of the shell', '{"a":"line\nend","disk_size":32G}', { a: 'line\nend', disk_size: '32G' }, ['body:control_character']],
])('%s is read', (_, text, record, repairs) => {
  expect(readRecord(bytes(text))).toEqual({ ok: true, value: { record, repairs } } as never)
})

test.each(['', 'text', '# a comment', '\u0000'])('%p is no record', (text) => {
  expect(readRecord(bytes(text))).toEqual({ ok: false, fault: { code: 'json_undecodable', field: 'record', rule: 'not_json' } })
})

test('of several records in a line each is read, unless one of them is broken: then a quote may be missing, and the line is one record', () => {
  const read = (text: string) => readLine(bytes(text)).map((one) => (one.ok ? one.value.record : one.fault.rule))
  expect(read('{"a":1}{"a":2} , {"a":3},')).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }])
  expect(read('{"a":1}')).toEqual([{ a: 1 }])
  expect(read('{"error":"a "b"},{"c" d","status":"failed"}')).toHaveLength(1)
})

test('large hostile records are read within the time of a test', () => {
  const hostile = [
    `{"a":"${'\\"'.repeat(2_000_000)}",}`,
    `{"a":${'['.repeat(1_000_000)}`,
    `{${'"'.repeat(1_000_001)}`,
    `{"a":"${'\\'.repeat(3_000_001)}`,
  ]
  for (const text of hostile) readLine(bytes(text))
  const [large] = readLine(bytes(hostile[0] ?? ''))
  expect(large?.ok && (large.value.record as { a: string }).a.length).toBe(2_000_000)
})
