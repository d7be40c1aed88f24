import { expect, test } from 'bun:test'
import { readdirSync, writeFileSync } from 'node:fs'
import { runCommandLine } from '../../src/cli/program.ts'
import { temporaryFolder } from '../store/folder.ts'
import { sampleContext } from './desk-sample.ts'

function record(n: number, more: Readonly<Record<string, unknown>> = {}) {
  const id = `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`
  return { execution_id: id, type: 'lxc', nsapp: 'plex', status: 'success', created: `2026-03-0${1 + (n % 2)} 12:00:00.000Z`, ...more }
}

async function run(folder: string, ...words: string[]): Promise<string> {
  const context = sampleContext({ DATA_DIR: folder })
  const code = await runCommandLine(words, context)
  if (code !== 0) throw new Error(context.told())
  return context.out()
}

function write(path: string, records: readonly unknown[]): string {
  writeFileSync(path, JSON.stringify(records))
  return path
}

test('a comparison says by day and outcome what differs and why, and writes nothing', async () => {
  using folder = temporaryFolder()
  const stored = [
    record(2),
    record(3),
    record(4, { created: '2026-02-27 12:00:00.000Z' }),
    record(5),
    record(90, { status: 'failed', exit_code: 1 }),
  ]
  await run(folder.path, 'import', write(folder.file('stored.json'), stored))
  const source = [
    record(2),
    record(2),
    record(3, { status: 'installing' }),
    record(4),
    record(5, { disk_size: '8G' }),
    record(6),
    { nsapp: 'nobody' },
  ]
  const path = write(folder.file('source.json'), source)
  const before = readdirSync(folder.path).sort()
  const compared = JSON.parse(await run(folder.path, 'import', path, '--compare', '--json'))
  expect(compared).toMatchObject({ read: 7, rejected: 1, rejected_by: { 'created:missing': 1 } })
  const none = { records: 0, repeated: 0, repaired: 0, same: 0, other_outcome: 0, other_day: 0, missing: 0, stored: 0, store_only: 0 }
  expect(compared.days).toEqual([
    { ...none, day: '2026-02-27', outcome: 'success', stored: 1 },
    { ...none, day: '2026-03-01', outcome: 'failed', stored: 1, store_only: 1 },
    { ...none, day: '2026-03-01', outcome: 'success', records: 4, repeated: 1, same: 1, other_day: 1, missing: 1, stored: 1 },
    { ...none, day: '2026-03-02', outcome: 'installing', records: 1, other_outcome: 1 },
    { ...none, day: '2026-03-02', outcome: 'success', records: 1, same: 1, repaired: 1, stored: 2 },
  ])
  const words = await run(folder.path, 'import', path, '--compare')
  expect(words).toContain('7 records compared, 1 of them cannot be taken.')
  expect(words).toMatch(/^all +6 +1 +2 +1 +1 +1 +5 +1 +1$/m)
  expect(readdirSync(folder.path).sort()).toEqual(before)
})

test('what was imported whole differs in nothing', async () => {
  using folder = temporaryFolder()
  const path = write(
    folder.file('records.json'),
    [1, 2, 3].map((n) => record(n)),
  )
  await run(folder.path, 'import', path)
  expect(await run(folder.path, 'import', path, '--compare')).toBe(
    '3 records compared, 0 of them cannot be taken.\nEvery day has the same runs with the same outcomes.\n',
  )
})
