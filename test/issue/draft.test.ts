import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { draftIssue, type IssueGroup } from '../../src/issue/draft.ts'

const march = Date.UTC(2026, 2, 1)
const group: IssueGroup = {
  ...{ title: 'E: Unable to locate package <word>', category: 'apt', exitCodes: [100, 28], scripts: ['docker', 'immich'] },
  ...{ firstAt: march, lastAt: march + 4 * 24 * 3_600_000 },
}
const mark = { fingerprint: '39a3db6286980b2c', marker: 'a'.repeat(32), labels: ['bug'] }

test('the issue of a group says what is known of it, and nothing of a run', () => {
  expect(draftIssue(group, mark)).toEqual({
    title: '[Telemetry] docker: E: Unable to locate package <word> (exit code 100)',
    body: [
      'Runs that ended with one error, counted by telemetry-service. Its text was cloaked before it was stored. The mark tells the service that this group has an issue: please leave it.',
      '',
      '    error       E: Unable to locate package <word>',
      '    kind        apt',
      '    exit codes  100 (APT failed: broken packages or dependencies), 28 (Transfer timed out)',
      '    newest in   docker, immich',
      '    first run   2026-03-01',
      '    last run    2026-03-05',
      '    group       39a3db6286980b2c',
      `    mark        ${'a'.repeat(32)}`,
      '',
    ].join('\n'),
    labels: ['bug'],
  })
})

test('a group that left nothing has an issue all the same', () => {
  const { title, body } = draftIssue({ title: '', exitCodes: [], scripts: [], firstAt: march }, mark)
  expect(title).toBe('[Telemetry] unknown')
  for (const line of ['    kind        unknown', '    exit codes  none', '    newest in   not known', '    last run    not known'])
    expect(body).toContain(`${line}\n`)
})

const hostile = [
  '@everyone and @org/team',
  'fixes #1, GH-2, owner/repo#3',
  '```\n@admin\n```',
  '<img src=x onerror=alert(1)><!--',
  '[link](javascript:alert(1)) ![x](http://evil.test/x.png)',
  'a\r\n\r\n# Heading\n@me',
  'a\u2028@b\u2029@c\u0085@d\v@e\f@f',
  '\u202eevil\u2066\u200b',
  '\ud800 half',
  `${'x'.repeat(119)}@someone`,
]

describe('a text from outside', () => {
  test.each(hostile)('%j stays one line inside the code block', (text) => expectInert(text))

  test('of whatever kind stays one line inside the code block', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => expectInert(text)))
  })
})

/** Outside the block stands nothing but words of ours, and the title has neither a mention nor a number that would become a link. */
function expectInert(text: string): void {
  const { title, body } = draftIssue({ ...group, title: text, category: text, scripts: [text, text] }, mark)
  const [first, blank, ...lines] = body.split(/[\n\r\v\f\u0085\u2028\u2029]/)
  expect(first).toBe(draftIssue(group, mark).body.split('\n')[0])
  expect(blank).toBe('')
  expect(lines).toHaveLength(9)
  expect(lines.slice(0, -1).filter((line) => !/^ {4}[a-z]/.test(line))).toEqual([])
  expect(title).not.toMatch(/@\w|#\d|`|[\p{Cc}\p{Cs}\u2028\u2029\u202e\u2066]/u)
  expect([title.length <= 200, body.length <= 4_000, body.isWellFormed()]).toEqual([true, true, true])
}
