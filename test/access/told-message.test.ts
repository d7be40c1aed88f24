import { expect, test } from 'bun:test'
import { existsSync, readFileSync } from 'node:fs'
import { openAlertMessageBook } from '../../src/access/alert-message-book.ts'
import { openAccessDatabase } from '../../src/access/database.ts'
import { rewriteMessages } from '../../src/access/told-message.ts'
import { temporaryFolder } from '../store/folder.ts'

test('messages are rewritten beside a service that has the file open, and what they said is in no byte of it', () => {
  using folder = temporaryFolder()
  const path = folder.file('access.db')
  const database = openAccessDatabase(path)
  const book = openAlertMessageBook(database)
  const messages = Array.from({ length: 200 }, (_, n) => ({
    ...{ id: `m${n}`, tenant: 'default', rule: 'a', thread: `t${n}`, at: n },
    body: JSON.stringify({ n, text: 'quagga '.repeat(50) }),
  }))
  book.record({ states: [], messages, channels: ['mail'] })
  const before = book.history('default', 1)
  rewriteMessages(path, (bodies) => bodies.map((body, index) => (index === 0 ? body : body.replaceAll('quagga', 'fp'))))
  expect(before[0]?.body).toContain('quagga')
  expect(book.history('default', 300).filter(({ body }) => body.includes('quagga'))).toHaveLength(1)
  rewriteMessages(path, (bodies) => bodies.map((body) => body.replaceAll('quagga', 'fp')))
  expect([path, `${path}-wal`].filter((file) => existsSync(file) && readFileSync(file).includes('quagga'))).toEqual([])
  expect(book.due('mail', 1_000, 300)).toHaveLength(200)
  database.close()
})
