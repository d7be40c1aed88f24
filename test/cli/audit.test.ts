import { describe, expect, test } from 'bun:test'
import { runCommandLine } from '../../src/cli/program.ts'
import { temporaryFolder } from '../store/folder.ts'
import { sampleContext } from './desk-sample.ts'

describe('the audit by command', () => {
  test('lists what was done, newest first', async () => {
    using folder = temporaryFolder()
    const context = sampleContext({ DATA_DIR: folder.path })
    await runCommandLine(['key', 'create', '--scope', 'read'], context)
    expect(await runCommandLine(['audit', 'list', '--limit', '5'], context)).toBe(0)
    expect(context.out()).toMatch(/AT +ACTOR +ACT +SUBJECT +TENANT +COUNT\n.*cli +key_create/)
  })

  test.each([
    ['csv', /^id,at,actor,act,subject,tenant,count\r\n\d+,.*Z,cli,export,audit\.csv,,1\r\n$/],
    ['jsonl', /^\{"id":\d+,"at":".*Z","actor":"cli","act":"export","subject":"audit\.jsonl","tenant":"","count":1\}\n$/],
  ])('hands all of it out as %s, and notes that', async (format, form) => {
    using folder = temporaryFolder()
    const context = sampleContext({ DATA_DIR: folder.path })
    expect(await runCommandLine(['audit', 'export', '--format', format], context)).toBe(0)
    expect(context.out()).toMatch(form)
  })

  test.each([[['audit', 'list', '--limit', '0']], [['audit', 'export', '--format', 'xml']], [['audit', 'list', '--limit', '99999']]])(
    'refuses %p',
    async (words) => {
      using folder = temporaryFolder()
      expect(await runCommandLine(words, sampleContext({ DATA_DIR: folder.path }))).toBe(2)
    },
  )
})
