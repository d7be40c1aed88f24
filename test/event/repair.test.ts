import { describe, expect, test } from 'bun:test'
import { Value } from '@sinclair/typebox/value'
import fc from 'fast-check'
import { parseJson } from '../../src/event/decode.ts'
import { InstallWire } from '../../src/event/install.ts'
import { readPairs, repairBody } from '../../src/event/repair.ts'
import { readWire } from '../../src/event/wire.ts'

/** The same random bodies in every run. */
const seed = 20_261_122
const head = '"random_id":"a1","type":"lxc","nsapp":"x","status":"failed"'
const tail = '"error_category":"shell","install_duration":12,"repo_source":"ProxmoxVE"'

describe('a broken body is read as it was meant', () => {
  const rows: readonly (readonly [name: string, body: string, fields: object, repairs: string])[] = [
    [
      'units on every count',
      `{${head},"disk_size":32G,"core_count":2c,"ram_size":2048MB,"install_duration":9s,"exit_code":1x}`,
      { disk_size: 32, core_count: 2, ram_size: 2048, install_duration: 9, exit_code: 1 },
      'disk_size:unit core_count:unit ram_size:unit install_duration:unit exit_code:unit',
    ],
    ['a unit behind a blank and before a line break', `{${head},"disk_size": 32 G\n}`, { disk_size: 32 }, 'disk_size:unit'],
    [
      'a unit inside a log is text',
      `{${head},"disk_size":8G,"error":"\\"disk_size\\": 32G"}`,
      { disk_size: 8, error: '"disk_size": 32G' },
      'disk_size:unit',
    ],
    ['\\xNN is a character', `{${head},"error":"caf\\xe9"}`, { error: 'café' }, 'body:hex_escape'],
    ['an escaped backslash before xNN stays', `{${head},"error":"\\\\x41 \\x41"}`, { error: '\\x41 A' }, 'body:hex_escape'],
    ['raw line breaks and tabs', `{${head},"error":"a\nb\tc\r\nd"}`, { error: 'a\nb\tc\nd' }, 'body:control_character'],
    ['other raw control characters are blanks', `{${head},"error":"a\u0001b"}`, { error: 'a b' }, 'body:control_character'],
    [
      'raw terminal codes go whole',
      `{${head},"error":"a \u001b[31mb\u001b[0m c","method":"\u001b[1mx"}`,
      { error: 'a b c', method: 'x' },
      'body:control_character error:control_character method:control_character',
    ],
    ['invalid escapes keep their backslash', `{${head},"error":"\\_ \\- \\u12"}`, { error: '\\_ \\- \\u12' }, 'body:invalid_escape'],
    [
      'legal escapes beside an invalid one',
      `{${head},"error":"\\q\\"\\/\\b\\n\\u00e4\\ud83d\\ude00"}`,
      { error: '\\q"/ \nä😀' },
      'body:invalid_escape error:control_character',
    ],
    ['a missing value', `{${head},"disk_size": ,"core_count":}`, {}, 'body:empty_value'],
    ['a text without quotes', `{${head},"method":default,"has_arm":true}`, { method: 'default', has_arm: true }, 'body:unquoted_text'],
    ['a trailing comma', `{${head},"disk_size":8,}`, { disk_size: 8 }, 'body:comma'],
    ['two commas', `{${head},,"disk_size":8}`, { disk_size: 8 }, 'body:comma'],
    ['a leading zero', `{${head},"disk_size":08}`, { disk_size: 8 }, 'disk_size:text_number'],
    ['text behind the end', `{${head}} 2>/dev/null`, {}, 'body:trailing_text'],
    ['a nested value of an unknown key', `{${head},"extra":{"nsapp":["]"]},"disk_size":8G}`, { disk_size: 8 }, 'disk_size:unit'],
    ['an array in one of our fields', `{${head},"method":["a"],"disk_size":8G}`, { disk_size: 8 }, 'method:wrong_type disk_size:unit'],
    ['a further object', `{${head},"error":"x"}\n{"error":"y","nsapp":"z"}`, { error: 'x' }, 'body:trailing_text'],
    ['a word between two fields', `{${head} oops ,"disk_size":8}`, { disk_size: 8 }, 'body:misplaced_text'],

    [
      'quotes in a one-line log',
      `{${head},"error":"say "hi" to "all"",${tail}}`,
      { error: 'say "hi" to "all"', install_duration: 12 },
      'error:unescaped_quote',
    ],
    [
      'quotes in a log of many lines',
      `{\n${head},\n"error":"say "hi"\nbye "all"",\n${tail}\n}`,
      { error: 'say "hi"\nbye "all"', error_category: 'shell' },
      'error:unescaped_quote body:control_character',
    ],
    ['the log as the last field', `{${head},"error":"a "b", "c""}`, { error: 'a "b", "c"' }, 'error:unescaped_quote'],
    [
      'fields that the log only quotes',
      `{${head},"error":"got {"n": "m", "repo_source": "external", "platform": "y"} back",${tail}}`,
      { error: 'got {"n": "m", "repo_source": "external", "platform": "y"} back', repo_source: 'ProxmoxVE', platform: undefined },
      'error:unescaped_quote',
    ],
    [
      'fields that came before the log',
      `{${head},"error":"x", "status": "success", "type": "vm" y",${tail}}`,
      { status: 'failed', error: 'x", "status": "success", "type": "vm" y' },
      'error:unescaped_quote',
    ],
    [
      'an object of ours inside the log',
      `{${head},"error":"{"name":"n","platform":"y"} z",${tail}}`,
      { error: '{"name":"n","platform":"y"} z', platform: undefined },
      'error:unescaped_quote',
    ],
    [
      'a field behind the log that we do not know',
      `{${head},"error":"a "b"","error_category":"shell","newer":[1,"x"],"disk_size":8}`,
      { error: 'a "b"', error_category: 'shell', disk_size: 8 },
      'error:unescaped_quote',
    ],
    [
      'a unit behind the log',
      `{${head},"error":"a "b"","install_duration":9s}`,
      { error: 'a "b"', install_duration: 9 },
      'error:unescaped_quote install_duration:unit',
    ],
    [
      'a missing comma between two lines',
      `{${head},\n"error":"a "b""\n"disk_size":8}`,
      { error: 'a "b"', disk_size: 8 },
      'body:comma error:unescaped_quote',
    ],
    [
      'a backslash before the closing quote',
      `{${head},"error":"path C:\\",${tail}}`,
      { error: 'path C:\\', error_category: 'shell' },
      'error:unescaped_quote body:invalid_escape',
    ],
    [
      'quotes in a short text',
      `{"random_id":"a1","type":"lxc","nsapp":"my "own" x","status":"failed"}`,
      { nsapp: 'my "own" x' },
      'body:unescaped_quote',
    ],

    [
      'a body cut inside its log',
      `{${head},"exit_code":1,"error":"line one\\nline t`,
      { exit_code: 1, error: 'line one\nline t' },
      'body:truncated',
    ],
    [
      'a body cut inside a log with quotes',
      `{${head},"error":"say "hi" and "by`,
      { error: 'say "hi" and "by' },
      'error:unescaped_quote body:truncated',
    ],
    [
      'a body cut behind its log',
      `{${head},"error":"say "hi"", "install_dur`,
      { error: 'say "hi"' },
      'error:unescaped_quote body:truncated',
    ],
    ['a body cut inside a number', `{${head},"disk_size":8,"ram_size":20`, { disk_size: 8, ram_size: undefined }, 'body:truncated'],
    ['a body cut inside a short text', `{${head},"method":"def`, { method: undefined }, 'body:truncated'],
    ['a body cut inside a key', `{${head},"meth`, {}, 'body:truncated'],
    ['a body cut before its last brace', `{${head},"method":"default"`, { method: 'default' }, 'body:truncated'],
    ['a body cut inside a nested value', `{${head},"x":[1,{"y":"z`, {}, 'body:truncated'],
  ]
  test.each(rows)('%s', (_, body, fields, repairs) => {
    const wire = readWire(body)
    if (!wire.ok) throw new Error(JSON.stringify(wire.fault))
    expect(wire.value.fields as object).toEqual({
      random_id: 'a1',
      type: 'lxc',
      nsapp: 'x',
      status: 'failed',
      ...expectTail(body, wire.value.fields),
      ...fields,
    })
    expect([...wire.value.repairs].sort()).toEqual(repairs.split(' ').filter(Boolean).sort() as never)
  })

  /** The fields behind the log come through whole in every row that has them. */
  function expectTail(body: string, fields: InstallWire): object {
    return body.includes(tail) && fields.install_duration === 12
      ? { error_category: 'shell', install_duration: 12, repo_source: 'ProxmoxVE' }
      : {}
  }
})

const noises: readonly (readonly [string, string])[] = [
  ...['"', '\\', '{', '[', '}', '1', ',', ':', ' ', '\n', '\n"', ' "', '"}', '{"a":', '{"a":[', '{"error":"', '{"error":"x",'],
  ...[
    '", "ram_speed": "',
    '","os_version":"',
    '{"error":"\\',
    '"a":"b" ',
    '"error":"x" ',
    '"error":"x","nsapp":"y",',
    '\\"',
    '"a":1,',
    '1"',
    '"\\u12',
    '\u001b]',
  ],
].flatMap((unit) =>
  ['', '{', '{"error":"', '{"nsapp":"', '{"x":']
    .map((start) => [JSON.stringify(start + unit), start + unit] as const)
    .map(([name, noise]) => [name, noise] as const),
)

describe('noise costs linear time', () => {
  const lengthOf = (unit: string, length: number) => {
    const start = ['{"error":"', '{"nsapp":"', '{"x":', '{'].find((prefix) => unit.startsWith(prefix) && unit.length > prefix.length) ?? ''
    const repeat = unit.slice(start.length)
    return start + repeat.repeat(Math.ceil(length / repeat.length))
  }
  test.each(noises)('%s', (_, unit) => {
    const quarter = lengthOf(unit, 16_384)
    const whole = lengthOf(unit, 65_536)
    const stepsOfQuarter = repairBody(quarter)?.steps ?? 0
    const stepsOfWhole = repairBody(whole)?.steps ?? 0
    expect(stepsOfWhole).toBeLessThanOrEqual(stepsOfQuarter * 4.5 + 10_000)
    expect(stepsOfWhole).toBeLessThanOrEqual(whole.length * 60 + 10_000)
  })

  test('a megabyte of each kind in a log is refused and nothing throws', () => {
    for (const [, unit] of noises) {
      if (unit.startsWith('{"error":"')) expect(readWire(lengthOf(unit, 1_048_576)).ok).toBe(false)
    }
  }, 30_000)
})

test('a megabyte of nesting is no fault', () => {
  for (const bomb of ['['.repeat(1_000_000), '{"a":'.repeat(200_000)]) {
    expect(readWire(bomb).ok).toBe(false)
    expect(readWire(`{${head},"x":${bomb}`)).toMatchObject({ ok: true, value: { fields: { nsapp: 'x' } } })
  }
})

test('random bytes never throw, and what is accepted passes the schema', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '"',
    ',',
    ':',
    '\\',
    '\n',
    ' ',
    '[',
    ']',
    'null',
    '12',
    '8G',
    '"error":"',
    '"nsapp":"x"',
    head,
    tail,
    '"disk_size":',
    '\\x',
    '\\u',
    'é',
  )
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.array(pieces, { maxLength: 40 }).map((parts) => Buffer.from(parts.join(''))),
    fc.array(pieces, { maxLength: 40 }).map((parts) => Buffer.from(`{${head},${parts.join('')}`)),
  )
  let accepted = 0
  fc.assert(
    fc.property(body, (bytes) => {
      const wire = readWire(bytes)
      if (!wire.ok) return
      accepted += 1
      expect(Value.Check(InstallWire, wire.value.fields)).toBe(true)
    }),
    { numRuns: 1000, seed },
  )
  expect(accepted).toBeGreaterThan(200)
})

test('a whole body with an unescaped log gives back log and fields', () => {
  const word = fc.constantFrom('"', '" ', ' "', 'a', '", "', '": "', '{"a": 1}', '"nsapp": "y"', '\n', '"status": "success"', ',', '}')
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), (words) => {
      const log = `start ${words.join('')} end`
      const body = `{${head},"error":"${log}",${tail}}`
      // A log that happens to close and open quotes like fields do says what it says.
      fc.pre(!/", "[^"]*": "/.test(log) || readPairs(body, 'strict')?.isClean === false)
      fc.pre(parseJson(body) === undefined)
      const wire = readWire(body)
      expect(wire).toMatchObject({
        ok: true,
        value: {
          fields: { nsapp: 'x', status: 'failed', error: log, error_category: 'shell', install_duration: 12, repo_source: 'ProxmoxVE' },
        },
      })
    }),
    { numRuns: 1000, seed },
  )
})
