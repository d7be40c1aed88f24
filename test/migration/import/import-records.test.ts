import { describe, expect, test } from 'bun:test'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { nothingCounted } from '../../../migration/import/import-counts.ts'
import { importRecords } from '../../../migration/import/import-records.ts'
import { type Position, type Source, startOfSource } from '../../../migration/import/source.ts'
import { runCommandLine } from '../../../src/cli/program.ts'
import { openStoreReader } from '../../../src/store/sqlite-reader.ts'
import { sampleContext } from '../../cli/desk-sample.ts'
import { fakeClock } from '../../fake-clock.ts'
import { temporaryFolder } from '../../store/folder.ts'

const records = [
  {
    id: 'a00000000000001',
    created: '2026-03-01 12:00:00.000Z',
    updated: '2026-03-01 12:05:00.000Z',
    random_id: '11111111-1111-4111-8111-111111111111',
    execution_id: '21111111-1111-4111-8111-111111111111',
    type: 'lxc',
    nsapp: 'immich',
    status: 'success',
    install_duration: 90,
  },
  {
    _id: { $oid: '65f0a1b2c3d4e5f601234567' },
    created_at: { $date: '2025-02-01T08:00:00+02:00' },
    random_id: '31111111-1111-4111-8111-111111111111',
    nsapp: 'adguard',
    type: 'lxc',
    status: 'done',
    pveversion: '8.2.4',
    disk_size: { $numberLong: '4' },
  },
  { nsapp: 'lost', type: 'lxc', status: 'failed', random_id: '41111111-1111-4111-8111-111111111111' },
]

describe('an import', () => {
  for (const [form, text] of [
    ['an array', JSON.stringify(records, null, 1)],
    ['lines', `\uFEFF${records.map((record) => JSON.stringify(record)).join('\r\n')}\n`],
  ] as const)
    test(`of ${form} gives runs with their own times, and twice gives no more`, async () => {
      using folder = temporaryFolder()
      const path = folder.file('records.json')
      writeFileSync(path, text)
      for (let round = 0; round < 2; round += 1) {
        const context = sampleContext({ DATA_DIR: folder.path })
        expect(await runCommandLine(['import', path, '--json'], context)).toBe(0)
        expect(JSON.parse(context.out())).toEqual({
          dry_run: false,
          read: 3,
          taken: 2,
          outside: 0,
          rejected: 1,
          erased: 0,
          rejected_by: { 'created:missing': 1 },
          repaired_by: { 'status:alias': 1 },
          first: '2025-02-01T06:00:00.000Z',
          last: '2026-03-01T12:00:00.000Z',
          rejects_file: folder.file('import/records.json-20260615T120000Z.rejects.jsonl'),
        })
        const rejects = readFileSync(folder.file('import/records.json-20260615T120000Z.rejects.jsonl'), 'utf8')
        expect(rejects).toBe(`{"${form === 'lines' ? 'line' : 'element'}":3,"field":"created","rule":"missing"}\n`)
      }
      const reader = openStoreReader(folder.file('store.db'))
      const { runs } = reader.runList({ tenant: 'default', filter: {}, limit: 10 })
      reader.close()
      expect(runs.map(({ reading }) => [reading.nsapp, reading.status, new Date(reading.firstAt).toISOString()])).toEqual([
        ['immich', 'success', '2026-03-01T12:00:00.000Z'],
        ['adguard', 'success', '2025-02-01T06:00:00.000Z'],
      ])
      expect(runs[1]?.reading).toMatchObject({ pveVersion: '8.2.4', diskSize: 4 })
    })
})

test('an import says in words what it did, and where its rejects are, never over a file that is there', async () => {
  using folder = temporaryFolder()
  const path = folder.file('records.json')
  writeFileSync(path, JSON.stringify(records))
  const args = ['import', path, '--rejects', folder.file('not-taken')]
  const context = sampleContext({ DATA_DIR: folder.file('data') })
  expect(await runCommandLine(args, context)).toBe(0)
  expect(context.out()).toBe('')
  expect(context.told()).toBe(`2 of 3 records are in the store, from 2025-02-01 06:00:00 to 2026-03-01 12:00:00 UTC.
1 rejected, listed in ${folder.file('not-taken')}:
  1 created:missing
Repaired:
  1 status:alias
`)
  const again = sampleContext({ DATA_DIR: folder.file('data') })
  expect(await runCommandLine(args, again)).toBe(1)
  expect(again.told()).toContain('exists already')
  const clean = sampleContext({ DATA_DIR: folder.file('data') })
  writeFileSync(path, JSON.stringify(records.slice(0, 2)))
  expect(await runCommandLine(['import', path, '--json'], clean)).toBe(0)
  expect(JSON.parse(clean.out())).toMatchObject({ rejected: 0, rejects_file: null })
  expect(existsSync(folder.file('data/import/records.json-20260615T120000Z.rejects.jsonl'))).toBe(false)
})

test('an import tells where it may go on, and goes on there', async () => {
  const found = Array.from({ length: 3 }, (_, index) => ({ place: index + 1, record: records[index], repairs: [] }))
  const source: Source = {
    name: 'three',
    noun: 'element',
    identity: 'three',
    async *read(from) {
      for (const one of found.slice(from.place)) yield { records: [one], end: { offset: one.place, place: one.place } }
    },
  }
  const settled: Position[] = []
  const taken: number[] = []
  const rejects: number[] = []
  const counts = await importRecords({
    source,
    door: { importEntries: async ({ count }) => ({ erased: taken.push(count) * 0 }), settleImport: async () => {} },
    policy: { repoOwners: [], idSecret: new Uint8Array(32) },
    choice: { tenant: 'default' },
    clock: fakeClock('2026-06-15T12:00:00Z'),
    from: { offset: 1, place: 1 },
    counted: { ...nothingCounted, read: 1, taken: 1, firstAt: 5, lastAt: 7, repairedBy: { 'status:alias': 2 } },
    onReject: (place) => rejects.push(place),
    onMark: (end) => () => void settled.push(end),
    onProgress: () => {},
  })
  expect(counts).toEqual({
    read: 3,
    taken: 2,
    outside: 0,
    erased: 0,
    rejectedBy: { 'created:missing': 1 },
    repairedBy: { 'status:alias': 3 },
    firstAt: 5,
    lastAt: Date.UTC(2025, 1, 1, 6),
  })
  expect([taken, rejects, settled]).toEqual([[1], [3], [{ offset: 3, place: 3 }]])
})

test('at a rate, records are handed over in their turn, and waiting for the door counts', async () => {
  const clock = fakeClock('2026-06-15T12:00:00Z')
  const begun = clock.now()
  const handed: [number, number][] = []
  const record = { ...records[0], updated: '' }
  await importRecords({
    source: {
      name: 'many',
      noun: 'line',
      identity: 'many',
      async *read() {
        yield {
          records: Array.from({ length: 1_200 }, (_, index) => ({ place: index + 1, record, repairs: [] })),
          end: { offset: 1, place: 1_200 },
        }
      },
    },
    door: {
      importEntries: async ({ count }) => {
        handed.push([clock.now() - begun, count])
        clock.pass(handed.length === 2 ? 5_000 : 0) // The second time the journal is busy.
        return { erased: 0 }
      },
      settleImport: async () => {},
    },
    policy: { repoOwners: [], idSecret: new Uint8Array(32) },
    choice: { tenant: 'default' },
    clock,
    pace: { rate: 400, wait: async (ms) => clock.pass(ms) },
    from: startOfSource,
    counted: nothingCounted,
    onReject: () => {},
    onMark: () => () => {},
    onProgress: () => {},
  })
  expect(handed).toEqual([
    [0, 400],
    [1_000, 400],
    [6_000, 400],
  ])
})
