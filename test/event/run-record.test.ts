import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { join } from '../../src/event/merge.ts'
import { withoutTrace } from '../../src/event/outcome.ts'
import { decodeState, encodeState, stateCharactersMax } from '../../src/event/run-record.ts'
import { runState } from './run-arbitrary.ts'

const whole = {
  version: 1,
  fields: { type: ['lxc', 7], disk_size: [8, 1] },
  outcome: { status: 'failed', exit_code: 100, trace_length: 0, trace_hash: '' },
  stages: { installing: [1, 2], terminal: [3, 3] },
  repairs: [],
  rules: [],
}

describe('an encoded state', () => {
  test('decodes to the same state, with the trace that stood beside it', () => {
    fc.assert(
      fc.property(runState, (state) =>
        expect(decodeState(encodeState(state), state.outcome?.trace)).toStrictEqual({ ok: true, value: state }),
      ),
    )
  })

  test('holds no trace, and without it decodes to the state whose trace was removed', () => {
    fc.assert(
      fc.property(runState, (state) => {
        const bare = state.outcome === undefined ? state : { ...state, outcome: withoutTrace(state.outcome) }
        expect(encodeState(state)).toBe(encodeState(bare))
        expect(decodeState(encodeState(state))).toStrictEqual({ ok: true, value: bare })
      }),
    )
  })

  test('merges after the exchange as it would have before', () => {
    fc.assert(
      fc.property(runState, runState, (a, b) => {
        const returned = decodeState(encodeState(a), a.outcome?.trace)
        expect(returned.ok && join(returned.value, b)).toStrictEqual(join(a, b))
      }),
    )
  })

  test('is one text for states whose parts came in another order', () => {
    const decoded = decodeState(JSON.stringify({ ...whole, fields: { disk_size: [8, 1], type: ['lxc', 7] } }))
    expect(decoded.ok && encodeState(decoded.value)).toBe(JSON.stringify(whole))
  })
})

describe('a state from another hand', () => {
  test.each([
    ['no text', '', 'not_json', ''],
    ['no JSON', '{"version":', 'not_json', ''],
    ['a million brackets', '['.repeat(60_000), 'not_json', ''],
    ['a text beyond the limit', ' '.repeat(stateCharactersMax + 1), 'too_long', ''],
    ['null', 'null', 'version_unknown', '/version'],
    ['a list', '[]', 'version_unknown', '/version'],
    ['another version', JSON.stringify({ ...whole, version: 2 }), 'version_unknown', '/version'],
    ['nothing but a version', '{"version":1}', 'part_invalid', '/fields'],
    ['no type', JSON.stringify({ ...whole, fields: {} }), 'part_invalid', '/fields/type'],
    ['an unknown type', withField('type', ['container', 7]), 'part_invalid', '/fields/type/0'],
    ['a rank beyond the last', withField('type', ['lxc', 8]), 'part_invalid', '/fields/type/1'],
    ['half a rank', withField('type', ['lxc', 0.5]), 'part_invalid', '/fields/type/1'],
    ['a value without a rank', withField('nsapp', ['alpine']), 'part_invalid', '/fields/nsapp'],
    ['a number as text', withField('disk_size', ['8', 1]), 'part_invalid', '/fields/disk_size/0'],
    ['a disk beyond the limit', withField('disk_size', [1e9, 1]), 'part_invalid', '/fields/disk_size/0'],
    ['a name of many kilobytes', withField('nsapp', ['a'.repeat(9000), 1]), 'part_invalid', '/fields/nsapp/0'],
    ['no stage', JSON.stringify({ ...whole, stages: {}, outcome: undefined }), 'part_invalid', '/stages'],
    ['an end before its beginning', JSON.stringify({ ...whole, stages: { terminal: [9, 3] } }), 'part_invalid', '/stages'],
    ['a time before 1970', JSON.stringify({ ...whole, stages: { terminal: [-1, 3] } }), 'part_invalid', '/stages/terminal/0'],
    ['an outcome of a run that did not end', JSON.stringify({ ...whole, stages: { installing: [1, 1] } }), 'part_invalid', '/outcome'],
    ['an end without an outcome', JSON.stringify({ ...whole, outcome: undefined }), 'part_invalid', '/outcome'],
    ['a length without a hash', withOutcome({ trace_length: 4 }), 'part_invalid', '/outcome/trace_hash'],
    ['a hash that is none', withOutcome({ trace_hash: 'alice', trace_length: 4 }), 'part_invalid', '/outcome/trace_hash'],
    ['a status from on the way', withOutcome({ status: 'installing' }), 'part_invalid', '/outcome/status'],
    ['a list of many rules', JSON.stringify({ ...whole, rules: Array(500).fill('ipv4') }), 'part_invalid', '/rules'],
  ])('is refused where it is %s', (_name, text, code, part) => {
    expect(decodeState(text)).toEqual({ ok: false, fault: { code, part } as never })
  })

  test('is refused with a trace beyond the limit', () => {
    expect(decodeState(JSON.stringify(whole), 'a'.repeat(100_000))).toMatchObject({ ok: false, fault: { part: '/trace' } })
  })

  test('is brought into the form that join works on', () => {
    const loose = {
      ...whole,
      fields: { type: ['lxc', 7], disk_size: [0, 7], nsapp: ['', 7], ct_type: [-0, 7], gpu_vendor: ['unknown', 7], colour: ['red', 7] },
      outcome: { ...whole.outcome, error: '', error_category: 'unknown', install_duration: 0 },
      repairs: ['b:c', 'a:b', 'b:c'],
    }
    expect(decodeState(JSON.stringify(loose).replace('"ct_type":[0', '"ct_type":[-0'))).toStrictEqual({
      ok: true,
      value: {
        fields: { type: { value: 'lxc', rank: 7 }, ctType: { value: 0, rank: 7 } },
        outcome: { status: 'failed', exitCode: 100, traceLength: 0, traceHash: '' },
        stages: { installing: { first: 1, last: 2 }, terminal: { first: 3, last: 3 } },
        repairs: ['a:b', 'b:c'],
        rules: [],
      },
    })
  })

  test('cannot reach into objects of ours', () => {
    const text = JSON.stringify(whole).replace(
      '"fields":{',
      '"__proto__":{"repairs":["a"]},"fields":{"__proto__":["x",7],"constructor":["x",7],',
    )
    expect(decodeState(text)).toStrictEqual(decodeState(JSON.stringify(whole)))
  })

  test('never makes decodeState throw', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(decodeState(text).ok).toBe(false)))
    fc.assert(fc.property(fc.json(), (text) => expect(decodeState(text).ok).toBe(false)))
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(whole).slice(1)), fc.jsonValue(), (part, value) => {
        const decoded = decodeState(JSON.stringify({ ...whole, [part]: value }))
        if (decoded.ok) expect(decodeState(encodeState(decoded.value))).toStrictEqual(decoded)
      }),
    )
  })
})

function withField(name: string, ranked: readonly unknown[]): string {
  return JSON.stringify({ ...whole, fields: { ...whole.fields, [name]: ranked } })
}

function withOutcome(part: object): string {
  return JSON.stringify({ ...whole, outcome: { ...whole.outcome, ...part } })
}
