import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { prepare, runQuery, slot, sqlBuilder } from '../../src/base/sql.ts'

const sql = sqlBuilder<{ pet: { name: string; legs: number; photo: Uint8Array | null } }>()

function openPets(): Database {
  const database = new Database(':memory:')
  database.run('CREATE TABLE pet (name TEXT, legs INTEGER, photo BLOB)')
  return database
}

test('a statement is compiled once and takes its values by their slots', () => {
  const database = openPets()
  const insert = prepare(database, sql.insertInto('pet').values({ legs: slot(1), name: slot(0), photo: slot(2) }))
  expect(insert.insert('cat', 4, null)).toBe(1)
  expect(insert.insert('bird', 2, Uint8Array.of(1, 2))).toBe(2)
  const byLegs = prepare(database, sql.selectFrom('pet').selectAll().where('legs', '>', slot(0)).where('name', '<>', 'dog').limit(slot(1)))
  expect(byLegs.first(2, 10)).toEqual({ name: 'cat', legs: 4, photo: null })
  expect(byLegs.first(4, 10)).toBeUndefined()
  expect(byLegs.all(0, 1)).toHaveLength(1)
  expect(byLegs.arrays(0, 10)).toEqual([
    ['cat', 4, null],
    ['bird', 2, Uint8Array.of(1, 2)],
  ])
  expect(prepare(database, sql.deleteFrom('pet').where('legs', '=', slot(0))).run(2)).toBe(1)
  database.close()
})

test('a statement refuses another number of values than it has slots', () => {
  const database = openPets()
  const insert = prepare(database, sql.insertInto('pet').values({ name: slot(0), legs: slot(1), photo: slot(2) }))
  expect(() => insert.run('cat', 4)).toThrow('one value for each slot')
  database.close()
})

test('values of a query that stands for itself are bound, never written into its text', () => {
  const database = openPets()
  const name = "'; DROP TABLE pet; --"
  prepare(database, sql.insertInto('pet').values({ name: slot(0), legs: slot(1), photo: slot(2) })).run(name, 1, null)
  expect(runQuery(database, sql.selectFrom('pet').select('legs').where('name', '=', name))).toEqual([{ legs: 1 }])
  database.close()
})
