import { describe, expect, test } from 'bun:test'
import { Value } from '@sinclair/typebox/value'
import fc from 'fast-check'
import { InstallWire, installFields } from '../../src/event/install.ts'
import { readWire, readWireObject } from '../../src/event/wire.ts'

const base = { random_id: 'a1', type: 'lxc', nsapp: 'grafana', status: 'success' }

describe('what is refused, with field and rule', () => {
  const refused: readonly (readonly [string, string, string, string, string])[] = [
    ['an empty body', '', 'json_undecodable', 'body', 'empty'],
    ['white space', ' \n\t', 'json_undecodable', 'body', 'empty'],
    ['an array', '[{"random_id":"a1","type":"lxc","nsapp":"x","status":"failed"}]', 'json_undecodable', 'body', 'not_an_object'],
    ['a broken array', '[{"random_id":"a1"', 'json_undecodable', 'body', 'not_an_object'],
    ['a text', '"random_id"', 'json_undecodable', 'body', 'not_an_object'],
    ['a number', '17', 'json_undecodable', 'body', 'not_an_object'],
    ['null', 'null', 'json_undecodable', 'body', 'not_an_object'],
    ['a form', 'random_id=a1&type=lxc', 'json_undecodable', 'body', 'not_json'],
    ['a cut body without a status', '{"random_id":"a1","type":"lxc","nsapp":"x","sta', 'json_undecodable', 'body', 'not_json'],
    ['no id at all', JSON.stringify({ ...base, random_id: undefined }), 'payload_unusable', 'random_id', 'missing'],
    ['a blank id', JSON.stringify({ ...base, random_id: '  ' }), 'payload_unusable', 'random_id', 'missing'],
    ['no name', JSON.stringify({ ...base, nsapp: null }), 'payload_unusable', 'nsapp', 'missing'],
    ['an empty name', JSON.stringify({ ...base, nsapp: '' }), 'payload_unusable', 'nsapp', 'missing'],
    ['no status', JSON.stringify({ ...base, status: undefined }), 'payload_unusable', 'status', 'missing'],
    ['an empty status', JSON.stringify({ ...base, status: '' }), 'payload_unusable', 'status', 'missing'],
    ['no type', JSON.stringify({ ...base, type: undefined }), 'payload_unusable', 'type', 'missing'],
    ['an unknown type', JSON.stringify({ ...base, type: 'kubernetes' }), 'payload_unusable', 'type', 'unknown_value'],
    ['a type that is no text', JSON.stringify({ ...base, type: 5 }), 'payload_unusable', 'type', 'unknown_value'],
    ['a whole body with a unit but without a name', '{"random_id":"a1","disk_size":8G}', 'payload_unusable', 'nsapp', 'missing'],
  ]
  test.each(refused)('%s', (_, body, code, field, rule) => {
    expect(readWire(body)).toEqual({ ok: false, fault: { code, field, rule } } as ReturnType<typeof readWire>)
  })

  test('a refusal never holds what was sent', () => {
    const body = JSON.stringify({ ...base, type: 'canary-7f3a' })
    expect(JSON.stringify(readWire(body))).not.toContain('canary')
  })
})

describe('the leniency of the decoder', () => {
  const read = (body: string | Uint8Array) => {
    const wire = readWire(body)
    if (!wire.ok) throw new Error(JSON.stringify(wire.fault))
    return wire.value
  }
  const start = '{"random_id":"a1","type":"lxc","status":"success",'

  test('keys match in any case', () =>
    expect(read('{"Random_Id":"a1","TYPE":"lxc","Status":"success","NSAPP":"x"}').fields.nsapp).toBe('x'))
  test('the last of repeated keys counts', () => expect(read(`${start}"nsapp":"x","nsapp":"y"}`).fields.nsapp).toBe('y'))
  test('the last counts whatever its case', () => expect(read(`${start}"nsapp":"x","NSAPP":"y","nsapp":"z"}`).fields.nsapp).toBe('z'))
  test('the last counts in a batch too', () =>
    expect(readWireObject({ ...base, NSAPP: 'y' })).toMatchObject({ value: { fields: { nsapp: 'y' } } }))
  test('null changes nothing', () =>
    expect(read(`${start}"nsapp":"x","nsapp":null,"os_type":null}`).fields).toEqual({ ...base, nsapp: 'x' } as never))
  test('an empty repeat empties the field', () =>
    expect(read(`${start}"nsapp":"x","method":"a","method":""}`).fields.method).toBeUndefined())
  test('text after the first value is ignored', () => {
    const wire = read(`${start}"nsapp":"x"}\n{"nsapp":"y"} and more`)
    expect(wire.fields.nsapp).toBe('x')
    expect(wire.repairs).toEqual(['body:trailing_text'])
  })
  test('invalid UTF-8 becomes the replacement character', () => {
    const wire = read(Buffer.concat([Buffer.from(`${start}"nsapp":"x`), Buffer.from([0xc3]), Buffer.from('"}')]))
    expect(wire.fields.nsapp).toBe('x\ufffd')
    expect(wire.repairs).toEqual(['body:invalid_utf8'])
  })
  test('a replacement character that was sent is no damage', () => {
    expect(read(Buffer.from(`${start}"nsapp":"x\ufffd"}`)).repairs).toEqual([])
  })
  test('a byte order mark is passed', () => {
    expect(read(`\ufeff${start}"nsapp":"x"}`).repairs).toEqual([])
    expect(read(Buffer.from(`\ufeff${start}"nsapp":"x"}`)).fields.nsapp).toBe('x')
  })
  test('escaped keys and nested values of unknown keys are read as JSON', () => {
    const wire = read(`${start}"ns\\u0061pp":"x","a\\"b":{"nsapp":["y"]},"nsapp":null}`)
    expect(wire.fields.nsapp).toBe('x')
    expect(wire.unknownKeys).toBe(1)
  })
  test('P1 unknown fields are dropped and counted', () => {
    const wire = read(`${start}"nsapp":"x","hostname":"pve.example.org","__proto__":{"method":"y"},"constructor":1}`)
    expect(wire.fields).toEqual({ ...base, nsapp: 'x' } as never)
    expect(wire.unknownKeys).toBe(3)
  })
})

describe('a value is read as its field wants it', () => {
  const rows: readonly (readonly [field: string, sent: unknown, stored: unknown, repair: string])[] = [
    // Counts.
    ['disk_size', 0, 0, ''],
    ['disk_size', 100_000, 100_000, ''],
    ['disk_size', 100_001, undefined, 'disk_size:out_of_range'],
    ['disk_size', -1, undefined, 'disk_size:out_of_range'],
    ['disk_size', '32', 32, 'disk_size:text_number'],
    ['disk_size', ' 32 ', 32, 'disk_size:text_number'],
    ['disk_size', '32G', 32, 'disk_size:unit'],
    ['disk_size', '32 GB', 32, 'disk_size:unit'],
    ['disk_size', '1T', 1024, 'disk_size:unit'],
    ['disk_size', 32.5, 32, 'disk_size:fraction'],
    ['disk_size', '', undefined, ''],
    ['disk_size', 'big', undefined, 'disk_size:not_a_number'],
    ['disk_size', '1,5', undefined, 'disk_size:not_a_number'],
    ['disk_size', '9'.repeat(70), undefined, 'disk_size:not_a_number'],
    ['disk_size', true, undefined, 'disk_size:wrong_type'],
    ['disk_size', [8], undefined, 'disk_size:wrong_type'],
    ['disk_size', { gb: 8 }, undefined, 'disk_size:wrong_type'],
    ['ct_type', 2, 2, ''],
    ['ct_type', 3, undefined, 'ct_type:out_of_range'],
    ['ct_type', '1', 1, 'ct_type:text_number'],
    ['core_count', 256, 256, ''],
    ['core_count', 257, undefined, 'core_count:out_of_range'],
    ['core_count', '1.5', 1, 'core_count:text_number core_count:fraction'],
    ['core_count', '3.2e1', 32, 'core_count:text_number'],
    ['core_count', -0.5, 0, 'core_count:fraction'],
    ['ram_size', 1_048_576, 1_048_576, ''],
    ['ram_size', 1_048_577, undefined, 'ram_size:out_of_range'],
    ['ram_size', '2048MB', 2048, 'ram_size:unit'],
    ['ram_size', '2G', 2048, 'ram_size:unit'],
    ['exit_code', 255, 255, ''],
    ['exit_code', 256, undefined, 'exit_code:out_of_range'],
    ['exit_code', '0', 0, 'exit_code:text_number'],
    ['install_duration', 86_400, 86_400, ''],
    ['install_duration', 86_401, undefined, 'install_duration:out_of_range'],
    ['install_duration', '214s', 214, 'install_duration:unit'],
    ['install_duration', '2 min', 120, 'install_duration:unit'],
    // Values of a list.
    ['type', 'LXC', 'lxc', 'type:letter_case'],
    ['type', 'VM', 'vm', 'type:letter_case'],
    ['type', 'Tool', 'tool', 'type:letter_case'],
    ['type', 'Addon', 'addon', 'type:letter_case'],
    ['type', ' pve ', 'pve', ''],
    ['type', 'turnkey', 'turnkey', ''],
    ['status', 'Success', 'success', 'status:letter_case'],
    ['status', 'Failed', 'failed', 'status:letter_case'],
    ['status', 'Installing', 'installing', 'status:letter_case'],
    ['status', 'done', 'success', 'status:alias'],
    ['status', 'sucess', 'success', 'status:alias'],
    ['status', 'finished', 'unknown', 'status:unknown_value'],
    ['status', 3, 'unknown', 'status:wrong_type'],
    ['os_type', '-', undefined, ''],
    ['os_type', 'none', undefined, ''],
    ['os_type', '', undefined, ''],
    ['os_type', 'Debian', 'debian', 'os_type:letter_case'],
    ['os_type', 'turnkey', 'turnkey', ''],
    ['os_type', 'umbrel-os', 'umbrel-os', ''],
    ['os_type', 'templeos', undefined, 'os_type:unknown_value'],
    ['os_type', 7, undefined, 'os_type:wrong_type'],
    ['error_category', 'Network', 'network', 'error_category:letter_case'],
    ['error_category', 'runtime', 'runtime', ''],
    ['error_category', 'aborted', 'user_aborted', 'error_category:alias'],
    ['error_category', 'weather', 'unknown', 'error_category:unknown_value'],
    ['gpu_vendor', 'NVIDIA', 'nvidia', 'gpu_vendor:letter_case'],
    ['gpu_vendor', 'matrox', 'unknown', 'gpu_vendor:unknown_value'],
    ['gpu_vendor', '', undefined, ''],
    ['gpu_passthrough', 'vgpu', 'vgpu', ''],
    ['gpu_passthrough', 'sli', 'unknown', 'gpu_passthrough:unknown_value'],
    ['cpu_vendor', 'qualcomm', 'qualcomm', ''],
    ['cpu_vendor', 'zilog', 'unknown', 'cpu_vendor:unknown_value'],
    ['repo_source', 'ProxmoxVED', 'ProxmoxVED', ''],
    ['repo_source', 'proxmoxve', 'ProxmoxVE', 'repo_source:letter_case'],
    ['repo_source', 'Proxmox VE', 'ProxmoxVE', 'repo_source:alias'],
    ['repo_source', 'elsewhere', undefined, 'repo_source:unknown_value'],
    // Texts.
    ['os_version', 13, '13', 'os_version:number_text'],
    ['os_version', false, undefined, 'os_version:wrong_type'],
    ['method', '  default ', 'default', ''],
    ['method', 'my\r\ndefaults', 'my defaults', 'method:control_character'],
    ['method', 'a\u0000b\u009bc', 'a b c', 'method:control_character'],
    ['method', '\n default\n', 'default', ''],
    ['method', '\ud800x', '\ufffdx', 'method:unpaired_surrogate'],
    // What will be cloaked is noted as cut and keeps its rest until then; an id is not cloaked, so it is cut at once.
    ['method', 'ä'.repeat(17), 'ä'.repeat(17), 'method:cut'],
    ['ram_speed', '3200', '3200', ''],
    ['ram_speed', '12345678901234567', '12345678901234567', 'ram_speed:cut'],
    ['random_id', `${'x'.repeat(62)}😀`, 'x'.repeat(62), 'random_id:cut'],
    ['nsapp', 'x'.repeat(5000), 'x'.repeat(4096), 'nsapp:cut'],
    ['repo_slug', `a,${'x'.repeat(5000)}`, 'a', 'repo_slug:cut'],
    ['arch', 'arm64', 'arm64', ''],
    ['platform', 'incus', 'incus', ''],
    // Flags.
    ['has_arm', false, false, ''],
    ['has_arm', 'true', true, 'has_arm:text_flag'],
    ['has_arm', 'No', false, 'has_arm:text_flag'],
    ['has_arm', 1, true, 'has_arm:text_flag'],
    ['has_arm', '', undefined, ''],
    ['has_arm', 'maybe', undefined, 'has_arm:unknown_value'],
    ['has_arm', {}, undefined, 'has_arm:wrong_type'],
    // The log.
    ['error', 'a\r\nb\rc\nd', 'a\nb\nc\nd', ''],
    ['error', '\n\n  a\tb \n', '  a\tb', ''],
    ['error', '\u001b[1;31mred\u001b[0m\u0007', 'red', 'error:control_character'],
    ['error', '\u001b]0;title\u0007x', 'x', 'error:control_character'],
    ['error', 'a \u001b[36mb\u001b[0m c', 'a b c', 'error:control_character'],
    // The word joiner tells the cloak where a code was; it does not outlive it.
    ['error', 'a\u001b[36mb', 'a\u2060b', 'error:control_character'],
    ['nsapp', '\u001b[1mdocker\u001b[0m', 'docker', 'nsapp:control_character'],
    ['nsapp', 'a\u001b[1mb', 'a\u2060b', 'nsapp:control_character'],
    ['random_id', 'a\u001b[1mb', 'ab', 'random_id:control_character'],
    ['error', '\u001b]0;never ended\nx', 'x', 'error:control_character'],
    ['error', 'a\udc00', 'a\ufffd', 'error:unpaired_surrogate'],
    ['error', 17, '17', 'error:number_text'],
  ]
  test.each(rows)('%s %j is read as %j (%s)', (field, sent, stored, repair) => {
    const wire = readWireObject({ ...base, [field]: sent })
    if (!wire.ok) throw new Error(JSON.stringify(wire.fault))
    expect((wire.value.fields as Record<string, unknown>)[field]).toEqual(stored)
    expect(wire.value.repairs.join(' ')).toBe(repair)
  })

  test('a log over its limit keeps its head and its tail and is cut between lines', () => {
    const line = 'ünknown failure of a command that printed this line\n'
    const log = `first\n---\n${line.repeat(4000)}last`
    const wire = readWireObject({ ...base, error: log })
    const error = wire.ok ? (wire.value.fields.error ?? '') : ''
    expect(Buffer.byteLength(error)).toBeLessThanOrEqual(131_072)
    expect(Buffer.byteLength(error)).toBeGreaterThan(130_000)
    expect(new Set(error.split('\n'))).toEqual(new Set(['first', '---', line.trimEnd(), 'last']))
  })

  test.each([
    ['one huge word', 'a'.repeat(131_040), 'a'],
    ['words behind each other', 'word '.repeat(26_208).trimEnd(), 'word'],
    ['characters of more bytes', 'é'.repeat(131_040), 'é'],
    ['a line that ends before the last one', `${'a'.repeat(131_040)} b\nlast`, 'b\nlast'],
  ])('the explanation and the end of an oversize log of one line stay: %s', (_, line, end) => {
    const secret = ' ghp_0123456789abcdefABCDEF0123456789abcd 10.1.2.3'
    for (const head of ['exit_code=1 | x\n---\n', 'exit_code=1 | x | at line 3: y\n---\n', 'exit_code=1 | x|---|']) {
      const wire = readWireObject({ ...base, error: head + line + secret })
      const error = wire.ok ? (wire.value.fields.error ?? '') : ''
      expect(Buffer.byteLength(error)).toBeLessThanOrEqual(131_072)
      expect(error.startsWith(head)).toBe(true)
      expect(error.endsWith(end + secret)).toBe(true)
    }
  })

  test('an oversize log of one line is cut between the words or values of it, where it has any', () => {
    const values = Array.from({ length: 20_000 }, (_, number) => `v${number}`)
    for (const mark of [' ', ',', '&', '|']) {
      const wire = readWireObject({ ...base, error: `exit_code=1 | x\n---\n${values.join(mark)}` })
      const log = wire.ok ? (wire.value.fields.error ?? '').split('\n---\n')[1] : undefined
      const kept = new Set(log?.split(mark))
      expect(kept.isSubsetOf(new Set(values))).toBe(true)
      expect(kept.has('v0') && kept.has('v19999')).toBe(true)
    }
  })

  test('a log of one huge word keeps its tail', () => {
    const wire = readWireObject({ ...base, error: `${'é'.repeat(131_072)}!` })
    const error = wire.ok ? (wire.value.fields.error ?? '') : ''
    expect(Buffer.byteLength(error)).toBeLessThanOrEqual(131_072)
    expect(error.endsWith('é!')).toBe(true)
  })
})

const anyValue = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue(),
  fc.constantFrom('32G', 'done', 'LXC'),
)
const anyBody = fc.record(Object.fromEntries(installFields.map(({ wire }) => [wire, anyValue])), { requiredKeys: [] })

test('whatever is accepted passes the schema and the byte limits', () => {
  let accepted = 0
  fc.assert(
    fc.property(anyBody, fc.boolean(), (sent, isWhole) => {
      const body = isWhole ? { ...sent, ...base } : sent
      const wire = readWire(JSON.stringify(body))
      if (!wire.ok) return
      accepted += 1
      expect(Value.Check(InstallWire, wire.value.fields)).toBe(true)
      for (const field of installFields) {
        const value = wire.value.fields[field.wire]
        if (field.kind !== 'text' || value === undefined) continue
        if (field.profile === 'id' || field.wire === 'error') expect(Buffer.byteLength(String(value))).toBeLessThanOrEqual(field.bytesMax)
        else expect(String(value).length).toBeLessThanOrEqual(4096)
        expect(String(value).isWellFormed()).toBe(true)
      }
    }),
    { numRuns: 400, seed: 20_261_122 },
  )
  expect(accepted).toBeGreaterThan(100)
})
