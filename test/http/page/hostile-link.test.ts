import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { readQuestion } from '../../../src/http/question/question.ts'
import { addressOf, type FilterName } from '../../../src/page/address.ts'
import { openStoreReader } from '../../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { eventBody, type Running, startRunning } from '../../part/running.ts'
import { temporaryFolder } from '../../store/folder.ts'
import { keyOf, stateOf } from '../../store/run-fixture.ts'

/** What a client may put around a name and in it. */
const hostile = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  fc
    .array(
      fc.constantFrom(
        ...['\u200b', '\t', ' ', '\u00a0', '\ufeff', '\u2028', '\u0000', '\u001b[1m', '\u202e', '\u00ad', '\r\n', '\u0085'],
        ...['immich', 'a', '%', '+', '&', '#', '?', '/', '"', "'", '<b>', 'ż', '\u{1f600}', 'constructor', 'unknown', '..'],
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((parts) => parts.join('')),
)

/** Fields of the event that a client spells as it likes, and the filters that their values are counted by. */
const filters = ['script', 'pve_version', 'method', 'gpu_model', 'cpu_model', 'arch', 'platform', 'os_version', 'slug'] as const

const bodies = fc.sample(
  fc.record({
    nsapp: hostile,
    pve_version: hostile,
    method: hostile,
    gpu_model: hostile,
    cpu_model: hostile,
    arch: hostile,
    platform: hostile,
    os_version: hostile,
  }),
  { numRuns: 40, seed: 20_514 },
)

let service: Running
let key = ''
beforeAll(async () => {
  service = await startRunning({ INGEST_KEY_RPM: '0' })
  key = await service.makeKey('read')
  const ingestKey = await service.makeKey('ingest')
  const named = { nsapp: '\u200b\timmich', pve_version: '\u200b 9.0', method: '\u200b\tdefault', arch: ' \u200bamd64' }
  const body = [named, ...bodies].map((body) => eventBody({ ...body, status: 'success', os_type: 'debian' })).join('\n')
  expect((await service.ask('/telemetry/batch', { body, key: ingestKey })).status).toBeOneOf([202, 207]) // A name of blanks alone is refused.
  await service.settle()
})
afterAll(() => service[Symbol.asyncDispose]())

type Answer = {
  readonly by: Readonly<
    Record<string, { readonly groups: readonly { readonly value: string; readonly counts: { readonly runs: number } }[] }>
  >
}

describe('whatever a client names things, the count of each value is that of the list behind it', () => {
  test.each(filters)('%s', async (name) => {
    const by = new Map<string, number>()
    for (const line of (await (await service.ask('/export/overview.jsonl?period=all', { key })).text()).trimEnd().split('\n')) {
      const row = JSON.parse(line) as { readonly by: string; readonly value: string; readonly runs: number }
      if (row.by === name) by.set(row.value, row.runs)
    }
    expect(by.size).toBeGreaterThan(name === 'slug' ? 0 : 20)
    for (const [value, runs] of by) {
      const query = addressOf('/', { period: 'all', compares: true, filter: { [name]: value } }).slice(2)
      const rows = (await (await service.ask(`/export/runs.jsonl?${query}`, { key })).text()).trimEnd().split('\n')
      expect([name, value, rows.length]).toEqual([name, value, runs])
      const overview = (await (await service.ask(`/api/v1/overview?${query}`, { key })).json()) as Answer
      const found = overview.by[name]?.groups ?? (name === 'script' ? overview.by['script']?.groups : undefined) ?? []
      expect(found.map((group) => [group.value, group.counts.runs])).toEqual([[value, runs]])
    }
  })

  test('a name begins and ends with a sign that is seen', async () => {
    const text = await (await service.ask('/export/overview.jsonl?period=all', { key })).text()
    const values = text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { readonly value: string }).value)
    expect(values).toContain('immich')
    expect(values.filter((value) => value !== value.trim())).toEqual([])
  })
})

test('a store of before finds the names that begin with a blank, letter by letter', () => {
  using folder = temporaryFolder()
  const names = [' immich', 'immich', 'immich ', '\u00a0immich', ' ']
  const writer = openStoreWriter(folder.file('store.db'))
  writer.apply(
    'test',
    names.length,
    names.map((nsapp, n) => ({ tenant: 'default', key: keyOf(n), after: stateOf({ at: Date.UTC(2026, 2, 2) + n, nsapp, method: nsapp }) })),
  )
  writer.close()
  const reader = openStoreReader(folder.file('store.db'))
  try {
    for (const name of ['script', 'method'] as const satisfies readonly FilterName[]) {
      for (const value of names) {
        const query = addressOf('/', { period: 'all', compares: true, filter: { [name]: value } }).slice(2)
        const question = readQuestion(new URLSearchParams(query), Date.UTC(2026, 2, 3))
        if (!question.ok) throw new Error(`${name}=${JSON.stringify(value)} is refused`)
        expect([value, reader.countRuns({ tenant: 'default', filter: question.value.selection.filter })]).toEqual([value, 1])
      }
    }
  } finally {
    reader.close()
  }
})
