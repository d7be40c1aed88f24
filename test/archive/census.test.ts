import { describe, expect, test } from 'bun:test'
import { mkdirSync, writeFileSync } from 'node:fs'
import { takeAccessCensus } from '../../src/access/census.ts'
import { openAccessDatabase } from '../../src/access/database.ts'
import { endRestoredSessions } from '../../src/access/restored.ts'
import { isRestoreBroken } from '../../src/archive/restore.ts'
import { takeJournalCensus } from '../../src/journal/census.ts'
import { takeStoreCensus } from '../../src/store/census.ts'
import { temporaryFolder } from '../store/folder.ts'
import { fillFolder } from './sample-backup.ts'

describe('a census', () => {
  test('says what each database holds', () => {
    using folder = temporaryFolder()
    fillFolder(folder)
    const store = takeStoreCensus(folder.file('store.db'))
    expect(store).toMatchObject({ isWhole: true, runs: 5, traces: 5, tombstones: 0, cursors: { test: 5 } })
    expect(takeJournalCensus(folder.file('journal.db'))).toMatchObject({ isWhole: true, entries: 3, last: 3, freed: 0 })
    expect(takeAccessCensus(folder.file('access.db'))).toMatchObject({ isWhole: true, keys: 0, users: 0, secrets: 1 })
  })

  test.each([
    ['store.db', takeStoreCensus],
    ['journal.db', takeJournalCensus],
    ['access.db', takeAccessCensus],
  ])('throws for %s where it is no database', (name, take) => {
    using folder = temporaryFolder()
    writeFileSync(folder.file(name), 'something else, long enough to be looked at as a file of SQLite')
    expect(() => take(folder.file(name))).toThrow()
  })
})

test('a folder in which a restore was broken off says so', () => {
  using folder = temporaryFolder()
  expect(isRestoreBroken(folder.path)).toBe(false)
  mkdirSync(folder.file('restoring'))
  expect(isRestoreBroken(folder.path)).toBe(true)
})

test('who was signed in when a backup was made is signed out by its restore, and the setup link is void; keys and users stay', () => {
  using folder = temporaryFolder()
  const path = folder.file('access.db')
  const access = openAccessDatabase(path)
  access.run(`INSERT INTO user VALUES ('u1', 'ada', 'admin', 'default', 'x', 0, NULL)`)
  access.run(`INSERT INTO session VALUES ('s1', zeroblob(32), 'u1', NULL, 'password', 0, 0, 9e15)`)
  access.run('INSERT INTO setup_link VALUES (1, zeroblob(32), 0, 0)')
  access.close()
  endRestoredSessions(path)
  const after = openAccessDatabase(path)
  const count = (table: string) => after.query<{ n: number }, []>(`SELECT count(*) AS n FROM ${table}`).get()?.n
  expect([count('user'), count('session'), count('setup_link')]).toEqual([1, 0, 0])
  after.close()
})
