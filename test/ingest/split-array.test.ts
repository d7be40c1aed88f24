import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { splitArray } from '../../src/ingest/split-array.ts'

const elementsMax = 1_000

function split(text: string, most = elementsMax) {
  const { elements, end } = splitArray(Buffer.from(text), text.indexOf('['), most)
  return { elements: elements.map((bytes) => Buffer.from(bytes).toString().trim()), end }
}

const good = '{"nsapp":"a","error":"x, ]} \\"},{\\" y"}'

describe('an array of JSON is taken apart as a parser would', () => {
  test.each([
    ['nothing', '[]', []],
    ['blanks', ' [ \n ] ', []],
    ['scalars', '[1, "a,]" ,null,true]', ['1', '"a,]"', 'null', 'true']],
    ['a comma too many', '[1,2,]', ['1', '2']],
    [
      'objects in objects in arrays',
      '[{"a":[{"b":1},{"c":[2]}]},[[{"d":1},{"e":2}]]]',
      ['{"a":[{"b":1},{"c":[2]}]}', '[[{"d":1},{"e":2}]]'],
    ],
    ['texts that look like the next element', `[${good},${good}]`, [good, good]],
    ['a text that is nothing but a separator', '[{"a":"},{"},{"b":"},{"}]', ['{"a":"},{"}', '{"b":"},{"}']],
  ])('%s', (_, text, elements) => {
    expect(split(text)).toEqual({ elements, end: 'whole' })
  })

  test('whatever its values are, and however it is written', () => {
    const gap = fc.constantFrom(undefined, 1, 2, '\t')
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 8 }), gap, (values, space) => {
        const { elements, end } = split(JSON.stringify(values, null, space))
        expect(end).toBe('whole')
        expect(elements.map((element) => JSON.stringify(JSON.parse(element)))).toEqual(values.map((value) => JSON.stringify(value)))
      }),
    )
  })
})

describe('an element that is broken costs no other', () => {
  test.each([
    ['no JSON at all', '{bad json}'],
    ['a quote that is missing', '{"nsapp":"a,"status":"failed"}'],
    ['a quote that is too many', '{"nsapp":"a"","status":"failed"}'],
    ['quotes in its log', '{"nsapp":"a","error":"he said "no" to me"}'],
    ['a bracket in its log behind a quote', '{"nsapp":"a","error":"arr["x"], [1]] "end"}'],
    ['a brace that is missing', '{"nsapp":"a","status":"failed"'],
    ['a brace that is too many', '{"nsapp":"a"}}'],
    ['raw line breaks in its log', '{"nsapp":"a","error":"one\ntwo"}'],
    ['text behind it', '{"nsapp":"a"} and more'],
    ['no value', '{"nsapp":,"ram":}'],
  ])('%s', (_, broken) => {
    for (const separator of [',', ', ', ' ,\n  ']) {
      const { elements, end } = split(`[${good}${separator}${broken}${separator}${good}${separator}${good}]`)
      expect(elements).toEqual([good, broken, good, good])
      expect(end).toBe('whole')
    }
  })

  test('a comma that is missing between two objects', () => {
    expect(split(`[${good}${good}\n${good}]`)).toEqual({ elements: [good, good, good], end: 'whole' })
  })

  test('nothing between two commas', () => {
    expect(split('[1,,2]')).toEqual({ elements: ['1', '', '2'], end: 'whole' })
  })
})

describe('what is no element is told apart', () => {
  test.each([
    ['the start alone', '[', [], 'truncated'],
    ['a comma at the end', `[${good},`, [good], 'truncated'],
    ['no end', `[${good}`, [good], 'truncated'],
    ['half an element', `[${good},{"nsapp":"a`, [good], 'truncated'],
    ['half a number', '[1,2', ['1'], 'truncated'],
    ['an endless opening', '['.repeat(9_999), [], 'truncated'],
    ['another array', '[1][2]', ['1'], 'trailing_text'],
    ['text', '[1] x', ['1'], 'trailing_text'],
  ])('%s', (_, text, elements, end) => {
    expect(split(text)).toEqual({ elements, end } as ReturnType<typeof split>)
  })

  test('too many elements are not all looked for', () => {
    expect(split('[1,2,3]', 3)).toMatchObject({ end: 'whole' })
    const { elements, end } = split('[1,2,3,4,5,6]', 3)
    expect([elements.length, end]).toEqual([4, 'beyond_limit'])
  })
})

const megabyte = 1024 * 1024

describe('eight megabytes take about eight times what one takes', () => {
  test.each([
    ['quotes', '"'],
    ['escaped quotes', '\\"'],
    ['backslashes', '\\'],
    ['openings', '[{"a":'],
    ['separators', '},{"a":"'],
    ['separators of blanks', `}, ${' '.repeat(60)}{"`],
    ['commas and braces', ',{'],
    ['ends', '{]'],
    ['ends with blanks', `{]${' '.repeat(500)}`],
  ])('%s', (_, part) => {
    const one = fastest(part, megabyte)
    const eight = fastest(part, 8 * megabyte)
    // What looks again at all that went before would take 64 times as long. Short times are a matter of the clock.
    expect(eight).toBeLessThan(24 * Math.max(one, shortestMilliseconds))
  })
})

const shortestMilliseconds = 5

/** Milliseconds of processor time, of three tries the shortest: what else runs on the machine only adds. */
function fastest(part: string, bytes: number): number {
  const body = Buffer.concat([Buffer.from('[{'), Buffer.alloc(bytes, part)])
  return Math.min(
    ...[1, 2, 3].map(() => {
      const start = process.cpuUsage()
      splitArray(body, 0, 10_000)
      const { user, system } = process.cpuUsage(start)
      return (user + system) / 1000
    }),
  )
}
