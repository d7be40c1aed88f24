import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { cutBytes } from '../../src/event/cut.ts'
import { type InstallEvent, type InstallWire, installFields } from '../../src/event/install.ts'
import { normalizeInstall } from '../../src/event/normalize.ts'
import { readWire, readWireObject } from '../../src/event/wire.ts'

const policy = { repoOwners: ['community-scripts'] }
const base = { random_id: 'a1', type: 'lxc', nsapp: 'grafana', status: 'failed' } as const

function normalize(sent: object, repoOwners: readonly string[] = policy.repoOwners) {
  const wire = readWireObject({ ...base, ...sent })
  if (!wire.ok) throw new Error(JSON.stringify(wire.fault))
  return normalizeInstall(wire.value, { repoOwners })
}

describe('status and category are corrected as the contract says, where it is right', () => {
  const log = (text: string) => `exit_code=1 | General error / Operation not permitted | at line 3: false\n---\n${text}`
  type Row = readonly [
    name: string,
    sent: Partial<InstallWire>,
    event: { readonly [Name in keyof InstallEvent]?: InstallEvent[Name] | undefined },
    repairs: string,
  ]
  const rows: readonly Row[] = [
    [
      'failed with code 0 stays as it is',
      { exit_code: 0, error: 'x', error_category: 'shell' },
      { status: 'failed', exitCode: 0, error: 'x', errorCategory: 'shell' },
      '',
    ],
    ['failed with code 0 is no abort', { exit_code: 0, error: 'aborted by user' }, { status: 'failed', errorCategory: undefined }, ''],
    ['a failed addon stays failed', { type: 'addon', exit_code: 7, error: 'x' }, { status: 'failed', errorCategory: 'network' }, ''],
    [
      'a failed pve script stays failed, even by Ctrl+C',
      { type: 'pve', exit_code: 130 },
      { status: 'failed', errorCategory: 'user_aborted' },
      'error:from_exit_code',
    ],
    ['a failed tool is not excused', { type: 'tool', exit_code: 130, error: 'x' }, { status: 'aborted' }, 'status:abort_sign'],

    ['code 129', { exit_code: 129, error: 'x' }, { status: 'aborted', exitCode: 129, errorCategory: 'user_aborted' }, 'status:abort_sign'],
    [
      'code 130 with an unknown category',
      { exit_code: 130, error: 'x', error_category: 'unknown' },
      { status: 'aborted', errorCategory: 'user_aborted' },
      'status:abort_sign',
    ],
    [
      'code 130 with a category of the client',
      { exit_code: 130, error: 'x', error_category: 'signal' },
      { status: 'aborted', errorCategory: 'signal' },
      'status:abort_sign',
    ],
    ['code 143 is no abort', { exit_code: 143, error: 'x' }, { status: 'failed', errorCategory: 'signal' }, ''],
    [
      'an abort in the log keeps the code',
      { exit_code: 1, error: log('Ctrl+C pressed') },
      { status: 'aborted', exitCode: 1, errorCategory: 'user_aborted' },
      'status:abort_sign',
    ],
    [
      'a signal that only the client names',
      { exit_code: 1, error: 'exit_code=1 | Terminated by Ctrl+C (SIGINT)\n---\nmake: Error 2' },
      { status: 'failed', errorCategory: 'unknown' },
      '',
    ],
    [
      'a signal that only the client names, without a log',
      { exit_code: 1, error: 'exit_code=1 | Terminated by Ctrl+C (SIGINT) | at line 3: make' },
      { status: 'failed' },
      '',
    ],
    [
      'words of an abort in the command that failed, which the log does not have',
      { exit_code: 1, error: "exit_code=1 | General error | at line 3: trap 'echo SIGINT' INT\n---\nmake: Error 2" },
      { status: 'failed', errorCategory: 'unknown' },
      '',
    ],
    [
      'words of a cause in the command that failed, which the log does not have',
      { exit_code: 1, error: 'exit_code=1 | General error | at line 3: timeout 30 apt-get install -y x\n---\nmake: Error 2' },
      { status: 'failed', errorCategory: 'unknown' },
      '',
    ],
    ['a declined question', { exit_code: 254, error: 'x' }, { status: 'failed', errorCategory: 'user_aborted' }, ''],
    [
      'too few resources',
      { exit_code: 113, error: 'exit_code=113 | Under-provisioned (user abort)' },
      { status: 'failed', errorCategory: 'user_aborted' },
      '',
    ],

    [
      'the exit code decides the category',
      { exit_code: 100, error: 'x', error_category: 'dependency' },
      { errorCategory: 'apt' },
      'error_category:corrected',
    ],
    ['the exit code goes before the log', { exit_code: 28, error: log('permission denied') }, { errorCategory: 'timeout' }, ''],
    [
      'the log goes before the client',
      { exit_code: 1, error: log('no space left on device'), error_category: 'shell' },
      { errorCategory: 'storage' },
      'error_category:corrected',
    ],
    ['the client goes before unknown', { exit_code: 1, error: log('boom'), error_category: 'shell' }, { errorCategory: 'shell' }, ''],
    ['nobody knows', { exit_code: 1, error: log('boom') }, { errorCategory: 'unknown' }, ''],
    [
      'without an exit code the log decides, and the code stays absent',
      { error: log('EACCES: x') },
      { errorCategory: 'permission', exitCode: undefined },
      '',
    ],
    [
      'the canned words of exit 1 are no permission',
      { exit_code: 1, error: 'exit_code=1 | General error / Operation not permitted' },
      { errorCategory: 'unknown' },
      '',
    ],
    [
      'nor are they when they stand alone',
      { exit_code: 1, error: 'General error / Operation not permitted' },
      { errorCategory: 'unknown' },
      '',
    ],
    ['an old explanation alone counts', { error: 'Could not resolve host' }, { errorCategory: 'network' }, ''],
    [
      'the command behind canned words counts',
      { exit_code: 1, error: 'exit_code=1 | General error | at line 3: apt-get update' },
      { errorCategory: 'apt' },
      '',
    ],

    [
      'no explanation but a code',
      { exit_code: 137 },
      { error: 'Exit code 137: Killed by SIGKILL, probably out of memory', errorCategory: 'resource' },
      'error:from_exit_code',
    ],
    ['no explanation and no code', {}, { error: undefined, errorCategory: 'unknown' }, ''],
    ['no explanation and code 0', { exit_code: 0 }, { error: undefined }, ''],
    [
      'an aborted run needs no explanation',
      { status: 'aborted', exit_code: 130 },
      { status: 'aborted', error: undefined, errorCategory: undefined },
      '',
    ],
    [
      'an aborted run with code 0 stays',
      { status: 'aborted', exit_code: 0, error: 'exit_code=0 | Unknown error' },
      { status: 'aborted', exitCode: 0, error: 'exit_code=0 | Unknown error' },
      '',
    ],
    [
      'an unknown end keeps what it says',
      { status: 'unknown', error: 'x', error_category: 'shell' },
      { status: 'unknown', error: 'x', errorCategory: 'shell' },
      '',
    ],

    [
      'a success keeps its code and drops what failed before',
      { status: 'success', exit_code: 3, error: 'x', error_category: 'shell' },
      { status: 'success', exitCode: 3, error: undefined, errorCategory: undefined },
      'error:not_a_failure',
    ],
    [
      'a success drops a category alone',
      { status: 'success', error_category: 'shell' },
      { errorCategory: undefined },
      'error_category:not_a_failure',
    ],
    ['a report from on the way has no failure', { status: 'configuring', error: 'x' }, { error: undefined }, 'error:not_a_failure'],
  ]
  test.each(rows)('%s', (_, sent, event, repairs) => {
    const normalized = normalize(sent)
    for (const [name, value] of Object.entries(event))
      expect<unknown>([name, normalized.install[name as keyof InstallEvent]]).toEqual([name, value])
    expect(normalized.repairs.join(' ')).toBe(repairs)
  })
})

describe('an error is split into its explanation and its log', () => {
  const long = 'x'.repeat(130)
  const rows: readonly (readonly [name: string, error: string, explanation: string | undefined, trace: string | undefined])[] = [
    ['the form of today', 'exit_code=1 | a | at line 3: b\n---\none\ntwo\n', 'exit_code=1 | a | at line 3: b', 'one\ntwo'],
    ['no log', 'exit_code=7 | a\n---\n', 'exit_code=7 | a', undefined],
    ['no log and no line break', 'exit_code=7 | a\n---', 'exit_code=7 | a', undefined],
    ['a command of several lines', 'exit_code=1 | a | at line 3: b \\\n  c\n---\none', 'exit_code=1 | a | at line 3: b \\ c', 'one'],
    ['a second separator belongs to the log', 'a\n---\none\n---\ntwo', 'a', 'one\n---\ntwo'],
    ['the indentation of a log stays', 'a\n---\n\n    one\n  two', 'a', '    one\n  two'],
    ['no explanation', '---\none\ntwo', 'one', 'one\ntwo'],
    ['pipes for line breaks', 'exit_code=1 | a |---|one|two|', 'exit_code=1 | a |'.slice(0, -2), 'one\ntwo'],
    ['pipes in a log of several lines are pipes', 'a\nb |---| c', 'a', 'a\nb |---| c'],
    ['an explanation alone', 'Out of memory', 'Out of memory', undefined],
    ['a long explanation is kept as a log too', `a ${long}`, `a ${long}`, `a ${long}`],
    ['a log alone', '\none\ntwo', 'one', 'one\ntwo'],
    ['a separator far down belongs to the log', `one\n${'y\n'.repeat(1500)}---\nend`, 'one', `one\n${'y\n'.repeat(1500)}---\nend`],
    ['a ruler is no explanation', '-----\n\n  one\n---\n', '----- one', undefined],
    ['a ruler and a log', '===\n***\none', 'one', '===\n***\none'],
    ['a separator alone', '---', 'Exit code 1: General error', undefined],
  ]
  test.each(rows)('%s', (_, error, explanation, trace) => {
    const { install } = normalize({ exit_code: 1, error })
    expect(install.error).toBe(explanation as string)
    expect(install.trace).toBe(trace as string)
  })

  test('a log of 120 KB comes whole, its explanation bounded', () => {
    const { install } = normalize({ exit_code: 1, error: `${'word '.repeat(24_000)}end` })
    expect(install.trace?.length).toBe(120_003)
    expect(install.error?.length).toBeLessThanOrEqual(1024)
    expect(install.error?.endsWith('word')).toBe(true)
  })
})

describe('repositories are kept for configured owners only', () => {
  const rows: readonly (readonly [
    name: string,
    slug: string,
    source: string | undefined,
    slugOfEvent: string,
    sourceOfEvent: string,
    repairs: string,
  ])[] = [
    ['the main collection', 'community-scripts/ProxmoxVE', undefined, 'community-scripts/ProxmoxVE', 'ProxmoxVE', 'repo_source:from_slug'],
    [
      'the development collection',
      'community-scripts/ProxmoxVED',
      undefined,
      'community-scripts/ProxmoxVED',
      'ProxmoxVED',
      'repo_source:from_slug',
    ],
    [
      'another repository of the owner',
      'community-scripts/extras',
      undefined,
      'community-scripts/extras',
      'external',
      'repo_source:from_slug',
    ],
    ['a fork', 'someone/ProxmoxVE', undefined, 'external', 'external', 'repo_slug:foreign_owner repo_source:from_slug'],
    [
      'an owner that only begins alike',
      'community-scripts2/ProxmoxVE',
      undefined,
      'external',
      'external',
      'repo_slug:foreign_owner repo_source:from_slug',
    ],
    [
      'an owner in other letters',
      'Community-Scripts/ProxmoxVE',
      undefined,
      'community-scripts/ProxmoxVE',
      'ProxmoxVE',
      'repo_source:from_slug',
    ],
    ['a source of the client wins', 'someone/ProxmoxVE', 'ProxmoxVED', 'external', 'ProxmoxVED', 'repo_slug:foreign_owner'],
    ['no slash', 'ProxmoxVE', 'ProxmoxVE', 'external', 'ProxmoxVE', 'repo_slug:foreign_owner'],
    ['too many slashes', 'community-scripts/a/b', 'external', 'external', 'external', 'repo_slug:foreign_owner'],
    ['external stays external', 'external', 'external', 'external', 'external', ''],
  ]
  test.each(rows)('%s', (_, slug, source, slugOfEvent, sourceOfEvent, repairs) => {
    const { install, repairs: codes } = normalize({ status: 'success', repo_slug: slug, repo_source: source })
    expect<unknown>([install.repoSlug, install.repoSource]).toEqual([slugOfEvent, sourceOfEvent])
    expect(codes.join(' ')).toBe(repairs)
  })

  test('owners are those of the setting', () => {
    const { install } = normalize({ status: 'success', repo_slug: 'my-lab/ProxmoxVE' }, ['my-lab'])
    expect(install.repoSlug).toBe('my-lab/ProxmoxVE')
    expect(install.repoSource).toBe('ProxmoxVE')
  })

  test('without a slug an empty source stays absent: what it reads as is decided when it is read', () => {
    expect(normalize({ status: 'success', repo_source: '', repo_slug: '' })).toEqual({
      install: { randomId: 'a1', type: 'lxc', nsapp: 'grafana', status: 'success' },
      repairs: [],
    })
  })
})

test('repairs are sorted and each stands once', () => {
  const wire = readWire('{"random_id":"a1","TYPE":"LXC","type":"LXC","nsapp":"x","status":"done","disk_size":8G}')
  if (!wire.ok) throw new Error('refused')
  expect(normalizeInstall(wire.value, policy).repairs).toEqual(['disk_size:unit', 'status:alias', 'type:letter_case'])
})

/** The event as a client of today would send it: explanation, separator, log. */
function encode(install: InstallEvent): string {
  const body: Record<string, unknown> = {}
  for (const field of installFields) if (install[field.name] !== undefined) body[field.wire] = install[field.name]
  if (install.error !== undefined || install.trace !== undefined) body['error'] = `${install.error ?? ''}\n---\n${install.trace ?? ''}`
  return JSON.stringify(body)
}

test('an event that is sent again as it was stored comes out the same, with nothing to repair', () => {
  const line = fc.constantFrom(
    'exit_code=1 | General error | at line 3: x',
    '---',
    '|---|',
    '',
    '  ',
    'a',
    '\tb',
    'c\r',
    'SIGINT',
    'apt-get',
    'timed out',
    'ä'.repeat(70),
    '\u001b[0m',
    'E: Package',
    'x '.repeat(1500),
  )
  const error = fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n'))
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.integer({ min: -2, max: 300 }),
    fc.constantFrom('32G', 'unknown', '1', 'Intel', 'none', 'community-scripts/x', 'a/b', 'ProxmoxVE', true, null),
  )
  const sent = fc.record(
    {
      ...Object.fromEntries(installFields.map(({ wire }) => [wire, value])),
      random_id: fc.constantFrom('a1', ' b2 '),
      type: fc.constantFrom('lxc', 'VM', 'tool', 'addon', 'pve'),
      nsapp: fc.constantFrom('grafana', 'draw.io\n', 'ö'.repeat(40)),
      status: fc.constantFrom('failed', 'failed', 'aborted', 'Success', 'done', 'configuring', 'x'),
      exit_code: fc.constantFrom(0, 1, 2, 28, 130, 255, null, undefined),
      error,
    },
    { requiredKeys: ['random_id', 'type', 'nsapp', 'status'] },
  )
  fc.assert(
    fc.property(sent, (body) => {
      const install = cutShortTexts(normalize(body).install)
      const again = readWire(encode(install))
      if (!again.ok) throw new Error(JSON.stringify(again.fault))
      expect(normalizeInstall(again.value, policy)).toEqual({ install, repairs: [] })
    }),
    { numRuns: 500, seed: 20_261_122 },
  )
})

/** As they are stored: what is cloaked is cut to its bytes only after that. */
function cutShortTexts(install: InstallEvent): InstallEvent {
  const texts = installFields.flatMap((field) => {
    const value = install[field.name]
    if (field.kind !== 'text' || field.profile === 'id' || field.wire === 'error' || typeof value !== 'string') return []
    return [[field.name, cutBytes(value, field.bytesMax, 'head').trimEnd()] as const]
  })
  return { ...install, ...Object.fromEntries(texts) }
}
