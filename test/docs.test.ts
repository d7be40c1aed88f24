import { describe, expect, test } from 'bun:test'
import { renderCommands, renderConfiguration } from '../script/papers.ts'
import { commandsOf } from '../src/cli/help.ts'
import { importNames } from '../src/cli/import-choice.ts'
import { entityNames } from '../src/cloak/entity-type.ts'
import { runFields } from '../src/consumer/pocketbase/collection.ts'
import { installFields } from '../src/event/install.ts'
import { settingNames } from '../src/setting.ts'
import { retiredNames } from '../src/setting-name.ts'
import { allCommands } from './docs/command.ts'
import { metricRows } from './docs/metric.ts'
import { codeIn, findBrokenLinks, listPapers, namesExplained, quotedIn, rowsOf, sectionOf } from './docs/paper.ts'
import { listStored, recordRow } from './docs/record.ts'
import { listRoutes } from './docs/route.ts'
import { listFiles, readSources, readText } from './tidy/source.ts'

const papers = listPapers()
const record = readText('docs/VVT.md')
const recordCells = rowsOf(record).map(([first = '']) => first)

describe('each list has its paper', () => {
  test('settings: docs/configuration.md is what `npm run papers` writes', () => {
    expect(readText('docs/configuration.md')).toBe(renderConfiguration())
  })

  test('commands: docs/cli.md is what `npm run papers` writes', () => {
    expect(readText('docs/cli.md')).toBe(renderCommands())
  })

  test('metrics: docs/operations.md has a row for each series, with its kind and words, and no other', async () => {
    const section = sectionOf(readText('docs/operations.md'), 'Metrics')
    const rows = section.split('\n').filter((line) => /^\| `(?:telemetry|piicloak)_/.test(line))
    expect(rows.toSorted()).toEqual((await metricRows()).toSorted())
  })

  test('log lines: what docs/operations.md explains is what the product writes', () => {
    const lines = rowsOf(sectionOf(readText('docs/operations.md'), 'Logs')).map(([first = '']) => quotedIn(first)[0] ?? '')
    const said = readSources(['src']).map(({ text }) => text)
    expect(lines.length).toBeGreaterThan(5)
    expect(lines.filter((line) => !said.some((text) => text.includes(`'${line}`)))).toEqual([])
  })

  test('routes: docs/api.md explains each, and no other', () => {
    const explained = namesExplained(readText('docs/api.md')).filter((name) => /^(GET|POST|PUT|DELETE) \//.test(name))
    expect([...new Set(explained)].toSorted()).toEqual(listRoutes().toSorted())
  })

  test('rooms: docs/architecture.md says of each what it holds', () => {
    const said = rowsOf(sectionOf(readText('docs/architecture.md'), 'Rooms')).flatMap(([names = '']) =>
      names.replaceAll('`', '').split(', '),
    )
    const rooms = listFiles().flatMap((path) => path.match(/^src\/(?:http\/)?([a-z0-9]+)\//)?.[1] ?? [])
    expect([...new Set(rooms)].filter((room) => !said.includes(`${room}/`))).toEqual([])
  })

  test('threads: docs/architecture.md says of each what it does, and of no other', () => {
    const said = rowsOf(sectionOf(readText('docs/architecture.md'), 'Threads and files')).flatMap(
      ([, entry = '']) => entry.match(/^`(.+\.ts)`$/)?.[1] ?? [],
    )
    const entries = listFiles().filter((path) => /^src\/.+\/(?:[a-z]+-)?worker\.ts$/.test(path) && path !== 'src/base/worker.ts')
    expect(said.toSorted()).toEqual(['main.ts', ...entries.map((path) => path.replace('src/', ''))].toSorted())
  })

  test('decisions: docs/architecture.md links each', () => {
    const decisions = listFiles().filter((path) => path.startsWith('docs/decision/'))
    const text = readText('docs/architecture.md')
    expect(decisions.filter((path) => !text.includes(`(${path.replace('docs/', '')})`))).toEqual([])
  })
})

describe('the record of processing', () => {
  test('P5 P9 each field of the event has its row with purpose and limit, and no row is of a field that is gone', () => {
    const rows = sectionOf(record, 'Fields')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
    expect(rows).toEqual(installFields.map(recordRow))
  })

  test('P5 P9 each column of each database is explained', async () => {
    const stored = await listStored()
    expect(stored.length).toBeGreaterThan(50)
    expect(stored.filter(({ row }) => row === undefined || !recordCells.includes(row))).toEqual([])
  })

  test('P5 P9 each field of the PocketBase collection is explained', () => {
    const own = ['created', 'updated'] // PocketBase's own times of the record.
    const held: Readonly<Record<string, string>> = {
      state: 'stage times',
      revision: '`revision`, `instance`',
      instance: '`revision`, `instance`',
    }
    const missing = runFields.filter(({ name }) => !own.includes(name) && !recordCells.includes(held[name] ?? `\`${name}\``))
    expect(missing.map(({ name }) => name)).toEqual([])
  })

  test('P9 it has every part that Art. 30 asks for', () => {
    for (const part of [
      'Controller',
      'Purpose',
      'Legal basis',
      'Categories of data',
      'Recipients',
      'Transfers to third countries',
      'Measures',
    ]) {
      expect(recordCells, part).toContain(part)
    }
    for (const heading of ['Periods', 'Impact assessment', 'Revisions']) expect(sectionOf(record, heading), heading).not.toBe('')
  })

  test('P8 it names every recipient that a setting can attach', () => {
    const recipients = rowsOf(record).find(([first]) => first === 'Recipients')?.[1] ?? ''
    const attached = settingNames.filter((name) => /_URL$/.test(name) && name !== 'PUBLIC_URL')
    expect(attached).toEqual(['PB_URL', 'ALERT_WEBHOOK_URL', 'GITHUB_API_URL'])
    for (const name of [...attached, 'SMTP_HOST', 'SMTP_TO']) expect(recipients).toContain(`\`${name}\``)
  })
})

describe('SECURITY.md', () => {
  const security = readText('SECURITY.md')

  test('P22 it asks for a private report, says what to include, and promises times, versions, credit and good faith', () => {
    expect(sectionOf(security, 'Reporting a vulnerability')).toMatch(/private advisory[\s\S]*no public issue/)
    const times = rowsOf(sectionOf(security, 'Reporting a vulnerability')).map(([, time]) => time)
    expect(times).toEqual(['48 hours', '7 days', '14 days', '30 days'])
    for (const word of ['**[SECURITY]**', 'credited', 'good faith', 'version']) expect(security.toLowerCase()).toContain(word.toLowerCase())
    expect(rowsOf(sectionOf(security, 'Supported versions')).length).toBeGreaterThan(0)
  })

  test('P22 it names the known limitations', () => {
    const limitations = sectionOf(security, 'Known limitations')
    for (const word of ['anonymous by design', 'Encryption at rest']) expect(limitations).toContain(word)
  })
})

describe('promises', () => {
  const security = readText('SECURITY.md')
  const tests = readSources(['test']).filter(({ path }) => /\.test\.tsx?$/.test(path))
  const proofs = rowsOf(sectionOf(security, 'What proves it'))

  test('each of SECURITY.md names a test that is there', () => {
    // The name stands first in a call, so that no text of the same words elsewhere in the file passes for a test.
    const named = (path: string, name: string) =>
      ["'", '`'].some((quote) => readText(path).replace(/\(\s+/g, '(').includes(`(${quote}${name}${quote},`))
    const wrong = proofs.filter(
      ([, file = '', name = '']) => !listFiles().includes(quotedIn(file)[0] ?? '') || !named(quotedIn(file)[0] ?? '', name),
    )
    expect(wrong).toEqual([])
    const promised = [...sectionOf(security, 'What the service does to be safe').matchAll(/^- \*\*(.+?)\.?\*\*/gm)].map(
      ([, word = '']) => word,
    )
    expect(promised.length).toBeGreaterThan(15)
    expect(promised.filter((word) => !proofs.some(([promise]) => promise === word))).toEqual([])
  })

  test('each file of tests that SECURITY.md names beside a promise is there', () => {
    const named = [...security.matchAll(/\btest\/[\w./-]+\.test\.tsx?/g)].map(([path]) => path)
    expect(named.length).toBeGreaterThan(proofs.length)
    expect(named.filter((path) => !listFiles().includes(path))).toEqual([])
  })

  test('each of the product has tests that carry its number', () => {
    const due = Array.from({ length: 27 }, (_, index) => `P${index + 1}`).filter((number) => !dueLater.includes(number))
    const names = tests.flatMap(({ text }) => text.match(/(?:test|describe)\b[^\n]*['"`]\s*(?:P\d+ )+/g) ?? [])
    const separate = tests.flatMap(({ text }) => text.match(/^\s*['"`](?:P\d+ )+/gm) ?? []) // A name on a line of its own.
    const carried: readonly string[] = [...names, ...separate].join(' ').match(/\bP\d+\b/g) ?? []
    expect(due.filter((number) => !carried.includes(number))).toEqual([])
  })
})

describe('upkeep', () => {
  test('P21 base images, packages and actions are updated, code and image are scanned, by files of the repository', () => {
    const updates = Bun.YAML.parse(readText('.github/dependabot.yml')) as { readonly updates: readonly Readonly<Record<string, unknown>>[] }
    expect(updates.updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'docker', 'github-actions'])
    expect(readText('.github/workflows/codeql.yml')).toContain('github/codeql-action/analyze')
    expect(readText('.github/workflows/image-scan.yml')).toMatch(/docker build --target telemetry-service[\s\S]*scan-action/)
    expect(readText('.github/workflows/ci.yml')).toContain('run: .ci/run')
  })
})

describe('no paper promises what is not there', () => {
  const files = new Set(listFiles())

  test('links lead to files and headings that exist', () => {
    expect(papers.flatMap((paper) => findBrokenLinks(paper, files))).toEqual([])
  })

  test('settings that a paper names exist', () => {
    const known = new Set<string>([
      ...settingNames,
      ...settingNames.map((name) => `${name}_FILE`),
      ...Object.keys(retiredNames),
      ...importNames,
      ...foreignNames,
      ...entityNames,
    ])
    const named = papers.flatMap(({ path, text }) =>
      quotedIn(text).flatMap((quoted) => (quoted.match(/\b[A-Z]+(_[A-Z]+)+\b/g) ?? []).map((name) => ({ path, name }))),
    )
    expect(named.filter(({ name }) => !known.has(name))).toEqual([])
  })

  test('commands that a paper names exist', () => {
    const commands = commandsOf(allCommands()).map(([path]) => path)
    const texts = papers.flatMap(({ path, text }) => [...quotedIn(text), ...codeIn(text).split('\n')].map((line) => ({ path, line })))
    const wrong = texts.filter(({ line }) => {
      const words = /(?:^|\/|\$ |\$\(|run --rm )telemetry-service ((?:[a-z][a-z-]* ?)+)/.exec(line)?.[1]?.trim().split(' ')
      return words !== undefined && !commands.includes(words[0] ?? '') && !commands.includes(words.slice(0, 2).join(' '))
    })
    expect(wrong).toEqual([])
  })

  test('series, scripts of npm and files of ours that a paper names exist', async () => {
    const series = (await metricRows()).join('\n')
    const scripts: Readonly<Record<string, string>> = JSON.parse(readText('package.json')).scripts
    const wrong = papers.flatMap(({ path, text }) =>
      [...quotedIn(text), ...codeIn(text).split('\n')].flatMap((quoted) => {
        const lost = (
          quoted.match(/\btelemetry_[a-z_]+_(total|bytes|events|runs|seconds|up|parked|faults|aside|pending|rate)\b/g) ?? []
        ).filter((name) => !series.includes(name))
        const unknown = [...quoted.matchAll(/npm run (?:--\S+ )*([a-z]+)/g)]
          .map(([, name = '']) => name)
          .filter((name) => scripts[name] === undefined)
        const gone = (quoted.match(/^(src|test|script|docs|bench|migration)\/[\w./-]+\.\w+$/) ? [quoted] : []).filter(
          (file) => !files.has(file),
        )
        return [...lost, ...unknown, ...gone].map((name) => `${path}: ${name}`)
      }),
    )
    expect(wrong).toEqual([])
  })

  test('versions of PocketBase that a paper names are those that the checks start', () => {
    const version = readText('.ci/run').match(/^pocketbase_version=(\S+)$/m)?.[1]
    const named = papers.flatMap(({ path, text }) =>
      [...text.matchAll(/PocketBase (\d+\.\d+(?:\.\d+)?)/g)].map(([, name]) => ({ path, name })),
    )
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter(({ name }) => name !== version)).toEqual([])
  })

  test('the changelog speaks of the version in package.json', () => {
    const { version } = JSON.parse(readText('package.json'))
    expect(readText('CHANGELOG.md')).toContain(version)
  })
})

/** Of scale-out. */
const dueLater = ['P14', 'P24', 'P25']

/** Names in capitals that are not settings of ours. */
const foreignNames = [
  'NAME_FILE',
  'SQLITE_TMPDIR',
  'POCKETBASE_BIN',
  'BUILD_BYTECODE',
  'BUILD_COMMIT',
  'BUN_BE_BUN',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'CAP_NET_BIND_SERVICE',
  'RENEWED_LINEAGE',
]
