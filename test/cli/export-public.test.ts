import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { posix } from 'node:path'
import { runCommandLine } from '../../src/cli/program.ts'
import { hostileNames } from '../http/page/seeded.ts'
import type { Running } from '../part/running.ts'
import { findCanaries } from '../privacy/canary.ts'
import { temporaryFolder } from '../store/folder.ts'
import { sampleContext } from './desk-sample.ts'
import { publish, rareNames, readFiles, sentIds, startToPublish } from './published.ts'

const folder = temporaryFolder()
let service: Running
let files: ReadonlyMap<string, string>
beforeAll(async () => {
  service = await startToPublish()
  await publish(service.folder, folder.file('site'))
  files = readFiles(folder.file('site'))
})
afterAll(async () => {
  await service[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

const endingIn = (ending: string) => [...files].filter(([path]) => path.endsWith(ending))
const linksOf = (html: string) => [...html.matchAll(/<(?:a|link) [^>]*href="([^"]*)"/g)].map(([, href = '']) => href)

describe('export --public', () => {
  test('writes the pages of every period, every script with its own, and their data', () => {
    for (const period of ['today', '7d', '30d', '90d', '365d', 'all'])
      for (const name of [`overview/${period}`, `scripts/${period}`, `errors/${period}`, `script/docker/${period}`])
        expect([name, files.has(`${name}.html`), files.has(`${name}.json`)]).toEqual([name, true, true])
    const scripts = new Set([...files.keys()].filter((path) => path.startsWith('script/')).map((path) => path.split('/')[1]))
    expect(scripts.size).toBe(3 + hostileNames.length)
    expect([...files.keys()].filter((path) => /^error\/[0-9a-f]{16}\/30d\.html$/.test(path)).length).toBeGreaterThan(0)
    expect(files.get('index.html')).toBe((files.get('overview/30d.html') ?? '').replaceAll('href="../', 'href="'))
  })

  test('leads from file to file and nowhere else, and from the first page to each', () => {
    const reached = new Set<string>()
    const waiting = ['index.html']
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (reached.has(path)) continue
      reached.add(path)
      if (!path.endsWith('.html')) continue
      for (const href of linksOf(files.get(path) ?? '')) {
        if (href.startsWith('#') || href.startsWith('data:image/svg+xml,')) continue
        const target = posix.join(posix.dirname(path), href)
        expect([path, href, files.has(target)]).toEqual([path, href, true])
        waiting.push(target)
      }
    }
    expect([...files.keys()].filter((path) => !reached.has(path))).toEqual(['about.json'])
  })

  test.each([
    ['a form', /<form|<input|<button|name="token"/],
    ['a script', /<script|<style|\son[a-z]+=/],
    ['a sign-in', /sign.?in/i],
    ['a way to the service', /(?:href|src|action)="(?:\/|[a-z]+:(?!image\/svg))|http-equiv/],
    ['a record', /Newest runs|What runs printed|\/records/],
  ])('has no page with %s', (_, form) => {
    expect(
      endingIn('.html')
        .filter(([, html]) => form.test(html))
        .map(([path]) => path),
    ).toEqual([])
  })

  test('names nothing with fewer runs than PUBLIC_MIN_RUNS, no id, and nothing personal', () => {
    for (const [path, text] of files) {
      expect([path, findCanaries(text)]).toEqual([path, []])
      expect([path, [...rareNames, ...sentIds].filter((name) => text.includes(name) || path.includes(name))]).toEqual([path, []])
      expect([path, /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/.test(text)]).toEqual([path, false])
    }
    for (const [path, text] of endingIn('.json')) expect([path, fewOf(JSON.parse(text))]).toEqual([path, []])
  })

  test('says what everybody is shown by the service, in the same words and numbers', async () => {
    for (const [address, file] of [
      ['/api/v1/overview?period=7d', 'overview/7d.json'],
      ['/api/v1/scripts?period=all', 'scripts/all.json'],
      ['/api/v1/errors?period=30d', 'errors/30d.json'],
      ['/api/v1/scripts/docker?period=90d', 'script/docker/90d.json'],
    ] as const)
      expect(JSON.parse(files.get(file) ?? '')).toEqual(await (await service.ask(address)).json())
    const cells = (html: string) => [...html.matchAll(/<t[dh][ >].*?<\/t[dh]>/gs)].map(([cell]) => cell.replace(/<[^>]*>/g, ''))
    for (const [address, file] of [
      ['/script-analysis?period=30d', 'scripts/30d.html'],
      ['/error-analysis?period=30d', 'errors/30d.html'],
      ['/scripts/docker?period=30d', 'script/docker/30d.html'],
    ] as const)
      expect(cells(files.get(file) ?? '')).toEqual(cells(await (await service.ask(address)).text()))
  })

  test('is for everybody to read, and is noted in the audit', async () => {
    const [top, page] = [statSync(folder.file('site')), statSync(folder.file('site/script/docker/30d.html'))]
    expect([top.mode & 0o777, page.mode & 0o777]).toEqual([0o755, 0o644])
    const context = sampleContext({ DATA_DIR: service.folder })
    await runCommandLine(['audit', 'list', '--json'], context)
    expect(JSON.parse(context.out())).toContainEqual(expect.objectContaining({ actor: 'cli', act: 'export', subject: 'public' }))
  })

  test('takes the place of an earlier one, and of nothing else', async () => {
    writeFileSync(folder.file('site/stale.html'), 'of an earlier export')
    mkdirSync(folder.file('site.part'))
    const told = await publish(service.folder, folder.file('site'))
    expect(told).toMatch(/^[\d,]+ files in .*, as of 20.*Z\. Names with fewer than 3 runs are counted under `other`\.\n$/)
    expect(readdirSync(folder.path).sort()).toEqual(['site'])
    expect([...readFiles(folder.file('site')).keys()].sort()).toEqual([...files.keys()].sort())

    mkdirSync(folder.file('mine'))
    writeFileSync(folder.file('mine/thesis.txt'), 'years of work')
    for (const [name, fault] of [
      ['mine', 'holds something else: name a new folder, an empty one, or an earlier export to replace'],
      ['mine/thesis.txt', 'holds something else'],
      ['none/site', 'there is no folder'],
    ] as const) {
      const context = sampleContext({ DATA_DIR: service.folder })
      expect(await runCommandLine(['export', '--public', '--out', folder.file(name)], context)).toBe(2)
      expect(context.told()).toContain(fault)
    }
    expect(readFileSync(folder.file('mine/thesis.txt'), 'utf8')).toBe('years of work')
    expect(readdirSync(folder.path).sort()).toEqual(['mine', 'site'])
  })

  test('writes the same beside a stopped service', async () => {
    await service.stop()
    await publish(service.folder, folder.file('again'))
    const again = readFiles(folder.file('again'))
    expect([...again.keys()].sort()).toEqual([...files.keys()].sort())
    const bare = (text: string) => text.replace(/data as of [^·<]*|"as_of":"[^"]*"/g, '')
    for (const [path, text] of files) expect([path, bare(again.get(path) ?? '')]).toEqual([path, bare(text)])
  })
})

/** Every object of some data that counts runs, and fewer than three of them. */
function fewOf(data: unknown): readonly unknown[] {
  if (typeof data !== 'object' || data === null) return []
  const runs =
    'counts' in data && typeof data.counts === 'object' && data.counts !== null && 'runs' in data.counts ? Number(data.counts.runs) : 0
  const own = runs > 0 && runs < 3 && !('value' in data && data.value === 'other') ? [data] : []
  return [...own, ...Object.values(data).flatMap(fewOf)]
}

test.each([
  [['export'], 'export needs one of: runs, rollups, errors, audit'],
  [['export', '--out', 'x'], '--out needs --public'],
  [['export', '--public'], 'there is no store.db in it'],
])('%p is refused', async (words, message) => {
  using empty = temporaryFolder()
  const context = sampleContext({ DATA_DIR: empty.path })
  expect(await runCommandLine(words, context)).toBe(2)
  expect(context.told()).toContain(message)
})
