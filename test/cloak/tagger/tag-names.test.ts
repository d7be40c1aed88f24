import { describe, expect, test } from 'bun:test'
import { tagNames } from '../../../src/cloak/tagger/tag-names.ts'

function named(text: string, holdsMore: boolean): readonly string[] {
  return tagNames(text, holdsMore).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`)
}

describe('names', () => {
  test('are found where no rule knows their words', () => {
    expect(named('Dear Ms Okwuosa-Lindqvist,\nthank you for your letter.', true)).toEqual(['PERSON Okwuosa-Lindqvist'])
  })

  test('go on over the words between their parts, and end with their line', () => {
    for (const name of named('Contact: Tjark van der Heide\nPhone: none', true)) expect(name).not.toContain('\n')
  })

  test('are none where nothing but signs, labels and small words stands', () => {
    for (const text of ['', '\n\n', '<user> <host>', '--- ===', 'the service has started']) expect(named(text, true)).toEqual([])
  })

  test('are fewer in a text that holds nothing else', () => {
    const texts = ['Product: Smartcard Minidriver', 'Der Verteiler Standort', 'Patientenakte und Verordnung']
    for (const text of texts) expect(named(text, true)).toEqual(expect.arrayContaining([...named(text, false)]))
  })
})

test('a megabyte takes linear time', () => {
  const start = process.cpuUsage()
  for (const unit of ['Anna ', 'Ann-', 'A. ', 'van der Heide & ', 'Ñ']) tagNames(unit.repeat(Math.ceil(1_048_576 / unit.length)), true)
  const { user, system } = process.cpuUsage(start)
  expect((user + system) / 1000).toBeLessThan(60_000)
})
