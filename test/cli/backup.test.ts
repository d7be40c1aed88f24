import { describe, expect, test } from 'bun:test'
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { runCommandLine } from '../../src/cli/program.ts'
import { backupsOf, fillFolder, makeBackup } from '../archive/sample-backup.ts'
import { startRunning } from '../part/running.ts'
import { temporaryFolder } from '../store/folder.ts'
import { sampleContext } from './desk-sample.ts'

async function run(folder: string, ...words: readonly string[]) {
  const context = sampleContext({ DATA_DIR: folder })
  const code = await runCommandLine(['backup', ...words], context)
  return { code, out: context.out(), told: context.told() }
}

describe('a folder of backups', () => {
  test('that is not there is told with where it was looked for and what makes one', async () => {
    using folder = temporaryFolder()
    expect(await run(folder.path, 'list')).toEqual({
      ...{ code: 0, out: '' },
      told: `There is no backup in DATA_DIR/backup (DATA_DIR is ${folder.path}). telemetry-service backup create makes one.\n`,
    })
  })

  test('is listed without a file being made, so that one can be restored next', async () => {
    using folder = temporaryFolder()
    fillFolder(folder)
    const name = await makeBackup(folder)
    for (const file of ['access.db', 'journal.db', 'store.db'])
      for (const end of ['', '-wal', '-shm']) rmSync(folder.file(file + end), { force: true })
    expect((await run(folder.path, 'list')).out).toContain(name)
    expect((await run(folder.path, 'restore', name)).code).toBe(0)
  })

  test.each(['list', 'create', 'verify 2026-06-15T02-40-00Z', 'restore 2026-06-15T02-40-00Z'])(
    'that is of no use ends %s with the folder, the setting and what to do',
    async (words) => {
      using folder = temporaryFolder()
      fillFolder(folder)
      const isOpen = process.geteuid?.() === 0 // Nothing is closed to root.
      if (isOpen) writeFileSync(folder.file('backup'), '')
      else mkdirSync(folder.file('backup'), { mode: 0 })
      const { code, told } = await run(folder.path, ...words.split(' '))
      const text = isOpen
        ? `${folder.file('backup')} is no folder. Move it away: the next backup makes the folder`
        : `${folder.file('backup')} cannot be read and written by this user. chown`
      expect([code, told]).toEqual([1, expect.stringContaining(`DATA_DIR/backup is of no use: ${text}`)])
    },
  )

  test('is told in the same words by a running service', async () => {
    await using service = await startRunning()
    writeFileSync(`${service.folder}/backup`, '')
    for (const word of ['list', 'create'])
      expect((await run(service.folder, word)).told).toContain(`DATA_DIR/backup is of no use: ${service.folder}/backup is no folder`)
  })
})

/** Not even root reads a folder as a file. */
function becomeFolder(path: string): void {
  rmSync(path)
  mkdirSync(path)
}

describe('a backup whose manifest is broken', () => {
  const broken: [name: string, spoil: (path: string) => void, fault: string][] = [
    ['is not to be read', becomeFolder, 'manifest.json cannot be read (EISDIR)'],
    ['holds no JSON', (path) => writeFileSync(path, '{'), 'manifest.json is damaged: its checksum differs'],
    ['is empty', (path) => writeFileSync(path, ''), 'manifest.json is damaged: its checksum differs'],
    ['is no text', (path) => writeFileSync(path, new Uint8Array([0, 255, 254, 10, 0])), 'manifest.json is damaged: its checksum differs'],
  ]
  if (process.geteuid?.() !== 0) broken.push(['belongs to others', (path) => chmodSync(path, 0), 'manifest.json cannot be read (EACCES)'])

  test.each(broken)('that %s is listed as damaged beside the others, and verify says why', async (_, spoil, fault) => {
    using folder = temporaryFolder()
    fillFolder(folder)
    const whole = await makeBackup(folder)
    const damaged = '2020-01-01T00-00-00Z'
    Bun.spawnSync(['cp', '-r', folder.file(`backup/${whole}`), folder.file(`backup/${damaged}`)])
    spoil(folder.file(`backup/${damaged}/manifest.json`))
    const { code, out } = await run(folder.path, 'list')
    expect([code, out]).toEqual([0, expect.stringMatching(new RegExp(`${damaged} .*damaged: manifest[^]*${whole} .*whole`))])
    expect(out).toContain(fault)
    expect(await run(folder.path, 'verify', damaged)).toMatchObject({ code: 1, told: expect.stringContaining(fault) })
  })

  test('does not keep the System page from being shown', async () => {
    await using service = await startRunning()
    const folder = `${service.folder}/backup`
    for (const name of ['2020-01-01T00-00-00Z', '2100-01-01T00-00-00Z']) mkdirSync(`${folder}/${name}/manifest.json`, { recursive: true })
    const page = await service.ask('/system', { key: await service.makeKey('admin') })
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('2100-01-01T00-00-00Z: manifest.json cannot be read')])
  })

  test('takes no place of a whole one, and goes when it is older than those', async () => {
    using folder = temporaryFolder()
    fillFolder(folder)
    for (const name of ['2020-01-01T00-00-00Z', '2100-01-01T00-00-00Z'])
      mkdirSync(folder.file(`backup/${name}/manifest.json`), { recursive: true })
    const { name } = await backupsOf(folder).createProved(1, { signal: new AbortController().signal, note: () => undefined })
    expect(readdirSync(folder.file('backup')).sort()).toEqual([name, '2100-01-01T00-00-00Z', 'erasures.json'])
  })
})
