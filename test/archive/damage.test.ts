import { expect, test } from 'bun:test'
import { rmSync, writeFileSync } from 'node:fs'
import { openBackup } from '../../src/archive/backup-folder.ts'
import { findDamage } from '../../src/archive/damage.ts'
import { temporaryFolder } from '../store/folder.ts'
import { fillFolder, makeBackup } from './sample-backup.ts'

test.each<[name: string, spoil: (path: string) => void, fault: string | undefined]>([
  ['is whole', () => undefined, undefined],
  ['lacks a file', (path) => rmSync(`${path}/store.db.zst`), 'store.db.zst is missing'],
  ['has another content', (path) => writeFileSync(`${path}/store.db.zst`, 'x'), 'store.db.zst is damaged: its checksum differs'],
  ['lacks its manifest', (path) => rmSync(`${path}/manifest.json`), 'manifest.json is missing'],
])('a backup that %s is told by its checksums', async (_, spoil, fault) => {
  using folder = temporaryFolder()
  fillFolder(folder)
  const path = folder.file(`backup/${await makeBackup(folder)}`)
  spoil(path)
  expect(await findDamage(openBackup(path))).toBe(fault as string)
})
