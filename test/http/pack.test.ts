import { expect, test } from 'bun:test'
import { answerPage, answerText } from '../../src/http/answer.ts'
import { packKept, packPage } from '../../src/http/pack.ts'

const asked = new Request('http://localhost/', { headers: { 'Accept-Encoding': 'gzip' } })
const page = `<p>${'runs '.repeat(1_000)}</p>`

test('a page is packed for who takes that, with its own status and headers', async () => {
  const sent = packPage(answerPage(422, page, { ETag: '"a"' }), asked)
  expect([sent.status, sent.headers.get('content-encoding'), sent.headers.get('etag')]).toEqual([422, 'gzip', '"a"'])
  expect(sent.headers.get('content-type')).toStartWith('text/html')
  expect(new TextDecoder().decode(Bun.gunzipSync(await sent.arrayBuffer()))).toBe(page)
})

test('a page is sent as it is to who takes no gzip, and where it is short', async () => {
  for (const [text, request] of [
    [page, new Request('http://localhost/')],
    ['<p>short</p>', asked],
  ] as const) {
    const sent = packPage(answerPage(200, text), request)
    expect(sent.headers.has('content-encoding')).toBe(false)
    expect(await sent.text()).toBe(text)
  }
})

test('any other answer goes through untouched', () => {
  for (const answer of [answerText(202, page), answerPage(304, page)]) expect(packPage(answer, asked)).toBe(answer)
})

test('a text that stays is packed once, and as tight as it goes, for who takes that', () => {
  const packFor = packKept(page)
  const packed = packFor(asked)
  expect(new TextDecoder().decode(Bun.gunzipSync(packed.body as Uint8Array<ArrayBuffer>))).toBe(page)
  expect(packFor(asked).body).toBe(packed.body)
  expect(packFor(new Request('http://localhost/'))).toEqual({ body: page, headers: {} })
})
