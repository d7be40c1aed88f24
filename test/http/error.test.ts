import { expect, test } from 'bun:test'
import { type RefusalCode, refusal } from '../../src/event/refusal.ts'
import { refuseAsJson, refuseAsText, statusOf } from '../../src/http/error.ts'

const rows: readonly (readonly [code: RefusalCode, status: number, text: string])[] = [
  ['body_too_large', 400, 'invalid body'],
  ['body_unreadable', 400, 'invalid body'],
  ['json_undecodable', 400, 'invalid json'],
  ['payload_unusable', 400, 'invalid payload'],
  ['parameter_invalid', 400, 'invalid parameter'],
  ['key_required', 401, 'unauthorized'],
  ['not_permitted', 403, 'forbidden'],
  ['not_found', 404, 'not found'],
  ['method_not_allowed', 405, 'method not allowed'],
  ['rate_limited', 429, 'rate limited'],
  ['journal_full', 503, 'server busy'],
  ['too_busy', 503, 'server busy'],
  ['storage_unusable', 500, 'storage unusable'],
]

test.each(rows)('%s is %d %s, as text and as JSON', async (code, status, text) => {
  const fault = refusal(code, 'field', 'rule')
  const [plain, json] = [refuseAsText(fault), refuseAsJson(fault)]
  expect(statusOf(code)).toBe(status)
  expect([plain.status, await plain.text()]).toEqual([status, `${text}\n`])
  expect([json.status, (await json.json()) as unknown]).toEqual([status, { error: { code, message: text, field: 'field', rule: 'rule' } }])
  for (const answer of [plain, json]) {
    expect(answer.headers.get('x-telemetry-reason')).toBe('field: rule')
    expect(answer.headers.get('retry-after')).toBe(status === 503 ? '5' : null)
    expect(answer.headers.get('connection')).toBe(text === 'invalid body' ? 'close' : null)
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null)
  }
})
