import { expect, test } from 'bun:test'
import { runCommandLine } from '../../src/cli/program.ts'
import { sampleContext } from './desk-sample.ts'

async function run(args: readonly string[], input: readonly string[]) {
  const context = sampleContext({}, input)
  const code = await runCommandLine(['cloak', ...args], context)
  return { code, out: context.out(), told: context.told() }
}

test('cloak filters what comes in, and touches no data folder', async () => {
  expect(await run([], ['from 10.0.0.5\n', 'ok\n'])).toEqual({ code: 0, out: 'from <ipv4>\nok\n', told: '' })
  expect((await run(['--profile', 'api', '--mode', 'redact'], ['card 4111 1111 1111 1111.\n'])).out).toBe('card .\n')
})

test('cloak --explain names line, type and rule, never the value', async () => {
  const { told } = await run(['--explain'], ['a\nfrom 10.0.0.5\n'])
  expect(told).toBe('line 2: IP_ADDRESS by ipv4 (0.85)\n')
})

test('cloak --json writes lines of JSON, and pseudonyms are shared by equal values', async () => {
  const { out } = await run(['--json', '--mode', 'pseudonym'], ['10.0.0.5\n10.0.0.5\n'])
  const [first, second] = out
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { anonymized: string }).anonymized)
  expect(first).toMatch(/^<IP_ADDRESS_[a-z2-9]{10}>$/)
  expect(first).toBe(second)
})

test('cloak --profile api finds names and says why, the profile of ingest does not', async () => {
  const line = 'Dear Ms Jana Kowalski, Contoso Ltd moved to Hamburg.\n'
  const { out, told } = await run(['--profile', 'api', '--explain'], [line])
  expect(out).toBe('Dear Ms <PERSON>, <ORGANIZATION> moved to <LOCATION>.\n')
  expect(told).toContain('line 1: ORGANIZATION by organization (0.90, a legal form)\n')
  expect((await run([], [line])).out).toBe(line)
})

test('cloak --threshold says how sure a finding must be', async () => {
  const line = ['on 12.03. at 10.0.0.5\n']
  expect((await run(['--profile', 'api', '--threshold', '0.9'], line)).out).toBe('on 12.03. at 10.0.0.5\n')
  expect((await run(['--profile', 'api'], line)).out).toContain('<IP_ADDRESS>')
  for (const wrong of ['2', '-1', 'x', '']) expect(await run(['--threshold', wrong], [])).toMatchObject({ code: 2, out: '' })
})

test('cloak refuses a mode that there is not', async () => {
  expect(await run(['--mode', 'shred'], [])).toMatchObject({ code: 2, out: '' })
})
