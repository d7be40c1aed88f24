import { describe, expect, test } from 'bun:test'
import { faultFromAnswer, faultWithoutAnswer, faultWord, mayBeOfRecord } from '../../../src/consumer/pocketbase/fault.ts'

const canary = 'marker@example.test 203.0.113.9'

describe('a fault of PocketBase', () => {
  test.each([
    [
      'a record',
      { data: { nsapp: { code: 'validation_max_text', message: canary } }, message: canary, status: 400 },
      'http_400 nsapp:validation_max_text',
      true,
    ],
    ['a record without a reason', { data: {}, message: canary, status: 400 }, 'http_400', true],
    [
      'a batch',
      { data: { requests: { 3: { response: { status: 400, data: { a: { code: 'b' } }, message: canary } } } } },
      'http_400 a:b',
      true,
    ],
    ['a missing record in a batch', { data: { requests: { 0: { response: { status: 404, data: {} } } } } }, 'http_404', false],
    [
      'a batch that is too large',
      { data: { requests: { code: 'validation_length_too_long', message: canary } } },
      'http_400 requests:validation_length_too_long',
      true,
    ],
    ['names and codes that are none of PocketBase', { data: { [canary]: { code: canary }, a: { code: canary } } }, 'http_400', true],
    ['a page of a gateway', `<html>${canary}</html>`, 'http_400', true],
    ['nothing', undefined, 'http_400', true],
  ])('of %s is named without a text of the answer', (_, body, word, ofRecord) => {
    const fault = faultFromAnswer(400, body, undefined)
    expect(faultWord(fault)).toBe(word)
    expect(mayBeOfRecord(fault)).toBe(ofRecord)
    expect(JSON.stringify(fault)).not.toContain('marker')
  })

  test.each([400, 409, 413, 422])('%d may be of the record', (status) => {
    expect(mayBeOfRecord(faultFromAnswer(status, {}, undefined))).toBe(true)
  })

  test.each([302, 401, 403, 404, 408, 429, 500, 502, 503, 504, 507])('%d is of the environment', (status) => {
    expect(mayBeOfRecord(faultFromAnswer(status, {}, undefined))).toBe(false)
  })

  test.each(['unreachable', 'timed_out', 'stopped', 'redirected', 'answer_too_large', 'unreadable', 'foreign_instance'] as const)(
    '%s is of the environment',
    (code) => {
      expect(mayBeOfRecord(faultWithoutAnswer(code))).toBe(false)
      expect(faultWord(faultWithoutAnswer(code))).toBe(code)
    },
  )
})
