import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { describeExitCode } from '../../src/event/exit-code.ts'
import { installFields } from '../../src/event/install.ts'
import { readWireObject } from '../../src/event/wire.ts'
import { prepareInstall } from '../../src/ingest/prepare.ts'
import { policy } from './sample-ingest.ts'

const base = { random_id: '0190a5f3-7c1e-4b7a-8c1d-0a5d9e7f4b21', type: 'lxc', nsapp: 'docker', status: 'failed', exit_code: 1 }

function prepare(more: Readonly<Record<string, unknown>>) {
  const wire = readWireObject({ ...base, ...more })
  if (!wire.ok) throw new Error(wire.fault.rule)
  return prepareInstall(wire.value, policy)
}

const shortFields = installFields.flatMap((field) =>
  field.kind === 'text' && field.profile !== 'id' && field.wire !== 'error' && field.wire !== 'repo_slug'
    ? [[field.wire, field.name, field.bytesMax, field.profile] as const]
    : [],
)

/** Each with a part that must not be stored, however little of the rest there is room for. */
const secrets: readonly (readonly [name: string, text: string, parts: RegExp])[] = [
  ['a mail address', 'mia.canary@firma-canary.de', /canary|mia/],
  ['a GitHub token', 'ghp_canary0123456789abcdefghijklmnopqrstuv', /ghp_|canary/],
  ['an IPv4 address', '203.0.113.77', /203\.0/],
  ['an IPv6 address', '2001:db8:85a3::8a2e:370:7334', /2001|db8/],
  ['a MAC address', '52:54:00:ab:cd:ef', /52:54/],
  [
    'a web token',
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJjYW5hcnkiLCJuIjoxMjM0NTY3ODkwfQ.dBjftJeZ4CVPmB92K27uhbUJU1p1rwW1gFWFOEjXk',
    /eyJ/,
  ],
  ['a URL with a password', 'https://mia:canarypass@git.example.org/x', /mia|canarypass/],
  ['a password', 'password=canarysecret', /canarysecret|canary/],
]

describe('a short text is cloaked before it is cut', () => {
  for (const [wire, name, bytesMax] of shortFields) {
    test.each(secrets)(`${wire}: of %s nothing stays at the cut`, (_, secret, parts) => {
      for (let before = 0; before <= bytesMax + 1; before += 1) {
        const filler = before === 0 ? '' : `${'v'.repeat(before - 1)} `
        const stored = String(prepare({ [wire]: `${filler}${secret} tail` }).install[name] ?? '')
        expect(stored).not.toMatch(parts)
        expect(Buffer.byteLength(stored)).toBeLessThanOrEqual(bytesMax)
      }
    })
  }

  test.each(shortFields.filter(([, , , profile]) => profile === 'value'))(
    'P3 %s: a domain name is hidden, since no name of a script stands there',
    (wire, name) => {
      const stored = String(prepare({ [wire]: 'pc-mia.firma-canary.de' }).install[name] ?? '')
      expect(stored).not.toMatch(/canary|pc-mia/)
    },
  )

  test.each([
    ['os_version', '24.04'],
    ['os_version', '12.8'],
    ['pve_version', '8.4.1'],
    ['pve_version', '6.8.12-4-pve'],
    ['pve_version', 'incus-6.0.1'],
    ['method', 'mydefaults-app'],
    ['cpu_model', 'Intel(R) Core(TM) i7-8700 CPU @ 3.20GHz'],
    ['cpu_model', 'AMD Ryzen 5 PRO 4650G with Radeon Graphics'],
    ['gpu_model', 'UHD Graphics 630'],
    ['gpu_model', 'NVIDIA Corporation GA106 [GeForce RTX 3060] (rev a1)'],
    ['ram_speed', '2666'],
    ['arch', 'amd64'],
    ['platform', 'pve'],
  ] as const)('%s keeps %s whole', (wire, text) => {
    const name = installFields.find((field) => field.wire === wire)?.name ?? 'nsapp'
    expect(prepare({ [wire]: text })).toMatchObject({ install: { [name]: text }, rules: [] })
  })

  test('also behind so much that the whole text is cut before the cloak', () => {
    for (let before = 4_040; before <= 4_100; before += 1) {
      const hidden = 'mia@firma-canary.de '.repeat(before / 20)
      const stored = String(prepare({ nsapp: `${hidden.padEnd(before, 'v')} ghp_canary0123456789abcdefghijklmnopqrstuv` }).install.nsapp)
      expect(stored).not.toMatch(/canary|ghp_/)
    }
  })

  test('a text over its limit keeps its head and is noted as cut', () => {
    const event = prepare({ nsapp: 'ä'.repeat(100) })
    expect(event.install.nsapp).toBe('ä'.repeat(32))
    expect(event.repairs).toContain('nsapp:cut')
  })
})

describe('free text', () => {
  test.each([
    ['fits', 100],
    ['is cut in its middle', 2_400],
  ])('of a key block that %s nothing stays', (_, lines) => {
    const line = (index: number) => `canary${String(index).padStart(4, '0')}${'Ab9+/'.repeat(11)}`.slice(0, 64)
    const key = Array.from({ length: lines }, (__, index) => line(index)).join('\n')
    const log = `exit_code=1 | General error\n---\n-----BEGIN RSA PRIVATE KEY-----\n${key}\n-----END RSA PRIVATE KEY-----\nit failed`
    expect(JSON.stringify(prepare({ error: log }))).not.toContain('canary')
  })

  test('is stored as explanation of at most 120 characters and trace of at most 10,240', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 1, max: 60 }), (text, times) => {
        const { install } = prepare({ error: `${text}\n---\n${`${text}\n`.repeat(times)}` })
        expect((install.error ?? '').length).toBeLessThanOrEqual(120)
        expect((install.trace ?? '').length).toBeLessThanOrEqual(10_240)
      }),
    )
  })

  test('of an oversize log of one line too: its explanation and its end', () => {
    const secret = 'ghp_0123456789abcdefABCDEF0123456789abcd 10.1.2.3'
    const { install } = prepare({ error: `exit_code=1 | x\n---\n${'a'.repeat(131_040)} ${secret}` })
    expect(install.error).toBe('exit_code=1 | x')
    expect(install.trace).toHaveLength(10_240)
    expect(install.trace).toMatch(/^a{10200,} <token> <ipv4>$/)
  })

  test('names each rule that hid something, once and sorted', () => {
    const event = prepare({ error: 'mail to mia@firma-canary.de and tom@firma-canary.de from 203.0.113.77', nsapp: 'mia@firma-canary.de' })
    expect(event.rules).toEqual(['email', 'ipv4'])
  })
})

describe('ids', () => {
  test.each([
    ['a text', 'host-canary.example.org'],
    ['a text longer than an id', `canary-${'x'.repeat(200)}`],
    ['an address', '203.0.113.77'],
    ['a UUID with a tail', '0190a5f3-7c1e-4b7a-8c1d-0a5d9e7f4b21 canary'],
  ])('%s is stored as a keyed hash', (_, id) => {
    const { install } = prepare({ random_id: id, execution_id: id })
    expect(install.randomId).toMatch(/^h-[a-z2-7]{26}$/)
    expect(install.executionId).toBe(install.randomId)
  })
})

test('the words for an exit code, which are ours, are stored as they are', () => {
  for (let code = 1; code <= 255; code += 1) {
    const { install, rules } = prepare({ exit_code: code })
    if (install.status === 'failed')
      expect([code, install.error, rules]).toEqual([code, `Exit code ${code}: ${describeExitCode(code)}`, []])
  }
})

test('a text is stored alike however often it comes, whether the cloak leaves it as it is or not', () => {
  const texts = ['debian', 'mia.canary@firma-canary.de', 'debian\u200b', ...Array.from({ length: 1_200 }, (_, n) => `os-${n}`)]
  const stored = () => texts.map((text) => prepare({ os_type: text }))
  const first = stored()
  expect(stored()).toEqual(first)
  expect(stored()).toEqual(first)
  expect(JSON.stringify(first)).not.toContain('canary')
})
