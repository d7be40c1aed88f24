import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { readCertificates } from '../../src/access/certificate-file.ts'
import { certificatePath } from '../part/mailbox.ts'

test.each([
  ['a certificate', certificatePath, { ok: true, value: readFileSync(certificatePath, 'utf8') }],
  ['a key', 'test/fixture/tls/localhost.key', { ok: false, fault: 'the file holds no certificate in PEM' }],
  ['a folder', 'test/fixture/tls', { ok: false, fault: 'the file cannot be read (EISDIR)' }],
  ['nothing', 'test/fixture/tls/none', { ok: false, fault: 'the file cannot be read (ENOENT)' }],
])('%s', (_, path, read) => {
  expect<unknown>(readCertificates(path)).toEqual(read)
})
