import { describe, expect, test } from 'bun:test'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { readImportChoice, warnOfIdleNames } from '../../src/cli/import-choice.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { temporaryFolder } from '../store/folder.ts'
import { sampleContext } from './desk-sample.ts'

const dayOf = (day: number) => `2026-03-${String(day).padStart(2, '0')}`
const records = Array.from({ length: 9 }, (_, index) => ({
  random_id: `11111111-1111-4111-8111-00000000000${index}`,
  created: `${dayOf(index + 1)}T23:59:59.999Z`,
  type: index === 8 ? 'bicycle' : 'lxc',
  nsapp: 'immich',
  status: 'done',
}))

function writeRecords(folder: { file(name: string): string }): string {
  const path = folder.file('old.json')
  writeFileSync(path, JSON.stringify(records))
  return path
}

describe('what an import shall do', () => {
  const none = { tenant: 'default' }
  const march = { from: Date.UTC(2026, 2, 1), until: Date.UTC(2026, 2, 4) - 1 }

  test('flags say it, and in their absence the names of the earlier tool', () => {
    const env = { JSON_FILE: 'env.json', DATE_FROM: '2026-03-01', DATE_UNTIL: '2026-03-03', REPO_SOURCE: 'Proxmox VE' }
    expect(readImportChoice(undefined, none, env)).toEqual({
      ok: true,
      value: { path: 'env.json', record: { tenant: 'default', ...march, repoSource: 'ProxmoxVE' } },
    })
    const flags = { tenant: 'a', from: '2026-03-02', until: '2026-03-02', source: 'proxmoxved', rate: '50', format: 'mongo' }
    expect(readImportChoice('flag.json', flags, env)).toEqual({
      ok: true,
      value: {
        path: 'flag.json',
        record: { tenant: 'a', from: Date.UTC(2026, 2, 2), until: Date.UTC(2026, 2, 3) - 1, repoSource: 'ProxmoxVED' },
        rate: 50,
        format: 'mongo',
      },
    })
  })

  test('an address stands in the name of the earlier tool, and a file goes before it', () => {
    const env = { JSON_FILE: '', MIGRATION_SOURCE_URL: 'https://telemetry.example.org/data' }
    const pathOf = (given: Readonly<Record<string, string>>) => {
      const choice = readImportChoice(undefined, none, given)
      return choice.ok ? choice.value.path : choice.fault
    }
    expect(pathOf(env)).toBe('https://telemetry.example.org/data')
    expect(pathOf({ ...env, JSON_FILE: 'old.json' })).toBe('old.json')
    expect(warnOfIdleNames(env)).toEqual([])
  })

  test.each([
    [{}, {}, 'needs a file'],
    [{ from: '2026-02-30' }, { JSON_FILE: 'a' }, '--from is "2026-02-30"'],
    [{}, { JSON_FILE: 'a', DATE_UNTIL: 'today' }, 'DATE_UNTIL is "today"'],
    [{ source: 'nowhere' }, { JSON_FILE: 'a' }, '--source is "nowhere"'],
    [{ from: '2026-03-02', until: '2026-03-01' }, { JSON_FILE: 'a' }, '--until lies before --from'],
    [{ rate: '0' }, { JSON_FILE: 'a' }, '--rate must be'],
    [{ rate: '1e9' }, { JSON_FILE: 'a' }, '--rate must be'],
    [{ dryRun: true as const, rejects: 'x' }, { JSON_FILE: 'a' }, '--dry-run writes nothing'],
  ])('what cannot be is refused by name: %#', (flags, env, fault) => {
    const choice = readImportChoice(undefined, { ...none, ...flags }, env)
    expect(choice.ok ? '' : choice.fault).toContain(fault)
  })

  test('names of the earlier tool that change nothing are told with the reason', () => {
    const env = { BATCH_SIZE: '500', WORKERS: '50', START_PAGE: '', DATE_FROM: '2026-03-01', OTHER: 'x' }
    expect(warnOfIdleNames(env).map((warning) => warning.split(' ')[0])).toEqual(['BATCH_SIZE', 'WORKERS'])
  })
})

test('a dry run counts as the import does, and writes nothing at all', async () => {
  using folder = temporaryFolder()
  const path = writeRecords(folder)
  const context = sampleContext({ DATA_DIR: folder.file('data') })
  expect(await runCommandLine(['import', path, '--dry-run', '--json'], context)).toBe(0)
  const expected = { read: 9, taken: 8, rejected: 1, rejected_by: { 'type:unknown_value': 1 }, repaired_by: { 'status:alias': 8 } }
  expect(JSON.parse(context.out())).toMatchObject({ ...expected, dry_run: true, rejects_file: null, first: '2026-03-01T23:59:59.999Z' })
  expect(readdirSync(folder.path)).toEqual(['old.json'])
  const real = sampleContext({ DATA_DIR: folder.file('data') })
  expect(await runCommandLine(['import', path, '--json'], real)).toBe(0)
  expect(JSON.parse(real.out())).toMatchObject({ ...expected, dry_run: false })
  const words = sampleContext({ DATA_DIR: folder.file('none') })
  expect(await runCommandLine(['import', path, '--dry-run'], words)).toBe(0)
  expect(words.told()).toContain('8 of 9 records would be taken')
  expect(words.told()).toContain('1 would be rejected:\n  1 type:unknown_value\n')
  expect(existsSync(folder.file('none'))).toBe(false)
})

test('days bound an import, both included, by UTC; the earlier names do the same, without a word that they mean nothing', async () => {
  using folder = temporaryFolder()
  const path = writeRecords(folder)
  const context = sampleContext({
    DATA_DIR: folder.file('data'),
    JSON_FILE: path,
    DATE_FROM: dayOf(3),
    REPO_SOURCE: 'Proxmox VE',
    WORKERS: '50',
  })
  expect(await runCommandLine(['import', '--until', dayOf(5), '--json'], context)).toBe(0)
  expect(JSON.parse(context.out())).toMatchObject({
    read: 9,
    taken: 3,
    outside: 5,
    rejected: 1,
    first: `${dayOf(3)}T23:59:59.999Z`,
    last: `${dayOf(5)}T23:59:59.999Z`,
  })
  expect(context.told()).toBe('warning: WORKERS has no meaning here: an import is one process; --rate slows it down\n')
  const reader = openStoreReader(folder.file('data/store.db'))
  const { runs } = reader.runList({ tenant: 'default', filter: {}, limit: 10 })
  reader.close()
  expect(runs.map(({ reading }) => reading.repoSource)).toEqual(['ProxmoxVE', 'ProxmoxVE', 'ProxmoxVE'])
})

test('a file that ends in damage tells what came in before it, and where what was rejected is listed', async () => {
  using folder = temporaryFolder()
  const lines = Array.from({ length: 4_000 }, (_, n) =>
    JSON.stringify({ ...records[n % 9], random_id: `11111111-1111-4111-8111-${String(n).padStart(12, '0')}` }),
  )
  const packed = Bun.gzipSync(lines.join('\n'))
  const path = folder.file('old.jsonl.gz')
  writeFileSync(path, packed.subarray(0, packed.length - 2_000))
  const context = sampleContext({ DATA_DIR: folder.file('data') })
  expect(await runCommandLine(['import', path], context)).toBe(1)
  expect(context.told()).toMatch(
    /[\d,]+ of [\d,]+ records are in the store, from 2026-03-01 .*\n[\d,]+ rejected, listed in \S+\.rejects\.jsonl:\n {2}[\d,]+ type:unknown_value\n/,
  )
  expect(context.told()).toContain('cannot be read behind line ')
})
