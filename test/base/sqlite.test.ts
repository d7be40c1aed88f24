import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { faultCode } from '../../src/base/fault-code.ts'
import { isEnvironmentFault, openDatabase, openReadOnly } from '../../src/base/sqlite.ts'
import { temporaryFolder } from '../store/folder.ts'

const first = { version: 1, sql: 'CREATE TABLE a (n INTEGER) STRICT; CREATE TABLE b (n INTEGER) STRICT' }
const second = { version: 2, sql: 'ALTER TABLE a ADD COLUMN m INTEGER' }
const common = { applicationId: 7, synchronous: 'normal' } as const

describe('a database', () => {
  test('is created, and brought up to date step by step by later programs', () => {
    using folder = temporaryFolder()
    const path = folder.file('x.db')
    openDatabase({ path, ...common, migrations: [first] }).close()
    const database = openDatabase({ path, ...common, migrations: [first, second] })
    database.run('INSERT INTO a (n, m) VALUES (1, 2)')
    expect(database.query('PRAGMA user_version').get()).toEqual({ user_version: 2 })
    expect(database.query('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
    expect(database.query('PRAGMA synchronous').get()).toEqual({ synchronous: 1 })
    expect(database.query('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 })
    database.close()
  })

  test('from a newer program is refused, for reading too, and left as it was', () => {
    using folder = temporaryFolder()
    const path = folder.file('x.db')
    openDatabase({ path, ...common, migrations: [first, second] }).close()
    expect(() => openDatabase({ path, ...common, migrations: [first] })).toThrow('has schema 2, this program knows up to 1')
    expect(() => openReadOnly({ path, applicationId: 7, migrations: [first] })).toThrow('has schema 2')
  })

  test('is not read before its writer brought it up to date', () => {
    using folder = temporaryFolder()
    const path = folder.file('x.db')
    openDatabase({ path, ...common, migrations: [first] }).close()
    expect(() => openReadOnly({ path, applicationId: 7, migrations: [first, second] })).toThrow('brought up to date')
  })

  test.each([
    ['of another program', 9],
    ['of a program that marks nothing', 0],
  ])('%s is refused and left untouched', (_, applicationId) => {
    using folder = temporaryFolder()
    const path = folder.file('x.db')
    const foreign = new Database(path)
    foreign.run('CREATE TABLE theirs (n INTEGER)')
    foreign.run(`PRAGMA application_id = ${applicationId}`)
    foreign.close()
    expect(() => openDatabase({ path, ...common, migrations: [first] })).toThrow('not the database expected')
    const after = new Database(path, { readonly: true })
    expect(after.query('SELECT name FROM sqlite_master').all()).toEqual([{ name: 'theirs' }])
    after.close()
  })

  test('keeps nothing of a step that fails half-way', () => {
    using folder = temporaryFolder()
    const path = folder.file('x.db')
    const broken = { version: 2, sql: 'CREATE TABLE c (n INTEGER) STRICT; CREATE TABLE a (n INTEGER) STRICT' }
    expect(() => openDatabase({ path, ...common, migrations: [first, broken] })).toThrow()
    const database = openDatabase({ path, ...common, migrations: [first] })
    expect(database.query('SELECT name FROM sqlite_master ORDER BY name').all()).toEqual([{ name: 'a' }, { name: 'b' }])
    database.close()
  })

  test('that is damaged is refused with its name, the code and what to do, and left as it was', () => {
    using folder = temporaryFolder()
    const path = folder.file('x.db')
    const noise = Buffer.alloc(4_096, 'noise')
    writeFileSync(path, noise)
    expect(() => openDatabase({ path, ...common, migrations: [first], remedy: 'do this' })).toThrow(
      `${path} is damaged (SQLITE_NOTADB): do this`,
    )
    expect(() => openDatabase({ path, ...common, migrations: [first] })).toThrow('telemetry-service backup restore NAME')
    expect(readFileSync(path).equals(noise)).toBe(true)
  })

  test('that cannot be written is refused with its name, the code and what to do', () => {
    using folder = temporaryFolder()
    const path = folder.file('x.db')
    mkdirSync(path)
    expect(() => openDatabase({ path, ...common, migrations: [first] })).toThrow(`${path} cannot be opened for writing (SQLITE_CANTOPEN`)
  })

  test('opened for reading cannot be written', () => {
    using folder = temporaryFolder()
    const path = folder.file('x.db')
    openDatabase({ path, ...common, migrations: [first] }).close()
    const reader = openReadOnly({ path, applicationId: 7, migrations: [first] })
    expect(() => reader.run('INSERT INTO a (n) VALUES (1)')).toThrow('readonly')
    reader.close()
  })
})

describe('a fault', () => {
  test('of a full disk, a busy file or failing hardware is the environment’s', () => {
    using folder = temporaryFolder()
    const database = openDatabase({ path: folder.file('x.db'), ...common, migrations: [first] })
    database.run('PRAGMA max_page_count = 4')
    const fault = catchFault(() =>
      database.run(`INSERT INTO a (n) WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 100000) SELECT n FROM c`),
    )
    expect(faultCode(fault)).toBe('SQLITE_FULL')
    expect(isEnvironmentFault(fault)).toBe(true)
    database.close()
  })

  test.each([
    ['a broken constraint', Object.assign(new Error('x'), { code: 'SQLITE_CONSTRAINT_UNIQUE' }), 'SQLITE_CONSTRAINT_UNIQUE', false],
    ['failing hardware', Object.assign(new Error('x'), { code: 'SQLITE_IOERR_WRITE' }), 'SQLITE_IOERR_WRITE', true],
    ['a bug', new TypeError('x'), 'TypeError', false],
    ['something thrown that is no error', 'text of an entry', 'unknown', false],
  ])('of %s has its code and kind', (_, fault, code, isEnvironment) => {
    expect(faultCode(fault)).toBe(code)
    expect(isEnvironmentFault(fault)).toBe(isEnvironment)
  })
})

function catchFault(work: () => unknown): unknown {
  try {
    work()
  } catch (fault) {
    return fault
  }
  return undefined
}
