import { describe, expect, test } from 'bun:test'
import { type Ban, findBanned, sourceBans, testBans, typeBans } from './tidy/ban.ts'
import { findRegistries, registryHosts } from './tidy/registry.ts'
import { findForeignImports, roomOf, rooms } from './tidy/room.ts'
import { findLongFunctions, findUndocumented, hasValues } from './tidy/shape.ts'
import { importsOf, listFiles, parseSource, readSources, readText, resolveImport, type Source } from './tidy/source.ts'

const fileLinesMax = 300
/** Tests are mostly tables. */
const testLinesMax = 400
/** Files that are one table of data, as long as what they list. */
const tables: Readonly<Record<string, string>> = {
  'src/setting.ts': 'one row a setting',
  'src/event/exit-code.ts': 'one row an exit code',
  'src/cloak/top-level-domain.ts': 'every ending of public names',
  'src/cloak/domain-ending.ts': 'the endings of public names',
  'src/cloak/public-host.ts': 'hosts that say nothing of anybody',
}
/** Run in a thread of their own, so that a test reaches them through the file that starts them. */
const workers = /worker\.ts$/
/** Started as a program, never imported. */
const program = 'src/main.ts'

const product = readSources(['src', 'migration']).filter(({ path }) => !path.endsWith('.d.ts'))
const tests = readSources(['test', 'bench'])
const all = [...product, ...tests, ...readSources(['script'])]
const files = listFiles()

describe('rooms', () => {
  test('every file lies in a room and imports only what the table allows', () => {
    expect(product.flatMap(findForeignImports)).toEqual([])
  })

  test('the table has no circle', () => {
    const rank = new Map<string, number>()
    const climb = (room: string, path: readonly string[]): number => {
      expect(path, `${room} is above itself`).not.toContain(room)
      const known = rank.get(room)
      if (known !== undefined) return known
      const below = (rooms[room] ?? []).map((name) => climb(name.replace(':type', ''), [...path, room]))
      rank.set(room, Math.max(-1, ...below) + 1)
      return rank.get(room) ?? 0
    }
    for (const room of Object.keys(rooms)) climb(room, [])
    expect(rank.get('base')).toBe(0)
  })

  test('no import of ours leaves out its ending or points nowhere', () => {
    const known = new Set(files)
    const broken = all.flatMap((source) =>
      importsOf(source).flatMap(({ specifier, line }) => {
        const target = resolveImport(source, specifier)
        return target === undefined || known.has(target) ? [] : [`${source.path}:${line} imports ${specifier}`]
      }),
    )
    expect(broken).toEqual([])
  })

  test('the mark of a cloaked event is made in ingest alone', () => {
    const makers = product.filter(({ path, text }) => /\bas (unknown as )?Cloaked\b/.test(text) && roomOf(path) !== 'ingest')
    expect(makers.map(({ path }) => path)).toEqual([])
  })
})

describe('size', () => {
  test(`no file is longer than ${fileLinesMax} lines but the tables`, () => {
    const limits = [...product.map((source) => [source, fileLinesMax] as const), ...tests.map((source) => [source, testLinesMax] as const)]
    const long = limits.filter(([{ path, text }, max]) => tables[path] === undefined && text.split('\n').length - 1 > max)
    expect(long.map(([{ path, text }]) => `${path} has ${text.split('\n').length - 1} lines`)).toEqual([])
  })

  test('no function is longer than its limit', () => {
    expect(product.flatMap(findLongFunctions)).toEqual([])
  })
})

describe('the checks themselves', () => {
  const at = (path: string, text: string) => parseSource(path, text)

  test.each([
    ['a log line past the log', 'src/http/a.ts', 'console.log(1)'],
    ['the time of day', 'src/http/a.ts', 'const now = Date.now()'],
    ['a date of now', 'src/http/a.ts', 'const now = new Date()'],
    ['chance', 'src/http/a.ts', 'const id = crypto.randomUUID()'],
    ['the environment', 'src/http/a.ts', 'const port = process.env.PORT'],
    ['a sleep', 'test/http/a.test.ts', 'await Bun.sleep(5)'],
    ['a timer that nobody clears', 'test/http/a.test.ts', 'await new Promise((done) => setTimeout(done, 5))'],
    ['a test left out', 'test/http/a.test.ts', `test.skip('x', () => {})`],
    ['a table left out', 'test/http/a.test.ts', `test.skip.each([1])('x', () => {})`],
    ['any', 'src/http/a.ts', 'const body = read() as any'],
    ['an enum', 'src/http/a.ts', 'enum Color { Red }'],
    ['an exclamation mark', 'src/http/a.ts', 'const first = list[0]!'],
    ['a default export', 'src/http/a.ts', 'export default 1'],
  ])('find %s', (_, path, text) => {
    const bans = [...(path.startsWith('test/') ? testBans : sourceBans), ...typeBans]
    expect(bans.flatMap((ban) => findBanned(at(path, text), ban))).toHaveLength(1)
  })

  test.each([
    ['upwards', 'src/base/a.ts', `import { b } from '../event/b.ts'`],
    ['sideways', 'src/cloak/a.ts', `import type { B } from '../journal/b.ts'`],
    ['a value where a type is allowed', 'src/page/a.ts', `import { b } from '../store/b.ts'`],
    ['in passing', 'src/base/a.ts', `type B = import('../event/b.ts').B`],
    ['at run time', 'src/base/a.ts', `const b = await import('../event/b.ts')`],
    ['by re-export', 'src/base/a.ts', `export * from '../event/b.ts'`],
    ['a package past its wrapper', 'src/http/a.ts', `import { Database } from 'bun:sqlite'`],
    ['between rooms of a room', 'src/store/rollup/a.ts', `import { b } from '../segment/b.ts'`],
    ['from nowhere', 'src/event/a.ts', `import { b } from '../nowhere/b.ts'`],
  ])('find an import %s', (_, path, text) => {
    expect(findForeignImports(at(path, text))).toHaveLength(1)
  })

  test.each(registryHosts.map((host) => [host]))('find the registry %s and hosts below it', (host) => {
    const texts = [host, `"https://${host}/x"`, `see\n//files.${host.toUpperCase()}.`]
    expect(texts.flatMap((text) => findRegistries('docs/a.md', text))).toHaveLength(texts.length)
  })

  test('let hosts pass that only resemble a registry', () => {
    const text = registryHosts.map((host) => `my-${host} x${host} ${host}x ${host}.example ${host.replace('.', '-')}`).join('\n')
    expect(findRegistries('docs/a.md', text)).toEqual([])
  })

  test('let what is allowed pass', () => {
    const text = `import type { B } from '../store/b.ts'\nimport { ok } from '../base/result.ts'\nconst day = new Date(0)`
    const source = at('src/page/a.ts', text)
    expect([...findForeignImports(source), ...sourceBans.flatMap((ban) => findBanned(source, ban))]).toEqual([])
  })

  test('find a long function and a bare export', () => {
    const source = at('src/http/a.ts', `export function a() {\n${'  b()\n'.repeat(80)}}`)
    expect([findLongFunctions(source).length, findUndocumented(source).length]).toEqual([1, 1])
  })
})

describe('bans', () => {
  const rows = (bans: readonly Ban[]) => bans.map((ban) => [ban.name, ban] as const)

  test.each(rows(sourceBans))('the product does without %s', (_, ban) => {
    expect(product.flatMap((source) => findBanned(source, ban))).toEqual([])
  })

  test.each(rows(testBans))('no test has %s', (_, ban) => {
    expect(readSources(['test']).flatMap((source) => findBanned(source, ban))).toEqual([])
  })

  test.each(rows(typeBans))('no file has %s', (_, ban) => {
    expect(all.flatMap((source) => findBanned(source, ban))).toEqual([])
  })

  test('no file postpones work', () => {
    const marks = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'].join('|')})\\b`)
    expect(textFiles().filter((path) => marks.test(readText(path)))).toEqual([])
  })

  test('no file names a path of one machine', () => {
    const foreign = new RegExp(`(^|[\\s'"\`(=:])/(${['work', 'farm', 'tmp/bash_jobs'].join('|')})/`, 'm')
    expect(textFiles().filter((path) => foreign.test(readText(path)))).toEqual([])
  })

  test('no file names the host of a package registry', () => {
    expect(files.map((path) => [path, readText(path)] as const).flatMap(([path, text]) => findRegistries(path, text))).toEqual([])
  })

  test('nothing that installs or explains names a registry of images', () => {
    const installing = files.filter((path) =>
      /^(package.*|\.npmrc|Dockerfile|compose\.yaml|[A-Z]+\.md|(script|\.ci|\.github|docs)\/.*)$/.test(path),
    )
    expect(installing.filter((path) => readText(path).includes(`ghcr${'.'}io`))).toEqual([])
  })
})

test('in the root stands what a tool or a reader looks for there, and nothing else', () => {
  const known =
    /^(?:[A-Z]+(?:\.md)?|Dockerfile|compose\.yaml|(?:package|package-lock|tsconfig|biome|knip)\.json|bunfig\.toml|\.(?:npmrc|gitignore|dockerignore))$/
  expect(files.filter((path) => !path.includes('/') && !known.test(path))).toEqual([])
})

describe('names', () => {
  const tree = files.filter((path) => /^(src|test|migration|bench|script|docs)\//.test(path) && !/^test\/(fixture|golden)\//.test(path))

  test('files and folders are kebab-case', () => {
    const odd = tree.filter((path) => !path.split('/').every((part) => /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/.test(part)))
    expect(odd.filter((path) => !/^docs\/(VVT|TOMS|PRIVACY)\.md$/.test(path))).toEqual([])
  })

  test('no file or folder is a drawer for everything', () => {
    const drawers = /(^|[/-])(utils?|helpers?|common|managers?|misc|shared|lib)(\.[a-z.]+$|[/-]|$)/
    expect(tree.filter((path) => drawers.test(path))).toEqual([])
  })

  test('rooms are named in the singular', () => {
    const plural = Object.keys(rooms).filter((room) => room.endsWith('s') && room !== 'access')
    expect(plural).toEqual([])
  })
})

describe('words', () => {
  test('each exported function and class says what it promises', () => {
    expect(product.flatMap(findUndocumented)).toEqual([])
  })

  test('each file of the product with something to run is reached by a test, directly or through its own room (base through any)', () => {
    const mirrors = new Set(tests.map(({ path }) => path))
    const isMirrored = (path: string) =>
      ['.test.ts', '.test.tsx'].some((end) => mirrors.has(path.replace(/^src\//, 'test/').replace(/\.tsx?$/, end)))
    const imported = tests.flatMap(targetsOf)
    const reached = new Set([
      ...imported,
      ...product.map(({ path }) => path).filter((path) => isMirrored(path) || workers.test(path) || path === program),
    ])
    for (const path of reached) {
      const source = product.find((candidate) => candidate.path === path)
      const inRoom =
        source === undefined
          ? []
          : targetsOf(source).filter((target) => [roomOf(path), 'base', 'migration/schema'].includes(roomOf(target)))
      for (const target of inRoom) reached.add(target)
    }
    const alone = product.filter((source) => !reached.has(source.path) && hasValues(source))
    expect(alone.map(({ path }) => path)).toEqual([])
  })

  test('the exceptions above still exist', () => {
    const bans = [...sourceBans, ...testBans, ...typeBans].flatMap((ban) => Object.keys(ban.exceptions))
    const named = [...bans, ...Object.keys(tables)]
    expect(named.filter((path) => !files.some((file) => file === path || (path.endsWith('/') && file.startsWith(path))))).toEqual([])
  })
})

function targetsOf(source: Source): readonly string[] {
  return importsOf(source).flatMap(({ specifier }) => resolveImport(source, specifier) ?? [])
}

function textFiles(): readonly string[] {
  return files.filter((path) => /\.(tsx?|mjs|json|md|ya?ml|sh|css|html|toml)$|(^|\/)(Dockerfile|run)$/.test(path))
}
