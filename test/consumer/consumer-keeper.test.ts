import { expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog } from '../../src/base/log.ts'
import { ConsumerKeeper } from '../../src/consumer/consumer-keeper.ts'
import { encodeEntries } from '../../src/journal/payload.ts'
import { SqliteJournal } from '../../src/journal/sqlite.ts'
import { until } from '../wait.ts'
import { entryOf } from './journal-file.ts'

test('a keeper opens the store, consumes what is told and stops with everything consumed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keeper-'))
  const settings = { journalPath: join(folder, 'journal.db'), storePath: join(folder, 'store.db') }
  const journal = await SqliteJournal.open({
    path: settings.journalPath,
    bytesMax: 64 * 1024 * 1024,
    onCommit: () => {},
    onCrash: () => {},
    onFault: () => {},
  })
  const keeper = await ConsumerKeeper.open(settings, silentLog)
  expect(keeper.status()?.cursor).toBe(0)
  await journal.append(encodeEntries([entryOf({ randomId: 'a' })]))
  keeper.appended()
  await until(async () => (await (await keeper.thread()).status()).cursor === 1, 'the entry in the store')
  await keeper.stop()
  await journal.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a keeper that cannot open the store says why and starts no second thread', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keeper-'))
  const settings = { journalPath: join(folder, 'journal.db'), storePath: join(folder, 'store.db') }
  writeFileSync(settings.storePath, 'this is no database, and nothing of ours to write into')
  const lines: string[] = []
  const log = { ...silentLog, error: (_facts: unknown, message: string) => lines.push(message) }
  const fault = await ConsumerKeeper.open(settings, log).then(
    () => undefined,
    (reason: unknown) => String(reason),
  )
  expect(fault).toContain('store.db')
  expect(lines).toEqual([])
  rmSync(folder, { recursive: true, force: true })
})
