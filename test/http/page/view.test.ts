import { describe, expect, test } from 'bun:test'
import { createTally } from '../../../src/base/tally.ts'
import { permissions } from '../../../src/http/guard/permission.ts'
import { viewOfApi } from '../../../src/http/page/api-docs.ts'
import { newOrGrowing } from '../../../src/http/page/error-line.ts'
import { viewOfErrors } from '../../../src/http/page/errors.ts'
import { pageRoutes } from '../../../src/http/page/page-routes.ts'
import { viewOfRecords } from '../../../src/http/page/records.ts'
import { viewOfScripts } from '../../../src/http/page/scripts.ts'
import { viewOfSystem } from '../../../src/http/page/system.ts'
import type { SystemState } from '../../../src/http/page/system-state.ts'
import { readQuestion } from '../../../src/http/question/question.ts'
import { sortScripts } from '../../../src/http/question/script-order.ts'
import { Pages } from '../../../src/page/part/pages.tsx'
import { scriptColumns } from '../../../src/page/script/script-table.tsx'
import { Scripts } from '../../../src/page/script/scripts.tsx'
import type { Analysis, Group } from '../../../src/store/analysis-port.ts'
import { noRuns, sampleAnalysis } from '../../page/sample-analysis.ts'
import { sampleErrors, sampleFrame } from '../../page/sample-view.ts'

const now = Date.parse('2026-03-02T12:00:00Z')
function ask(query: string) {
  const read = readQuestion(new URLSearchParams(query), now)
  if (!read.ok) throw new Error(read.fault.rule)
  return read.value
}
const group = (value: string, success: number, failed: number, more: Partial<Group> = {}): Group => ({
  value,
  counts: { ...noRuns, success, failed },
  lastDay: 20_000,
  ...more,
})
const names = (groups: readonly Group[]) => groups.map(({ value }) => value).join('')

describe('scripts are ordered', () => {
  const groups = [
    group('b', 100, 0, { lastDay: 20_001, durations: { count: 1, mean: 1, p50: 90, p95: 9 } }),
    group('a', 50, 50, { previous: { ...noRuns, success: 5 } }),
    group('c', 0, 0, { previous: noRuns }),
    group('d', 10, 30, { previous: { ...noRuns, success: 40 }, durations: { count: 1, mean: 1, p50: 8, p95: 9 } }),
  ]
  test.each([
    ['script', 'abcd'],
    ['-script', 'dcba'],
    ['-runs', 'abdc'],
    ['runs', 'cdab'],
    ['success', 'dabc'],
    ['-success', 'badc'],
    ['-change', 'adbc'],
    ['change', 'dabc'],
    ['median', 'dbac'],
    ['-last', 'bacd'],
  ])('by %s: %s', (order, expected) => expect(names(sortScripts(groups, order))).toBe(expected))

  test('by every column that has a name', () => {
    for (const { name } of scriptColumns)
      if (name !== undefined) expect(sortScripts(groups, name)).not.toEqual(sortScripts(groups, `-${name}`))
  })

  test('and a filter keeps the order', () => {
    const view = viewOfScripts({ question: ask('os=debian'), analysis: sampleAnalysis(), order: 'script', page: 1, namePart: '' })
    expect([view.filter.kept, view.filter.selection.filter, view.scripts?.shown[0]?.value]).toEqual([
      { sort: 'script' },
      { os: 'debian' },
      'adguard',
    ])
  })
})

test('by success, scripts with too few runs for a rate come last, whichever end is first', () => {
  const ended = (value: string, success: number, failed: number) => ({ ...group(value, 0, 0), counts: { ...noRuns, success, failed } })
  const groups = [ended('hidden-worst', 0, 19), ended('good', 90, 10), ended('hidden-best', 19, 0), ended('bad', 10, 90)]
  const order = (by: string) => sortScripts(groups, by).map(({ value }) => value)
  expect([order('success').slice(0, 2), order('-success').slice(0, 2)]).toEqual([
    ['bad', 'good'],
    ['good', 'bad'],
  ])
})

describe('new or growing', () => {
  const [sample] = sampleErrors()
  if (sample === undefined) throw new Error('the sample has a line')
  const { previousRuns: _, ...line } = sample
  test.each<[name: string, more: Partial<typeof sample>, isShown: boolean]>([
    ['new', { isNew: true, runs: 1 }, true],
    ['new but muted', { isNew: true, isMuted: true }, false],
    ['twice as many', { isNew: false, runs: 10, previousRuns: 5 }, true],
    ['not twice as many', { isNew: false, runs: 19, previousRuns: 10 }, false],
    ['too few to tell', { isNew: false, runs: 9, previousRuns: 1 }, false],
    ['not compared', { isNew: false, runs: 900 }, false],
  ])('%s', (_, more, isShown) => expect(newOrGrowing([{ ...line, ...more }]).length).toBe(Number(isShown)))

  test('six are shown, new ones first', () => {
    const many = Array.from({ length: 9 }, (_, index) => ({
      ...line,
      isNew: index > 6,
      isMuted: false,
      runs: 100 - index,
      previousRuns: 1,
    }))
    expect(newOrGrowing(many).map(({ runs }) => runs)).toEqual([93, 92, 100, 99, 98, 97])
  })
})

test('pages of groups lead on as long as there are more, in the same state', () => {
  const facts = { question: ask(''), analysis: sampleAnalysis(), groups: [], foldedRuns: 0, counts: { open: 51, muted: 25 } }
  const ways = (state: 'open' | 'muted', page: number, last: number) => {
    const { filter, pages } = viewOfErrors({ ...facts, state, pages: { page, last } })
    return [...Pages({ label: 'pages', pages, of: filter }).matchAll(/href="([^"]*)"/g)].map(([, href]) => href?.replaceAll('&amp;', '&'))
  }
  const to = (page: number, state = '') => `/error-analysis?period=30d${state}${page === 1 ? '' : `&page=${page}`}`
  expect(ways('open', 1, 3)).toEqual([1, 2, 3, 2].map((page) => to(page)))
  expect(ways('open', 2, 3)).toEqual([1, 1, 2, 3, 3].map((page) => to(page)))
  expect(ways('open', 3, 3)).toEqual([2, 1, 2, 3].map((page) => to(page)))
  expect(ways('muted', 2, 2)).toEqual([1, 1, 2].map((page) => to(page, '&state=muted')))
  expect(ways('open', 9, 20)).toEqual([8, 1, 7, 8, 9, 10, 11, 20, 10].map((page) => to(page)))
  expect(ways('muted', 1, 1)).toEqual([])
})

describe('a long list of scripts', () => {
  const groups = Array.from({ length: 130 }, (_, index) => group(`Script-${index}`, 130 - index, 0))
  const analysis: Analysis = {
    ...sampleAnalysis(),
    by: { script: { groups, distinct: 140, rest: { ...noRuns, success: 10 }, folded: noRuns } },
  }
  const cut = (page: number, namePart = '') =>
    viewOfScripts({ question: ask(''), analysis, order: '-script', page, namePart }).scripts ?? { shown: [], pages: undefined, found: 0 }

  test('is cut into pages that hold each script once, in the order of the whole', () => {
    const shown = [1, 2, 3].flatMap((page) => cut(page).shown)
    expect(shown).toEqual([...sortScripts(groups, '-script')])
    expect([cut(3).pages, cut(4).shown]).toEqual([{ page: 3, last: 3 }, []])
  })

  test.each<[part: string, found: number]>([
    ['script-12', 11],
    ['SCRIPT-7', 11],
    ['t-129', 1],
    ['', 130],
    ['nothing', 0],
    ['.*', 0],
  ])('is narrowed by a part of the name: %j', (part, found) => {
    expect([cut(1, part).found, cut(1, part).shown.length]).toEqual([found, Math.min(found, 50)])
  })

  test('keeps the part of the name in every order and on every page', () => {
    const view = viewOfScripts({ question: ask('os=debian'), analysis, order: '-runs', page: 1, namePart: 'script-1' })
    const html = Scripts({ view: { ...view, frame: sampleFrame('/script-analysis'), reach: { canOpen: true } } })
    const ways = [...html.matchAll(/href="(\/script-analysis\?[^"]*(?:sort|page)=[^"]*)"/g)].map(([, href = '']) => href)
    expect(ways.length).toBeGreaterThan(5)
    for (const href of ways) expect(href).toContain('os=debian&amp;app=script-1')
  })
})

test('a list of records keeps its own filters on every way from it', () => {
  const question = ask('status=failed&period=7d')
  const list = { runs: [], older: '17.4', newer: '18.1' }
  const query = { tenant: 'default', filter: { status: 'failed' } }
  const view = viewOfRecords({ question, query, list, count: 7, own: { repaired: 'yes' } })
  expect([view.older, view.newer, ...view.exports.map(({ href }) => href)]).toEqual([
    '/records?period=7d&status=failed&repaired=yes&after=17.4',
    '/records?period=7d&status=failed&repaired=yes&before=18.1',
    ...['csv', 'json', 'jsonl'].map((format) => `/records?period=7d&status=failed&repaired=yes&format=${format}` as const),
  ])
})

describe('System', () => {
  const state: SystemState = {
    ...{ ingestRefusedBy: undefined, storeHeldUpBy: undefined, pocketbase: 'off', pocketbaseFault: undefined, parked: 0 },
    ...{
      lagEvents: 0,
      mirrorLag: undefined,
      startedAt: now,
      journalBytes: 2_048,
      retentionDays: 365,
      timers: [],
      retention: undefined,
      parkedRuns: [],
      findings: [{ name: 'disk', state: 'odd', text: '1.0 GB free, 4 %', todo: 'Make room soon.' }],
      checks: { findings: [] },
    },
    tallies: {
      ...{ accepted: createTally(), refused: createTally(), repaired: createTally() },
      ...{ cloaked: createTally(), unknownKeys: createTally() },
    },
  }
  const states = (more: Partial<SystemState>) =>
    viewOfSystem({ ...state, ...more }, { runs: 1, isAdmin: false, runsService: true }).parts.map((part) => part.state)
  test.each<[more: Partial<SystemState>, expected: readonly string[]]>([
    [{}, ['good', 'good', 'off']],
    [{ ingestRefusedBy: 'disk_full' }, ['bad', 'good', 'off']],
    [{ storeHeldUpBy: 'starting' }, ['good', 'bad', 'off']],
    [{ lagEvents: 10_001 }, ['good', 'odd', 'off']],
    [{ pocketbase: 'connected', mirrorLag: 5 }, ['good', 'good', 'good']],
    [{ pocketbase: 'connected', parked: 1 }, ['good', 'good', 'odd']],
    [{ pocketbase: 'disconnected', mirrorLag: 318 }, ['good', 'good', 'bad']],
  ])('%o', (more, expected) => expect<readonly string[]>(states(more)).toEqual(expected))

  test('says of every number what it counts', () => {
    const timer = {
      name: 'rate-slots',
      purpose: 'writes',
      everyMs: 250,
      dueAt: now,
      last: { beganAt: now, tookMs: 3, result: 'done', changed: 1 },
    }
    const runs = { count: 4, firstAt: now, lastDay: 20_000, isLeap: false, at: now }
    const view = viewOfSystem(
      { ...state, storeBytes: 1, timers: [timer as never], retention: { runs, logs: { count: 1, before: now, at: now } } },
      { runs: 1, isAdmin: true, runsService: true },
    )
    const facts = [...view.storage, ...view.events, ...view.retention]
    expect(facts.filter(({ text }) => /^[\d,.]+$|^0 minutes/.test(text))).toEqual([])
    expect(view.timers).toMatchObject([{ every: '250 ms', last: '2026-03-02 12:00, 1 change in 3 ms' }])
    const ways = facts.flatMap(({ name, href }) => (href === undefined ? [] : [[name, href]]))
    expect(Object.fromEntries(ways)).toMatchObject({
      'of this tenant': '/records?period=all',
      refused: '#refused',
      repaired: '#repaired',
      runs: '/records?from=2026-03-02&to=2024-10-04',
    })
  })

  test('says to admins what doctor says of the machine, in the same words', () => {
    expect(viewOfSystem(state, { runs: 1, isAdmin: true, runsService: true }).parts.at(-1)).toEqual(state.findings[0] as never)
    const ofTenant = viewOfSystem(state, { runs: 1, isAdmin: true, runsService: false })
    expect(ofTenant.parts).not.toContainEqual(state.findings[0] as never)
  })

  test('says to those who run the service what doctor found outside, when, and when it looks again', () => {
    const findings = [{ name: 'webhook', state: 'bad', text: 'cannot be used (timeout)', todo: 'Look for a firewall.' }] as const
    const timer = { name: 'doctor', purpose: 'looks', everyMs: 3_600_000, dueAt: now + 1_800_000 }
    const checked = { ...state, timers: [timer], checks: { outsideAt: now - 1_800_000, findings } }
    const view = viewOfSystem(checked, { runs: 1, isAdmin: true, runsService: true })
    expect(view.checks?.parts).toEqual(findings)
    expect(view.checks?.lookedAt).toStartWith('What lies outside was looked at 2026-03-02 11:30 UTC; again at 2026-03-02 12:30 UTC.')
    const fresh = viewOfSystem({ ...checked, checks: { findings: [] } }, { runs: 1, isAdmin: true, runsService: true })
    expect(fresh.checks?.lookedAt).toStartWith('What lies outside was not looked at since the start, and will be at 2026-03-02 12:30 UTC.')
    for (const others of [
      { isAdmin: true, runsService: false },
      { isAdmin: false, runsService: true },
    ])
      expect(viewOfSystem(checked, { runs: 1, ...others }).checks).toBeUndefined()
  })
})

test('the page about the API has every route for programs, and each page is in the table of permissions', () => {
  const routes = viewOfApi(permissions).groups.flatMap((group) => group.routes.map(({ method, path }) => `${method} ${path}`))
  const wanted = Object.entries(permissions).filter(([, { face }]) => face === 'json')
  expect(routes.sort()).toEqual(wanted.map(([route]) => route.replace(/:([a-z]+)/g, '{$1}')).sort())
  const pages = pageRoutes({ identity: {} } as Parameters<typeof pageRoutes>[0]).map(({ method, path }) => `${method} ${path}`)
  expect(pages.filter((route) => !(route in permissions))).toEqual([])
})

test('a sample without a run is nothing to draw', () => {
  const empty: Analysis = { total: { counts: noRuns }, series: [], by: {} }
  const { range, scripts } = viewOfScripts({ question: ask('period=all'), analysis: empty, order: '-runs', page: 1, namePart: '' })
  expect([range, scripts]).toEqual([undefined, undefined])
})
