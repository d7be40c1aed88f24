import { describe, expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { type InstallEvent, InstallWire, installFields } from '../../src/event/install.ts'
import { normalizeInstall } from '../../src/event/normalize.ts'
import { repairRules } from '../../src/event/repair-rule.ts'
import { readWire } from '../../src/event/wire.ts'
import expected from '../fixture/install/expected.json' with { type: 'json' }

const folder = new URL('../fixture/install/', import.meta.url)
const names = readdirSync(folder).filter((name) => name !== 'expected.json')
const policy = { repoOwners: ['community-scripts'] }

const expectations = expected as unknown as Record<string, Expected>
type Expected = { readonly install: InstallEvent; readonly repairs: readonly string[]; readonly unknownKeys: number }

function expectedOf(name: string): Expected {
  const found = expectations[name]
  if (found === undefined) throw new Error(`no expectation for ${name}`)
  return found
}

describe('a body as a client sends it becomes its event', () => {
  test.each(names)('%s', (name) => {
    const wire = readWire(readFileSync(new URL(name, folder)))
    if (!wire.ok) throw new Error(`refused: ${JSON.stringify(wire.fault)}`)
    const { install, repairs } = normalizeInstall(wire.value, policy)
    expect<Expected>({ install, repairs, unknownKeys: wire.value.unknownKeys }).toEqual(expectations[name] as Expected)
  })

  test('every expectation has its body', () => {
    expect(Object.keys(expected).sort()).toEqual(names.sort())
  })
})

test('every repair of a client body is of the documented vocabulary', () => {
  const codes = Object.values(expectations).flatMap(({ repairs }) => repairs)
  expect(codes.length).toBeGreaterThan(30)
  for (const code of codes) {
    const [place = '', rule = ''] = code.split(':')
    expect([...Object.keys(InstallWire.properties), 'body']).toContain(place)
    expect(Object.keys(repairRules)).toContain(rule)
  }
})

test('an in-container ping says eight things, of which empty ones stay absent', () => {
  const ping = expectedOf('ping-configuring.json')
  expect(Object.keys(ping.install).sort()).toEqual(['executionId', 'nsapp', 'platform', 'randomId', 'status', 'type'])
})

test('P5 each field of the public list is read from the wire', () => {
  const fields = installFields.map((field) => field.wire)
  const promised = [
    ...(['random_id', 'type', 'nsapp', 'status', 'disk_size', 'core_count', 'ram_size', 'os_type', 'os_version', 'pve_version'] as const),
    ...(['method', 'error', 'exit_code', 'gpu_vendor', 'cpu_vendor', 'install_duration'] as const),
  ]
  for (const name of promised) expect(fields).toContain(name)
})
