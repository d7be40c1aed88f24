import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
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

  test('names keys and users beside their ids, as long as they are there', async () => {
    using folder = temporaryFolder()
    const context = sampleContext({ DATA_DIR: folder.path })
    await runCommandLine(['key', 'create', '--scope', 'read', '--label', 'grafana'], context)
    await runCommandLine(['audit', 'list'], context)
    expect(context.out()).toMatch(/cli +key_create +grafana \([0-9A-Za-z]{12}\)/)
    await runCommandLine(['audit', 'export', '--format', 'jsonl'], context)
    expect(context.out()).toMatch(/"act":"key_create","subject":"[0-9A-Za-z]{12}","tenant":"default","count":1,"subject_name":"grafana"/)
  })

  test.each([
    ['csv', /^id,at,actor,act,subject,tenant,count,actor_name,subject_name\r\n\d+,.*Z,cli,export,audit\.csv,,1,,\r\n$/],
    ['jsonl', /^\{"id":\d+,"at":".*Z","actor":"cli","act":"export","subject":"audit\.jsonl","tenant":"","count":1\}\n$/],
  ])('hands all of it out as %s, and notes that', async (format, form) => {
    using folder = temporaryFolder()
    const context = sampleContext({ DATA_DIR: folder.path })
    expect(await runCommandLine(['audit', 'export', '--format', format], context)).toBe(0)
    expect(context.out()).toMatch(form)
  })

  test.each(['csv', 'jsonl'])('writes it into a file as %s', async (format) => {
    using folder = temporaryFolder()
    const context = sampleContext({ DATA_DIR: folder.path })
    const out = folder.file('audit')
    expect(await runCommandLine(['export', 'audit', '--format', format, '--out', out], context)).toBe(0)
    expect(context.out()).toBe('')
    const text = readFileSync(out, 'utf8')
    expect(await runCommandLine(['export', 'audit', '--format', format], context)).toBe(0)
    const head = format === 'csv' ? 'id,at,actor,act,subject,tenant,count,actor_name,subject_name\r\n' : ''
    expect(context.out()).toEndWith(text.slice(head.length))
    expect(text.trimEnd().split('\n')).toHaveLength(format === 'csv' ? 2 : 1)
  })

  test('hands out what was done on some days, or one act', async () => {
    using folder = temporaryFolder()
    const context = sampleContext({ DATA_DIR: folder.path })
    const today = new Date(context.clock.now()).toISOString().slice(0, 10)
    const before = new Date(context.clock.now() - 86_400_000).toISOString().slice(0, 10)
    await runCommandLine(['key', 'create', '--scope', 'read'], context)
    const actsOf = async (...flags: readonly string[]) => {
      const asked = sampleContext({ DATA_DIR: folder.path })
      expect(await runCommandLine(['export', 'audit', ...flags], asked)).toBe(0)
      return [...asked.out().matchAll(/"act":"(\w+)"/g)].map(([, act]) => act)
    }
    expect(await actsOf()).toEqual(['export', 'key_create'])
    expect(await actsOf('--act', 'key_create')).toEqual(['key_create'])
    expect(await actsOf('--from', today, '--until', today, '--act', 'key_create')).toEqual(['key_create'])
    expect(await actsOf('--until', before)).toEqual([])
    expect(await actsOf('--from', before, '--until', before)).toEqual([])
    const csv = sampleContext({ DATA_DIR: folder.path })
    await runCommandLine(['audit', 'export', '--act', 'erase'], csv)
    expect(csv.out()).toBe('id,at,actor,act,subject,tenant,count,actor_name,subject_name\r\n')
  })

  test.each([
    [['export', 'audit', '--from', 'today']],
    [['export', 'audit', '--act', 'kye_create']],
    [['audit', 'list', '--limit', '0']],
    [['audit', 'export', '--format', 'xml']],
    [['audit', 'list', '--limit', '99999']],
    [['export', 'audit', '--format', 'xml']],
  ])('refuses %p', async (words) => {
    using folder = temporaryFolder()
    expect(await runCommandLine(words, sampleContext({ DATA_DIR: folder.path }))).toBe(2)
  })
})
