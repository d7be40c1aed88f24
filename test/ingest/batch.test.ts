import { describe, expect, test } from 'bun:test'
import { ok } from '../../src/base/result.ts'
import { installFields, traceCharactersMax } from '../../src/event/install.ts'
import { acceptBatch, batchItemsMax, partItemsMax, splitBatch } from '../../src/ingest/batch.ts'
import type { Body } from '../../src/ingest/door.ts'
import { parcelBytesMax } from '../../src/ingest/ingest.ts'
import { encodeEntries } from '../../src/journal/payload.ts'
import { SqliteJournal } from '../../src/journal/sqlite.ts'
import { settingOf } from '../../src/setting.ts'
import { installOf } from '../journal/install-of.ts'
import { eventBody } from '../part/running.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'
import { bytesOf as bytes, openSampleIngest, sender } from './sample-ingest.ts'

/** The batch of a body; throws when it is refused. */
function split(text: string) {
  const batch = splitBatch(bytes(text))
  if (!batch.ok) throw new Error(batch.fault.rule)
  return batch.value
}

describe('a body is split into items', () => {
  const one = eventBody()
  const two = eventBody()
  test.each([
    ['lines', `${one}\n${two}`],
    ['lines that end with a line break', `${one}\n${two}\n`],
    ['lines with CRLF', `${one}\r\n${two}\r\n`],
    ['lines with blank ones between', `\n\n  \n${one}\n\t\n\r\n${two}\n\n`],
    ['objects on one line', one + two],
    ['a JSON array', `[${one},${two}]`],
    ['a JSON array with blanks around', ` \n[ ${one} ,\n ${two} ]\n`],
    ['lines behind a byte order mark', `\ufeff${one}\n${two}`],
  ])('%s', async (_, text) => {
    using sample = openSampleIngest()
    expect(await acceptBatch(split(text), sender, sample.ingest)).toEqual({ ok: true, value: [{ index: 0 }, { index: 1 }] })
    expect(sample.entries.map((one) => installOf(one).randomId)).toEqual([one, two].map((body) => JSON.parse(body).random_id))
  })

  test.each([
    ['nothing', '', 'json_undecodable', 'empty'],
    ['blanks', ' \r\n\t\n', 'json_undecodable', 'empty'],
    ['an empty array', '[]', 'json_undecodable', 'empty'],
    ['one item too many', '{}\n'.repeat(batchItemsMax + 1), 'payload_unusable', 'at_most_10000_items'],
    [
      'an array with one item too many',
      `[${Array.from({ length: batchItemsMax + 1 }, () => 1).join()}]`,
      'payload_unusable',
      'at_most_10000_items',
    ],
  ])('%s is refused as a whole', (_, text, code, rule) => {
    expect(splitBatch(bytes(text))).toMatchObject({ ok: false, fault: { code, rule } })
  })

  test('as many items as allowed are taken', () => {
    expect(split('{}\n'.repeat(batchItemsMax)).items).toHaveLength(batchItemsMax)
  })

  test('eight megabytes of line breaks are refused in less than a second', () => {
    const started = performance.now()
    expect(splitBatch(new Uint8Array(8 * 1024 * 1024).fill(10)).ok).toBe(false)
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})

describe('a batch', () => {
  test('goes to the journal in one append when it is small, its good items in their order', async () => {
    using sample = openSampleIngest()
    const lines = [eventBody({ nsapp: 'a' }), 'no json', eventBody({ nsapp: 'b' }), '[1]', '{"nsapp":"x"}', eventBody({ type: 'nonsense' })]
    const answers = await acceptBatch(split(lines.join('\n')), sender, sample.ingest)
    expect(answers).toEqual({
      ok: true,
      value: [
        { index: 0 },
        { index: 1, fault: { code: 'json_undecodable', field: 'body', rule: 'not_json' } },
        { index: 2 },
        { index: 3, fault: { code: 'json_undecodable', field: 'body', rule: 'not_an_object' } },
        { index: 4, fault: { code: 'payload_unusable', field: 'random_id', rule: 'missing' } },
        { index: 5, fault: { code: 'payload_unusable', field: 'type', rule: 'unknown_value' } },
      ],
    })
    expect(sample.appends).toEqual([2])
    expect(sample.entries.map((one) => installOf(one).nsapp)).toEqual(['a', 'b'])
    expect(sample.tallies.accepted.total()).toBe(2)
  })

  test('of many items goes in parts, each item with its own answer', async () => {
    using sample = openSampleIngest()
    const lines = Array.from({ length: 1_000 }, (_, index) => (index % 3 === 0 ? 'no json' : eventBody({ nsapp: `n${index}` })))
    const answers = await acceptBatch(split(lines.join('\n')), sender, sample.ingest)
    if (!answers.ok) throw new Error(answers.fault.rule)
    expect(answers.value.map(({ index, fault }) => [index, fault?.rule])).toEqual(
      lines.map((_, index) => [index, index % 3 === 0 ? 'not_json' : undefined]),
    )
    expect(sample.entries.map((one) => installOf(one).nsapp)).toEqual(lines.flatMap((_, index) => (index % 3 === 0 ? [] : [`n${index}`])))
    expect(sample.appends.length).toBeGreaterThan(1)
  })

  test('keeps what was stored before the journal was full, and tries no more', async () => {
    using sample = openSampleIngest()
    const lines = Array.from({ length: 2_000 }, () => eventBody())
    const waiting = acceptBatch(split(lines.join('\n')), sender, sample.ingest)
    await until(() => sample.entries.length > 0, 'the first part')
    sample.become('full')
    const answers = await waiting
    if (!answers.ok) throw new Error(answers.fault.rule)
    const refused = answers.value.filter(({ fault }) => fault !== undefined)
    expect(refused).toHaveLength(2_000 - sample.entries.length)
    expect(new Set(refused.map(({ fault }) => fault?.code))).toEqual(new Set(['journal_full']))
    expect(refused[0]?.index).toBe(sample.entries.length)
  })

  test('with a value that is nested deeply refuses that one alone', async () => {
    using sample = openSampleIngest()
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const answers = await acceptBatch(split(`[${eventBody()},${deep}]`), sender, sample.ingest)
    expect(answers).toMatchObject({ ok: true, value: [{ index: 0 }, { index: 1, fault: { rule: 'not_an_object' } }] })
  })

  test.each([
    ['within an element', `[${eventBody()},${eventBody().slice(0, -9)}`, 'truncated'],
    ['behind a comma', `[${eventBody()},`, 'truncated'],
    ['behind an element', `[${eventBody()}`, 'truncated'],
    ['never', `[${eventBody()}]\n[${eventBody()}]`, 'trailing_text'],
  ])('that is an array which ends %s keeps the whole elements and refuses the rest', async (_, text, rule) => {
    using sample = openSampleIngest()
    const answers = await acceptBatch(split(text), sender, sample.ingest)
    expect(answers).toEqual({ ok: true, value: [{ index: 0 }, { index: 1, fault: { code: 'json_undecodable', field: 'body', rule } }] })
    expect(sample.entries).toHaveLength(1)
  })

  test.each([
    ['so many items', 10, partItemsMax + 1, [partItemsMax, 1]],
    ['so many bytes', parcelBytesMax / 4, 9, [4, 4, 1]],
    ['one item that is larger', parcelBytesMax + 1, 3, [1, 1, 1]],
  ])('is handed over in parts of %s', async (_, bytes, count, parts) => {
    const taken: number[] = []
    const takeAll = async (bodies: readonly Body[]) => {
      taken.push(bodies.length)
      return bodies.map(() => ok(undefined))
    }
    const batch = { items: Array.from({ length: count }, () => new Uint8Array(bytes)) }
    await acceptBatch(batch, sender, { take: async () => ok(undefined), takeAll })
    expect(taken).toEqual(parts)
  })

  test('of the largest events there are finds room for each of its parts in the smallest journal', async () => {
    using sample = openSampleIngest()
    using folder = temporaryFolder()
    const texts = installFields.flatMap((field) => (field.kind === 'text' && field.profile !== 'id' ? [field] : []))
    const quotes = Object.fromEntries(texts.map(({ wire, bytesMax }) => [wire, '"'.repeat(bytesMax)])) // JSON doubles them.
    const largest = eventBody({
      ...quotes,
      status: 'failed',
      exit_code: 1,
      error: `E${quotes['error']?.slice(0, 150)}\n---\n${'"'.repeat(20_000)}`,
    })
    await acceptBatch(split(`${largest}\n`.repeat(4)), sender, sample.ingest)
    expect(sample.appends).toEqual([1, 1, 1, 1])
    expect(sample.entries.map((one) => installOf(one).trace)[0]).toHaveLength(traceCharactersMax)
    const bytesMax = (settingOf('JOURNAL_MAX_MB').min ?? 0) * 1024 ** 2
    const journal = await SqliteJournal.open({
      path: folder.file('journal.db'),
      bytesMax,
      onCommit: () => undefined,
      onCrash: () => undefined,
    })
    expect(await journal.append(encodeEntries(sample.entries))).toEqual({ ok: true, value: 4 })
    await journal.close()
  })

  test('without a good item leaves the journal alone', async () => {
    using sample = openSampleIngest()
    expect(await acceptBatch(split('1\n2'), sender, sample.ingest)).toMatchObject({ ok: true, value: [{ index: 0 }, { index: 1 }] })
    expect(sample.appends).toEqual([])
  })

  test('that the journal does not take is refused as a whole and counts nothing', async () => {
    using sample = openSampleIngest()
    sample.become('full')
    const answer = await acceptBatch(split(`${eventBody()}\n${eventBody()}`), sender, sample.ingest)
    expect(answer).toMatchObject({ ok: false, fault: { code: 'journal_full', rule: 'limit' } })
    expect(sample.tallies.accepted.total()).toBe(0)
  })

  test('lets other work run while a large one is prepared', async () => {
    using sample = openSampleIngest()
    const trace = `exit_code=1 | General error\n---\n${'E: Unable to locate package foo at 10.0.0.1\n'.repeat(200)}`
    const batch = split(Array.from({ length: 500 }, () => eventBody({ status: 'failed', exit_code: 1, error: trace })).join('\n'))
    let turns = 0
    const count = () => {
      turns += 1
      if (sample.entries.length === 0) setImmediate(count)
    }
    setImmediate(count)
    await acceptBatch(batch, sender, sample.ingest)
    expect(turns).toBeGreaterThan(10)
  })
})
