import { expect, test } from 'bun:test'
import { readFileSync, writeFileSync } from 'node:fs'
import { runCommandLine } from '../../src/cli/program.ts'
import { temporaryFolder } from '../store/folder.ts'
import { sampleContext } from './desk-sample.ts'

/** What a log may begin with that a table writes in another way, and what looks as if it had. */
const logBegins = ['', 'of plain words\n', '=1+1 ', '- ', '+x ', '@y ', "'=1+1 ", "'- ", '"quoted", ', "'"]

/** Runs of a year, several in one moment, a tenth with a log that has something to hide. */
const records = Array.from({ length: 1_500 }, (_, n) => ({
  created: new Date(Date.UTC(2026, 0, 1) + Math.floor(n / 3) * 3_600_000).toISOString(),
  updated: new Date(Date.UTC(2026, 0, 1) + Math.floor(n / 3) * 3_600_000 + n * 10).toISOString(),
  random_id: n % 7 === 0 ? `somebody ${n}` : `${((n * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
  type: n % 5 === 0 ? 'addon' : 'lxc',
  nsapp: n % 11 === 0 ? `host${n}.example.com` : `app${n % 40}`,
  status: ['success', 'failed', 'configuring', 'aborted'][n % 4],
  ...(n % 4 === 1 && {
    exit_code: 100,
    error: `exit_code=100 | apt | at line ${n}: apt-get\n---\n${logBegins[(n >> 2) % logBegins.length]}E: 10.0.0.${n % 250} root@node${n} =1+1\n`,
  }),
  ...(n % 3 === 0 && { disk_size: 8.5, pve_version: '8.2.4' }),
}))

async function run(folder: string, ...words: string[]): Promise<string> {
  const context = sampleContext({ DATA_DIR: folder })
  const code = await runCommandLine(words, context)
  expect([code, code === 0 ? '' : context.told()]).toEqual([0, ''])
  return context.out()
}

test.each(['jsonl', 'csv'])('what is exported as %s, imported elsewhere and exported again is the same, byte for byte', async (format) => {
  using first = temporaryFolder()
  using second = temporaryFolder()
  writeFileSync(first.file('records.json'), JSON.stringify(records))
  await run(first.path, 'import', first.file('records.json'))
  const runs = await run(first.path, 'export', 'runs')
  expect(runs.trimEnd().split('\n')).toHaveLength(1_500)
  for (const begin of logBegins) expect(runs).toContain(`"trace":${JSON.stringify(`${begin}E: `).slice(0, -1)}`)
  const [line = ''] = runs.split('\n').filter((one) => one.includes('"failed"'))
  expect(JSON.parse(line)).toMatchObject({
    status: 'failed',
    exit_code: 100,
    trace: expect.stringContaining('E: '),
    state: expect.any(String),
  })
  expect(runs).not.toMatch(/10\.0\.0\.|example\.com|somebody/)

  const lines = runs.trimEnd().split('\n')
  const halves = [lines.filter((_, index) => index % 2 === 0), lines.filter((_, index) => index % 2 === 1).reverse()]
  if (format === 'csv') {
    await run(first.path, 'export', 'runs', '--format', 'csv', '--out', second.file('runs.csv'))
    await run(second.path, 'import', second.file('runs.csv'))
    await run(second.path, 'export', 'runs', '--format', 'csv', '--out', second.file('again.csv'))
    const [again = '', before = ''] = ['again.csv', 'runs.csv'].map((name) => readFileSync(second.file(name), 'utf8'))
    expect(differenceOf(again, before)).toEqual([])
  } else {
    for (const [index, half] of halves.entries()) {
      writeFileSync(second.file(`${index}.jsonl`), half.join('\n'))
      await run(second.path, 'import', second.file(`${index}.jsonl`))
    }
  }
  await run(second.path, 'export', 'runs', '--out', second.file('again.jsonl'))
  expect(differenceOf(readFileSync(second.file('again.jsonl'), 'utf8'), runs)).toEqual([])
  for (const list of ['rollups', 'errors'])
    expect(differenceOf(await run(second.path, 'export', list), await run(first.path, 'export', list))).toEqual([])
})

/** The first line in which two texts differ, as both have it; nothing where they are the same. */
function differenceOf(one: string, other: string): readonly (string | undefined)[] {
  if (one === other) return []
  const [lines, others] = [one.split('\n'), other.split('\n')]
  const place = lines.findIndex((line, index) => line !== others[index])
  return [lines[place], others[place]]
}

test('an export takes days, whole and first to last, and a tenant; CSV has a head', async () => {
  using folder = temporaryFolder()
  writeFileSync(folder.file('records.json'), JSON.stringify(records))
  await run(folder.path, 'import', folder.file('records.json'))
  const csv = await run(folder.path, 'export', 'runs', '--format', 'csv', '--from', '2026-01-02', '--until', '2026-01-03')
  const days = csv.match(/^2026-01-\d\d/gm) ?? []
  expect([days.length, new Set(days)]).toEqual([144, new Set(['2026-01-02', '2026-01-03'])])
  expect(csv).toStartWith('created,updated,random_id,')
  expect(await run(folder.path, 'export', 'runs', '--tenant', 'nobody')).toBe('')
  const rollups = (await run(folder.path, 'export', 'rollups')).trimEnd().split('\n')
  const counted = rollups.map((row) => JSON.parse(row)).filter((row) => row.dimension === 'run')
  expect(counted.reduce((sum, row) => sum + row.success + row.failed + row.configuring + row.aborted, 0)).toBe(1_500)
})

test('an export takes runs of one status, script, type and source, and days of sums and groups', async () => {
  using folder = temporaryFolder()
  writeFileSync(folder.file('records.json'), JSON.stringify(records))
  await run(folder.path, 'import', folder.file('records.json'))
  const rowsOf = async (...words: string[]) =>
    (await run(folder.path, 'export', ...words))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  const all = await rowsOf('runs')
  const failed = await rowsOf('runs', '--status', 'failed', '--script', 'app1', '--type', 'lxc', '--source', 'ProxmoxVE')
  expect(failed.length).toBeGreaterThan(3)
  expect(failed).toEqual(all.filter(({ status, nsapp, type }) => status === 'failed' && nsapp === 'app1' && type === 'lxc'))
  expect(await rowsOf('runs', '--source', 'external')).toEqual([])

  const days = ['--from', '2026-01-02', '--until', '2026-01-03']
  const sums = (await rowsOf('rollups')).filter(({ day, type }) => ['2026-01-02', '2026-01-03'].includes(day) && type === 'lxc')
  expect(await rowsOf('rollups', ...days, '--type', 'lxc')).toEqual(sums)
  expect(sums.length).toBeGreaterThan(3)

  const sum = (rows: readonly { readonly failed: number }[]) => rows.reduce((total, row) => total + row.failed, 0)
  const isMeant = ({ created, type, status }: Record<string, string>) =>
    type === 'lxc' && status === 'failed' && /^2026-01-0[23]/.test(created ?? '')
  expect(sum(await rowsOf('errors', ...days, '--type', 'lxc'))).toBe(all.filter(isMeant).length)
  expect(sum(await rowsOf('errors', '--from', '2026-01-02', '--script', 'app1'))).toBe(
    all.filter(({ created, nsapp, status }) => created >= '2026-01-02' && nsapp === 'app1' && status === 'failed').length,
  )
})

test.each([
  [['--status', 'fail'], '--status: there is no such one, the nearest is failed'],
  [['--source', 'ProxmoxV'], '--source: there is no such one, the nearest is ProxmoxVE'],
  [['--from', 'yesterday'], '--from is "yesterday": must be a day like 2026-01-31'],
  [['--until', '2026-02-30'], '--until is "2026-02-30": must be a day like 2026-01-31'],
  [['--format', 'xml'], '--format'],
])('a wrong flag is refused by name: %p', async (flags, message) => {
  using folder = temporaryFolder()
  const context = sampleContext({ DATA_DIR: folder.path })
  expect(await runCommandLine(['export', 'runs', ...flags], context)).toBe(2)
  expect(context.told()).toContain(message)
})

test('an export of a folder without a store says so and makes none', async () => {
  using folder = temporaryFolder()
  const context = sampleContext({ DATA_DIR: folder.path })
  expect(await runCommandLine(['export', 'errors'], context)).toBe(2)
  expect(context.told()).toContain('there is no store.db in it')
})
