import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type Asking, type Running, startRunning } from '../../part/running.ts'

let service: Running
const apiKey = 'piicloak-key-of-a-test'

beforeAll(async () => {
  service = await startRunning({ PIICLOAK_API_KEY: apiKey, PIICLOAK_RATE_LIMIT: '0' })
})
afterAll(() => service[Symbol.asyncDispose]())

const json = { 'Content-Type': 'application/json' }

function send(path: string, body: unknown, more: Asking = {}): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return service.ask(path, { key: apiKey, ...more, body: text, headers: { ...json, ...more.headers } })
}

describe('POST /analyze', () => {
  test('tells what was found where, counted in code points, with its keys in alphabetical order', async () => {
    const answer = await send('/analyze', { text: '😀 mail jo@example.com now' })
    expect(answer.status).toBe(200)
    const text = await answer.text()
    expect(JSON.parse(text).entities_found[0]).toEqual({ end: 21, score: 1, start: 7, text: 'jo@example.com', type: 'EMAIL_ADDRESS' })
    expect(text).toMatch(
      /^\{"contains_pii":true,"entities_found":\[\{"end":21,"score":1,"start":7,"text":"jo@example.com","type":"EMAIL_ADDRESS"\}/,
    )
    expect(text).toEndWith(',"text":"😀 mail jo@example.com now"}')
  })

  test('explains by rules of ours, where that is asked for', async () => {
    const answer = await send('/analyze', { text: 'link/ether bc:24:11:5a:00:1f', explain: true })
    const [found] = ((await answer.json()) as { entities_found: { explanation: unknown }[] }).entities_found
    expect(found?.explanation).toEqual({ base_score: 0.85, context: null, rule: 'mac', validated: false })
  })

  test('finds names of people, bodies and places, and says why', async () => {
    const text = 'Dear Ms Jana Kowalski, the invoice of Contoso Ltd went to Hamburg.'
    const answer = (await (await send('/analyze', { text, explain: true })).json()) as { entities_found: Record<string, unknown>[] }
    const found = answer.entities_found.map(({ type, text: value }) => [type, value])
    expect(found).toContainEqual(['PERSON', 'Jana Kowalski'])
    expect(found).toContainEqual(['ORGANIZATION', 'Contoso Ltd'])
    expect(found).toContainEqual(['LOCATION', 'Hamburg'])
    expect(answer.entities_found.find(({ type }) => type === 'ORGANIZATION')?.['explanation']).toEqual({
      base_score: 0.9,
      context: null,
      rule: 'organization',
      validated: false,
      why: 'a legal form',
    })
  })

  test('finds no names where only other types are asked for', async () => {
    const text = 'Jana Kowalski at 10.0.0.5'
    const answer = (await (await send('/analyze', { text, entities: ['IP_ADDRESS'] })).json()) as { entities_found: { type: string }[] }
    expect(answer.entities_found.map(({ type }) => type)).toEqual(['IP_ADDRESS'])
  })

  test('an empty text has nothing', async () => {
    expect(await (await send('/analyze', { text: '' })).json()).toEqual({ contains_pii: false, entities_found: [], text: '' })
  })
})

describe('POST /anonymize', () => {
  const text = 'password=hunter2 from 10.0.0.5'

  test.each([
    ['replace', 'password=<PASSWORD> from <IP_ADDRESS>'],
    ['mask', 'password=******* from ********'],
    ['redact', 'password= from '],
  ])('%s', async (mode, anonymized) => {
    const body = (await (await send('/anonymize', { text, mode })).json()) as Record<string, unknown>
    expect(Object.keys(body)).toEqual(['anonymized', 'entities_found', 'original'])
    expect(body['anonymized']).toBe(anonymized)
    expect(body['original']).toBe(text)
  })

  test('hash gives equal values different hashes, pseudonym the same token', async () => {
    const twice = 'password=hunter2 and password=hunter2'
    const of = async (mode: string) =>
      ((await (await send('/anonymize', { text: twice, mode })).json()) as { anonymized: string }).anonymized
    const [, one, other] = /^password=([0-9a-f]{64}) and password=([0-9a-f]{64})$/.exec(await of('hash')) ?? []
    expect(one).toBeString()
    expect(one).not.toBe(other)
    const [, first, second] =
      /^password=(<PASSWORD_[a-z2-9]{10}>) and password=(<PASSWORD_[a-z2-9]{10}>)$/.exec(await of('pseudonym')) ?? []
    expect(first).toBeString()
    expect(first).toBe(second)
  })

  test('hides names beside what has a form, each as what counts most', async () => {
    const letter = 'Jana Kowalski, Musterstraße 5, 10115 Berlin, jana.kowalski@example.com'
    const body = (await (await send('/anonymize', { text: letter })).json()) as Record<string, unknown>
    expect(body['anonymized']).toBe('<PERSON>, <ADDRESS>, <EMAIL_ADDRESS>')
  })

  test('repeats nothing of the text where include_original is false', async () => {
    const answer = await (await send('/anonymize', { text, include_original: false })).text()
    expect(answer).not.toMatch(/hunter2|10\.0\.0\.5|original/)
  })

  test('hides only the types that are asked for', async () => {
    const body = (await (await send('/anonymize', { text, entities: ['IP_ADDRESS', 'NO_TYPE'] })).json()) as Record<string, unknown>
    expect(body['anonymized']).toBe('password=hunter2 from <IP_ADDRESS>')
  })
})

describe('a request that cannot be used gets JSON that names field and rule', () => {
  const canary = 'canary-7d1f'
  test.each<[what: string, body: unknown, status: number, field: string, rule: string]>([
    ['no JSON', `{"text": "${canary}`, 400, 'body', 'json'],
    ['an empty object', {}, 400, 'text', 'required'],
    ['a list', [canary], 400, 'text', 'required'],
    ['null', 'null', 400, 'text', 'required'],
    ['a string', `"text ${canary}"`, 400, 'text', 'required'],
    ['a text that is null', { text: null, canary }, 400, 'text', 'string'],
    ['a text that is a number', { text: 5 }, 400, 'text', 'string'],
    ['a mode that there is not', { text: 'a', mode: canary }, 400, 'mode', 'one_of'],
    ['a mode that is null', { text: 'a', mode: null }, 400, 'mode', 'one_of'],
    ['a threshold in words', { text: 'a', score_threshold: canary }, 400, 'score_threshold', 'number'],
    ['a threshold that nothing reaches', { text: canary, score_threshold: 1.5 }, 400, 'score_threshold', 'from_0_to_1'],
    ['a threshold below all', { text: canary, score_threshold: -1 }, 400, 'score_threshold', 'from_0_to_1'],
    ['types that are no list', { text: 'a', entities: canary }, 400, 'entities', 'list_of_names'],
    ['types of which none is known', { text: 'a', entities: [canary] }, 400, 'entities', 'known_type'],
    ['a language that is none', { text: 'a', language: `${canary} x` }, 400, 'language', 'language_code'],
    ['a flag in words', { text: 'a', explain: canary }, 400, 'explain', 'boolean'],
    ['too long a text', { text: canary.repeat(100_000) }, 413, 'text', 'at_most_1000000_characters'],
  ])('%s', async (_, body, status, field, rule) => {
    for (const path of ['/analyze', '/anonymize']) {
      const answer = await send(path, body)
      const text = await answer.text()
      expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/json; charset=utf-8'])
      expect(JSON.parse(text)).toMatchObject({ field, rule, error: expect.any(String) })
      expect(text).not.toContain(canary)
    }
  })

  test('another content type, and a body that is too large', async () => {
    expect((await send('/analyze', { text: 'a' }, { headers: { 'Content-Type': 'text/plain' } })).status).toBe(415)
    const large = await send('/analyze', { text: 'a'.repeat(9_000_000) })
    expect([large.status, ((await large.json()) as { rule: string }).rule]).toEqual([413, 'at_most_8388608_bytes'])
  })
})

test('GET /entities and GET /health need no key', async () => {
  const entities = (await (await service.ask('/entities')).json()) as Record<string, unknown>
  expect(Object.keys(entities)).toEqual(['categories', 'modes', 'supported_entities'])
  expect(Object.keys(entities['categories'] as object)).toEqual(['financial', 'legal', 'organizational', 'other', 'personal', 'technical'])
  expect(await (await service.ask('/health')).json()).toMatchObject({ service: 'piicloak', status: 'ok' })
})

test('counts what it did in /metrics', async () => {
  const page = await (await service.ask('/metrics')).text()
  expect(page).toMatch(/^piicloak_requests_by_endpoint\{endpoint="anonymize_text"\} \d+$/m)
  expect(page).toMatch(/^piicloak_entities_detected_total [1-9]\d*$/m)
  expect(page).toMatch(/^piicloak_errors_total [1-9]\d*$/m)
  expect(page).toMatch(/^piicloak_request_duration_seconds 0\.\d+/m)
})
