import { describe, expect, test } from 'bun:test'
import { acceptBatch, batchItemsMax, splitBatch } from '../../src/ingest/batch.ts'
import { eventBody } from '../part/running.ts'
import { openSampleDoor } from './sample-door.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const sender = { tenant: 'default', mayDate: false }

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
    ['a JSON array', `[${one},${two}]`],
    ['a JSON array with blanks around', ` \n[ ${one} ,\n ${two} ]\n`],
    ['lines behind a byte order mark', `\ufeff${one}\n${two}`],
  ])('%s', async (_, text) => {
    const door = openSampleDoor()
    expect(await acceptBatch(split(text), sender, door)).toEqual({ ok: true, value: [{ index: 0 }, { index: 1 }] })
    expect(door.entries.map(({ event }) => event.install.randomId)).toEqual([one, two].map((body) => JSON.parse(body).random_id))
  })

  test.each([
    ['nothing', '', 'json_undecodable', 'empty'],
    ['blanks', ' \r\n\t\n', 'json_undecodable', 'empty'],
    ['an empty array', '[]', 'json_undecodable', 'empty'],
    ['a broken array', `[${eventBody()},`, 'json_undecodable', 'not_json'],
    ['an array that never ends', '['.repeat(200_000), 'json_undecodable', 'not_json'],
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
  test('goes to the journal in one append, its good items in their order', async () => {
    const door = openSampleDoor()
    const lines = [eventBody({ nsapp: 'a' }), 'no json', eventBody({ nsapp: 'b' }), '[1]', '{"nsapp":"x"}', eventBody({ type: 'nonsense' })]
    const answers = await acceptBatch(split(lines.join('\n')), sender, door)
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
    expect(door.appends).toEqual([2])
    expect(door.entries.map(({ event }) => event.install.nsapp)).toEqual(['a', 'b'])
    expect(door.tallies.accepted.total()).toBe(2)
  })

  test('without a good item leaves the journal alone', async () => {
    const door = openSampleDoor()
    expect(await acceptBatch(split('1\n2'), sender, door)).toMatchObject({ ok: true, value: [{ index: 0 }, { index: 1 }] })
    expect(door.appends).toEqual([])
  })

  test('that the journal does not take is refused as a whole and counts nothing', async () => {
    const door = openSampleDoor()
    door.fill()
    const answer = await acceptBatch(split(`${eventBody()}\n${eventBody()}`), sender, door)
    expect(answer).toMatchObject({ ok: false, fault: { code: 'journal_full', rule: 'limit' } })
    expect(door.tallies.accepted.total()).toBe(0)
  })

  test('lets other work run while a large one is prepared', async () => {
    const door = openSampleDoor()
    const trace = `exit_code=1 | General error\n---\n${'E: Unable to locate package foo at 10.0.0.1\n'.repeat(200)}`
    const batch = split(Array.from({ length: 500 }, () => eventBody({ status: 'failed', exit_code: 1, error: trace })).join('\n'))
    let turns = 0
    const count = () => {
      turns += 1
      if (door.entries.length === 0) setImmediate(count)
    }
    setImmediate(count)
    await acceptBatch(batch, sender, door)
    expect(turns).toBeGreaterThan(10)
  })
})
