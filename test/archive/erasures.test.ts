import { expect, test } from 'bun:test'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { openAccessDatabase } from '../../src/access/database.ts'
import { openErasureBook } from '../../src/access/erasure.ts'
import { Erasures } from '../../src/archive/erasures.ts'
import { fakeClock } from '../fake-clock.ts'
import { temporaryFolder } from '../store/folder.ts'

const dayMs = 86_400_000

test('an erasure is asked for until it is through everywhere, waits for the mirror, and is remembered longer than the oldest backup', async () => {
  using folder = temporaryFolder()
  const clock = fakeClock('2026-01-01')
  const database = openAccessDatabase(folder.file('access.db'))
  const book = openErasureBook(database)
  let left = 1
  let isMirrored = false
  const asked: number[] = []
  const erasures = new Erasures({
    ...{ book, secret: new Uint8Array(32), clock, folder: folder.path, isMirrored: () => isMirrored },
    erase: async (pending) => {
      asked.push(pending.length)
      return { removed: 2, left }
    },
  })
  await erasures.request('default', 'somebody', 'cli')
  expect(readFileSync(folder.file('backup/erasures.json'), 'utf8')).not.toContain('somebody')
  expect([await erasures.run(), await erasures.run()]).toEqual([2, 0]) // The second one would find the mirror as it was.
  isMirrored = true
  left = 0
  await erasures.run()
  await erasures.run()
  expect(asked).toEqual([1, 1])
  expect(book.pending()).toEqual([])

  mkdirSync(folder.file('backup/2025-12-31T00-00-00Z'))
  clock.pass(500 * dayMs)
  await erasures.run()
  expect(book.all()).toHaveLength(1) // A backup from before it is still there.
  mkdirSync(folder.file('backup/2026-06-01T00-00-00Z'))
  rmSync(folder.file('backup/2025-12-31T00-00-00Z'), { recursive: true })
  await erasures.run()
  expect(book.all()).toEqual([])
  database.close()
})

test('an erasure that could not be kept beside the backups is refused with the folder’s name, and notes nothing', async () => {
  using folder = temporaryFolder()
  writeFileSync(folder.file('backup'), '')
  const database = openAccessDatabase(folder.file('access.db'))
  const book = openErasureBook(database)
  const erasures = new Erasures({
    ...{ book, secret: new Uint8Array(32), clock: fakeClock('2026-01-01'), folder: folder.path, isMirrored: () => true },
    erase: async () => ({ removed: 0, left: 0 }),
  })
  expect(await erasures.request('default', 'somebody', 'cli')).toEqual({ ok: false, fault: `${folder.file('backup')} is no folder` })
  expect(book.all()).toEqual([])
  expect(await erasures.run()).toBe(0) // The timer of erasures does not fail by it.
  database.close()
})
