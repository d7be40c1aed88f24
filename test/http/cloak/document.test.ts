import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { strToU8, zipSync } from 'fflate'
import { readDocx } from '../../../src/http/cloak/docx.ts'
import { readDocxForm } from '../../../src/http/cloak/docx-form.ts'
import { type Running, startRunning } from '../../part/running.ts'

let service: Running
beforeAll(async () => {
  service = await startRunning({ CLOAK_ACCESS: 'open', PIICLOAK_RATE_LIMIT: '100/hour' })
})
afterAll(() => service[Symbol.asyncDispose]())

const paragraph = (...runs: readonly string[]) =>
  `<w:p>${runs.map((run) => `<w:r><w:t xml:space="preserve">${run}</w:t></w:r>`).join('')}</w:p>`

function docx(files: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, strToU8(xml)]))) as Uint8Array<ArrayBuffer>
}

const letter = docx({
  '[Content_Types].xml': '<Types/>',
  'word/document.xml': `<w:document>${paragraph('Write to jo@exam', 'ple.com &amp; wait')}<w:tbl><w:tr><w:tc>${paragraph('10.0.0.5')}</w:tc></w:tr></w:tbl></w:document>`,
  'word/header1.xml': paragraph('head@example.com'),
  'word/footer1.xml': paragraph('foot@example.com'),
  'word/footnotes.xml': paragraph('note@example.com'),
  'word/comments.xml': paragraph('said@example.com'),
  'word/styles.xml': paragraph('style'),
})

function send(file: Uint8Array<ArrayBuffer>, fields: Readonly<Record<string, string>> = {}, name = 'letter.docx'): Promise<Response> {
  const form = new FormData()
  form.append('document', new File([file], name))
  for (const [field, value] of Object.entries(fields)) form.append(field, value)
  return fetch(`${service.url}/anonymize/docx`, { method: 'POST', body: form })
}

/** A form as curl sends it, with any name of the file. */
function sendNamed(name: string): Promise<Response> {
  const head = `--x\r\nContent-Disposition: form-data; name="document"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`
  const body = new Blob([head, letter, '\r\n--x--\r\n'])
  return fetch(`${service.url}/anonymize/docx`, { method: 'POST', body, headers: { 'Content-Type': 'multipart/form-data; boundary=x' } })
}

describe('POST /anonymize/docx', () => {
  test('reads body, tables, headers, footers, notes and comments, and joins what was split within a word', async () => {
    const answer = await send(letter)
    const body = (await answer.json()) as { anonymized_text: string; entities_found: unknown[] }
    expect(body.anonymized_text).toBe(
      ['Write to <EMAIL_ADDRESS> & wait', '<IP_ADDRESS>', ...Array.from({ length: 4 }, () => '<EMAIL_ADDRESS>')].join('\n'),
    )
    expect(Object.keys(body)).toEqual(['anonymized_text', 'entities_found'])
  })

  test('blanks around the names of types turn none off', async () => {
    const { anonymized_text } = (await (await send(letter, { entities: 'PERSON, IP_ADDRESS', mode: 'mask' })).json()) as {
      anonymized_text: string
    }
    expect(anonymized_text.split('\n').slice(0, 2)).toEqual(['Write to jo@example.com & wait', '********'])
  })

  test.each<[what: string, status: number, field: string, answer: () => Promise<Response>]>([
    ['another name', 400, 'document', () => send(letter, {}, 'letter.doc')],
    ['no name', 400, 'document', () => sendNamed('')],
    ['no zip file', 400, 'document', () => send(strToU8('canary') as Uint8Array<ArrayBuffer>)],
    ['a zip file without a body', 400, 'document', () => send(docx({ 'a.xml': '' }))],
    ['a mode that there is not', 400, 'mode', () => send(letter, { mode: 'canary' })],
    ['a threshold beyond all scores', 400, 'score_threshold', () => send(letter, { score_threshold: '85' })],
    ['a threshold in words', 400, 'score_threshold', () => send(letter, { score_threshold: 'canary' })],
    ['another content type', 415, 'content-type', () => service.ask('/anonymize/docx', { body: 'canary' })],
    [
      'a form that is none',
      400,
      'body',
      () => service.ask('/anonymize/docx', { body: 'canary', headers: { 'Content-Type': 'multipart/form-data; boundary=x' } }),
    ],
  ])('%s is refused', async (_, status, field, ask) => {
    const answer = await ask()
    const text = await answer.text()
    expect([answer.status, (JSON.parse(text) as { field: string }).field]).toEqual([status, field])
    expect(text).not.toContain('canary')
  })

  test('a form without a document says so', async () => {
    const form = new FormData()
    form.append('mode', 'mask')
    const answer = await fetch(`${service.url}/anonymize/docx`, { method: 'POST', body: form })
    expect(await answer.json()).toMatchObject({ error: 'No document file provided', field: 'document', rule: 'required' })
  })
})

test('a document that unpacks to too much is refused before it does', () => {
  const bomb = docx({ 'word/document.xml': 'a'.repeat(33 * 1024 * 1024) })
  expect(bomb.length).toBeLessThan(100_000)
  expect(readDocx(bomb)).toEqual({ ok: false, fault: 'it unpacks to more than is read' })
})

test('what older programs show instead is not read twice, and broken entities stay what they are', () => {
  const xml = `<w:p><mc:AlternateContent><mc:Choice><w:t>new</w:t></mc:Choice><mc:Fallback><w:t>old</w:t></mc:Fallback></mc:AlternateContent><w:tab/><w:t>&#65;&#x42;&nope;&lt;</w:t><w:br/><w:delText>gone</w:delText></w:p>`
  expect(readDocx(docx({ 'word/document.xml': xml }))).toEqual({ ok: true, value: 'new\tAB&nope;<\ngone' })
})

test('a form is read as the fields of a JSON body', async () => {
  const form = new FormData()
  form.append('document', new File(['x'], 'A.DOCX'))
  for (const [name, value] of Object.entries({ entities: ' URL , ', score_threshold: '0.5', explain: 'true' })) form.append(name, value)
  const request = new Response(form)
  const read = await readDocxForm(new Uint8Array(await request.clone().arrayBuffer()), request.headers.get('content-type') ?? '')
  expect(read.ok && read.value.fields).toEqual({ entities: ['URL', ''], score_threshold: 0.5, explain: true })
})

describe('POST /anonymize/batch', () => {
  const headers = { 'Content-Type': 'application/x-ndjson' }
  const sendLines = (lines: readonly string[]) => service.ask('/anonymize/batch', { body: lines.join('\n'), headers })

  test('answers each line in its order, and a broken one for itself', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => JSON.stringify({ text: `10.0.0.${index} of ${index}`, include_original: false }))
    const answer = await sendLines([...lines.slice(0, 10), '', '{"text": canary', ...lines.slice(10)])
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson; charset=utf-8'])
    const answers = (await answer.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(answers.length).toBe(21)
    expect(answers[10]).toMatchObject({ field: 'body', line: 12, rule: 'json', status: 400 })
    expect(answers.filter((_, index) => index !== 10).map(({ anonymized }) => anonymized)).toEqual(
      Array.from({ length: 20 }, (_, index) => `<IP_ADDRESS> of ${index}`),
    )
  })

  test('none at all, and more than the rate limit allows, are refused', async () => {
    expect(await (await sendLines(['', ''])).json()).toMatchObject({ field: 'body', rule: 'required' })
    const many = await sendLines(Array.from({ length: 101 }, () => '{"text":"a"}'))
    expect([many.status, ((await many.json()) as { rule: string }).rule]).toEqual([400, 'at_most_100_lines'])
    const later = await sendLines(Array.from({ length: 90 }, () => '{"text":"a"}'))
    expect([later.status, Number(later.headers.get('retry-after')) > 0]).toEqual([429, true])
  })
})

describe('a document', () => {
  const body = (xml: string) => `<?xml version="1.0"?><w:document><w:body>${xml}</w:body></w:document>`
  const bytesOf = (bytes: Uint8Array) => zipSync({ 'word/document.xml': bytes }) as Uint8Array<ArrayBuffer>

  test('is read in UTF-16 as well, with verbatim text and without comments', () => {
    const xml = body('<!-- <w:t>no</w:t> --><w:p><w:t><![CDATA[a < b & c]]></w:t></w:p><!DOCTYPE x><w:p><w:t>ä</w:t></w:p>')
    const little = new Uint8Array([0xff, 0xfe, ...new Uint8Array(Uint16Array.from(xml, (sign) => sign.charCodeAt(0)).buffer)])
    for (const bytes of [strToU8(xml), little]) expect(readDocx(bytesOf(bytes))).toEqual({ ok: true, value: 'a < b & c\nä' })
  })

  test('whose text has another form is refused, not read as empty', () => {
    for (const xml of ['<x:document><x:p><x:t>a</x:t></x:p></x:document>', '', 'a'])
      expect(readDocx(docx({ 'word/document.xml': xml }))).toEqual({ ok: false, fault: 'it has no body in the form of Word' })
  })

  test('that is shorter than its text is refused, not cut', () => {
    const whole = body('<w:p><w:t>first paragraph</w:t></w:p>')
    const packed = zipSync({ 'word/document.xml': [strToU8(whole), { level: 0 }] })
    const view = new DataView(packed.buffer, packed.byteOffset)
    for (let at = 0; at < packed.length - 46; at += 1)
      if (view.getUint32(at, true) === 0x02_01_4b_50) {
        view.setUint32(at + 20, 60, true)
        view.setUint32(at + 24, 60, true)
      }
    expect(readDocx(packed as Uint8Array<ArrayBuffer>)).toEqual({ ok: false, fault: 'a part of it is cut' })
  })

  test('with more parts than are read says so', () => {
    const headers = Object.fromEntries(Array.from({ length: 201 }, (_, number) => [`word/header${number}.xml`, '<w:hdr/>']))
    expect(readDocx(docx({ 'word/document.xml': body(''), ...headers }))).toEqual({
      ok: false,
      fault: 'it has more than 200 parts with text',
    })
  })

  test('full of opened comments takes linear time', () => {
    const xml = body('<w:p><w:t>a</w:t></w:p>') + '<!--'.repeat(2_000_000)
    const start = process.cpuUsage()
    readDocx(docx({ 'word/document.xml': xml }))
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(20_000)
  })
})
