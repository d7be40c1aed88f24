import { describe, expect, test } from 'bun:test'
import { quotesErrors, withoutLostTitles } from '../../src/alert/told-error.ts'
import { sampleMessage, sampleNames, sampleReport } from './sample-message.ts'

const titleOf = (title: string | undefined) => () => title

describe('a message about a new error', () => {
  const message = sampleMessage('new-error')

  test.each([
    ['a group that is not known any more', undefined],
    ['a group that has another name', 'another name'],
  ])('of %s says its fingerprint, and names no script of the runs that are gone', (_, title) => {
    const kept = withoutLostTitles(message, titleOf(title))
    expect(kept.summary).toBe(message.subject)
    expect(JSON.stringify(kept)).not.toMatch(/Unable to locate|immich/)
    expect(withoutLostTitles(kept, titleOf(title))).toBe(kept)
  })

  test('of a group that has its name stays as it is', () => {
    expect(withoutLostTitles(message, titleOf('E: Unable to locate package <pkg>'))).toBe(message)
  })
})

describe('a weekly report', () => {
  test('says the fingerprint of each group whose name is lost, and keeps the others', async () => {
    const message = await sampleReport()
    const [lost, kept] = message.report?.errors.rows ?? []
    const told = withoutLostTitles(message, (_, fingerprint) =>
      fingerprint === lost?.fingerprint ? undefined : message.report?.errors.rows.find((row) => row.fingerprint === fingerprint)?.title,
    )
    expect(told.report?.errors.rows.slice(0, 2).map(({ title }) => title)).toEqual([lost?.fingerprint ?? '', kept?.title ?? ''])
    expect(told.report?.errors.others).toEqual(message.report?.errors.others)
  })
})

test.each(sampleNames.filter((name) => name !== 'new-error'))('a message of %s quotes no error and stays as it is', (name) => {
  const message = sampleMessage(name)
  expect(quotesErrors(message)).toBe(false)
  expect(withoutLostTitles(message, titleOf(undefined))).toBe(message)
})
