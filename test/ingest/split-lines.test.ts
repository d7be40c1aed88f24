import { describe, expect, test } from 'bun:test'
import { splitLines } from '../../src/ingest/split-lines.ts'
import { eventBody } from '../part/running.ts'
import { bytesOf } from './sample-ingest.ts'

const itemsMax = 5

function textsOf(text: string, first = 0): readonly string[] {
  return splitLines(bytesOf(text), first, itemsMax).map((item) => new TextDecoder().decode(item).trimEnd())
}

const one = eventBody({ nsapp: 'one', error: 'a log with } { and \\"}{\\" in it' })
const two = eventBody({ nsapp: 'two', deep: { list: [{}, {}] } })

describe('objects of NDJSON are an item each', () => {
  test.each([
    ['a line each', `${one}\n${two}`],
    ['on one line', one + two],
    ['on one line with a blank between', `${one} ${two}`],
    ['with the line breaks of old systems', `${one}\r${two}\r`],
    ['with a comma between, as an array without its brackets', `${one},${two}`],
    ['with a comma at the end of a line', `${one},\n${two}`],
  ])('%s', (_name, text) => {
    expect(textsOf(text).map((item) => item.replace(/,$/, ''))).toEqual([one, two])
  })

  test('however many stand on a line', () => {
    expect(textsOf(`${one}${two}${one}\n${two}`)).toEqual([one, two, one, two])
  })
})

describe('one item stays', () => {
  test.each([
    ['an object with text behind it', `${one} and { more`],
    ['a log with quotes and braces of its own', '{"nsapp":"a","error":"{"a":1}{"b":2}","status":"failed"}'],
    ['an object that is cut off', one.slice(0, -1)],
    ['an object behind another one that is broken', `{"nsapp":}${one}`],
    ['a value behind an object', `${one}[${two}]`],
  ])('%s', (_name, text) => {
    expect(textsOf(text)).toEqual([text])
  })
})

test('no more than one past the limit is looked for', () => {
  expect(textsOf('{}'.repeat(100)).length).toBe(itemsMax + 1)
  expect(textsOf('{}\n'.repeat(100)).length).toBe(itemsMax + 1)
})

test('eight megabytes of braces take less than a second', () => {
  for (const text of ['{', '}', '{}', '}{', '{"}{']) {
    const body = new Uint8Array(8 * 1024 * 1024)
    for (let at = 0; at < body.length; at += 1) body[at] = text.charCodeAt(at % text.length)
    const started = performance.now()
    splitLines(body, 0, 10_000)
    expect(performance.now() - started).toBeLessThan(1_000)
  }
})
