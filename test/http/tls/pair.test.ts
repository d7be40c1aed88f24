import { afterAll, describe, expect, test } from 'bun:test'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isValidAt, readTlsPair } from '../../../src/http/tls/pair.ts'
import { makeCertificate } from '../../part/certificate.ts'
import { temporaryFolder } from '../../store/folder.ts'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const one = makeCertificate(folder.path, 'one')
const two = makeCertificate(folder.path, 'two')
const junk = join(folder.path, 'junk')
writeFileSync(junk, 'not PEM')
const missing = join(folder.path, 'missing')

describe('a certificate and its key', () => {
  test('are read together, with the time that they hold', () => {
    const pair = readTlsPair(one)
    if (!pair.ok) throw new Error(pair.fault)
    expect([isValidAt(pair.value, pair.value.validFrom), isValidAt(pair.value, pair.value.validTo)]).toEqual([true, false])
  })

  test.each([
    ['cert_unreadable', { ...one, certFile: missing }],
    ['cert_invalid', { ...one, certFile: junk }],
    ['key_unreadable', { ...one, keyFile: missing }],
    ['key_invalid', { ...one, keyFile: junk }],
    ['key_foreign', { ...one, keyFile: two.keyFile }],
  ] as const)('are refused as %s', (fault, files) => {
    expect(readTlsPair(files)).toEqual({ ok: false, fault })
  })
})
