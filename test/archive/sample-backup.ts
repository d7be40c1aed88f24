import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAccessDatabase } from '../../src/access/database.ts'
import { restoreFromBackup } from '../../src/app/backup.ts'
import { type BackupFacts, Backups, type BackupsParts } from '../../src/archive/backups.ts'
import { readSettings, type Settings } from '../../src/config.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { entryOf, idOf, writeJournal } from '../consumer/journal-file.ts'
import type { temporaryFolder } from '../store/folder.ts'
import { put, stateOf } from '../store/run-fixture.ts'

type Folder = ReturnType<typeof temporaryFolder>

/** A data folder at rest: five runs in the store, three events in the journal, a secret. */
export function fillFolder(folder: Folder): void {
  const store = openStoreWriter(folder.file('store.db'))
  for (let n = 1; n <= 5; n += 1) put(store, n, stateOf({ status: 'failed', exitCode: n, error: `error ${n}`, trace: `log of ${n}` }))
  store.close()
  writeJournal(folder.file('journal.db'), [[1, 2, 3].map((n) => entryOf({ executionId: idOf(0x100 + n) }))])
  const access = openAccessDatabase(folder.file('access.db'))
  access.run(`INSERT INTO secret VALUES ('run_id', zeroblob(32), 0)`)
  access.close()
}

/** The backups of a folder in which nothing is served. */
export function backupsOf(folder: Folder, whileHeld: BackupsParts['whileHeld'] = (work) => work()): Backups {
  return new Backups({ folder: folder.path, whileHeld })
}

/** What is listed of them. */
export function listOf(folder: Folder): readonly BackupFacts[] {
  const listed = backupsOf(folder).list()
  if (!listed.ok) throw new Error(listed.fault)
  return listed.value
}

/** The backups of a folder whose disk turns a bit of each between the moment it is made and the one it is proved. */
export function damagedBackupsOf(folder: string): Backups {
  return new (class extends Backups {
    override async create(signal?: AbortSignal) {
      const made = await super.create(signal)
      if (!made.ok) return made
      const path = join(folder, 'backup', made.value.name, 'store.db.zst')
      const bytes = readFileSync(path)
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
      writeFileSync(path, bytes)
      return made
    }
  })({ folder, whileHeld: (work) => work() })
}

/** Makes a backup and gives its name. */
export async function makeBackup(folder: Folder): Promise<string> {
  const made = await backupsOf(folder).create()
  if (!made.ok) throw new Error(made.fault)
  return made.value.name
}

export function settingsOf(folder: string): Settings {
  const config = readSettings({ DATA_DIR: folder })
  if (!config.ok) throw new Error('settings')
  return config.value.settings
}

/** Restores a backup of one folder into another. */
export function restore(from: Folder, name: string, into: string) {
  return restoreFromBackup(settingsOf(from.path), name, { folder: into })
}
