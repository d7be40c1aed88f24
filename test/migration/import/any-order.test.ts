import { expect, test } from 'bun:test'
import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { longFailure, spoilings, writeSource } from '../../../bench/import-fill.ts'
import { runCommandLine } from '../../../src/cli/program.ts'
import { openStoreReader } from '../../../src/store/sqlite-reader.ts'
import { sampleContext } from '../../cli/desk-sample.ts'
import { temporaryFolder } from '../../store/folder.ts'

const records = 95
const runsMax = 100

/** What a folder has of its runs: how each reads, and its sums and groups of errors. */
async function tell(data: string): Promise<readonly string[]> {
  const reader = openStoreReader(`${data}/store.db`)
  const { runs } = reader.runList({ tenant: 'default', filter: {}, limit: runsMax })
  reader.close()
  const lists = await Promise.all(['rollups', 'errors'].map((list) => run(data, 'export', list)))
  return [...runs.map(({ reading }) => JSON.stringify(reading)), ...lists.flatMap((text) => text.split('\n'))].sort()
}

async function run(data: string, ...words: string[]): Promise<string> {
  const context = sampleContext({ DATA_DIR: data })
  expect([await runCommandLine(words, context), context.told()]).toEqual([0, expect.any(String)])
  return context.out()
}

/** The ways in which the same records can lie somewhere. Each gives what `import` is told, and is gone at the end of the block. */
const shapes = {
  array: (lines: readonly string[], path: string) => written(path, `\uFEFF[\r\n${lines.join(',\n')},\n]\n`),
  lines: (lines: readonly string[], path: string) => written(path, `\uFEFF${lines.join('\r\n')}`),
  mixed: (lines: readonly string[], path: string) =>
    written(path, lines.map((line, index) => `${line}${index % 3 === 0 ? '\r\n' : '\n'}`).join('')),
  packed: (lines: readonly string[], path: string) => written(path, Bun.gzipSync(`${lines.join('\n')}\n`)),
  torn: (lines: readonly string[], path: string) => written(path, torn(lines)),
  api: (lines: readonly string[]) => startApi(lines),
} as const
type Shape = keyof typeof shapes

function written(path: string, content: string | Uint8Array) {
  writeFileSync(path, content)
  return { source: path, [Symbol.asyncDispose]: async () => {} }
}

/** What a full disk leaves of a file: its end is missing, within a record. */
function torn(lines: readonly string[]): string {
  const text = lines.join('\n')
  return text.slice(0, text.length - Math.ceil((lines.at(-1)?.length ?? 0) / 2))
}

/** A paged API that is down, slow or full at times, with a page of answers cut off, and whose newest records come first. */
async function startApi(lines: readonly string[]) {
  let asked = 0
  const faults = [
    () => new Response('busy', { status: 429, headers: { 'Retry-After': '0' } }),
    () => new Response('[{"half":', { status: 200 }),
    () => new Response('down', { status: 503 }),
  ]
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: async ({ url }) => {
      asked += 1
      const fault = asked % 4 === 2 ? faults.shift() : undefined
      if (fault !== undefined) return fault()
      const { pathname, searchParams } = new URL(url)
      if (pathname.endsWith('/summary')) return Response.json({ total_entries: lines.length })
      const [page, limit] = [Number(searchParams.get('page')), Number(searchParams.get('limit'))]
      return new Response(`[${lines.slice((page - 1) * limit, page * limit).join(',')}]`)
    },
  })
  return { source: `http://127.0.0.1:${server.port}/data`, [Symbol.asyncDispose]: () => server.stop(true) }
}

/** Takes sources in, one after another, and gives all that is known afterwards. */
async function importAll(folder: { file(name: string): string }, data: string, sources: readonly (readonly [Shape, readonly string[]])[]) {
  for (const [shape, lines] of sources) {
    if (lines.length === 0) continue
    await using made = await shapes[shape](lines, folder.file('source'))
    await run(data, 'import', made.source, '--json')
  }
  return tell(data)
}

const isJson = (line: string) => {
  try {
    return typeof JSON.parse(line) === 'object'
  } catch {
    return false
  }
}

/** Records as the generator makes them. What it makes of one in thousands is among them, too. */
function makeRecords(path: string): string[] {
  writeSource(path, records, 5)
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .slice(1, -2)
    .map((line) => line.trim().replace(/,$/, ''))
  expect(lines.length).toBe(records)
  const spoiled = lines.map((line, index) => (index % 9 === 0 ? (spoilings[index / 9]?.(line) ?? line) : line))
  expect(spoiled.filter((line) => !isJson(line)).length).toBe(spoilings.length)
  return spoiled.map((line, index) =>
    index === 50 ? JSON.stringify({ ...JSON.parse(line), status: 'failed', error: longFailure('apt-get failed') }) : line,
  )
}

test.each(['jsonl', 'csv'])(
  'what is exported of such records as %s, imported elsewhere and exported again is the same, byte for byte',
  async (format) => {
    using folder = temporaryFolder()
    await importAll(folder, folder.file('first'), [['lines', makeRecords(folder.file('whole.json'))]])
    const runs = await run(folder.file('first'), 'export', 'runs', '--format', format)
    writeFileSync(folder.file('runs'), runs)
    await run(folder.file('second'), 'import', folder.file('runs'))
    expect(await run(folder.file('second'), 'export', 'runs', '--format', format)).toBe(runs)
    expect(await tell(folder.file('second'))).toEqual(await tell(folder.file('first')))
  },
)

test('P17 records with every oddity, split in any way, in any order, from any source and repeated, give the same store', async () => {
  using folder = temporaryFolder()
  const lines = makeRecords(folder.file('whole.json'))
  const expected = await importAll(folder, folder.file('whole'), [['array', lines]])
  const runs = expected.filter((text) => text.includes('"pipeline"')).length
  expect(runs).toBeGreaterThan(records * 0.9)
  expect(runs).toBeLessThan(runsMax)

  let round = 0
  const order = fc.shuffledSubarray(lines, { minLength: records })
  const cuts = fc.array(fc.nat(records), { maxLength: 3 })
  const kinds = fc.array(fc.constantFrom(...(Object.keys(shapes) as Shape[])), { minLength: 4, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(order, cuts, kinds, fc.nat(40), async (shuffled, places, shapesOfParts, repeated) => {
      const ends = [0, ...places.toSorted((one, other) => one - other), records]
      const parts = ends.slice(1).map((end, index) => shuffled.slice(ends[index], end))
      const sources = parts.flatMap((part, index): (readonly [Shape, readonly string[]])[] => {
        const shape = shapesOfParts[index] ?? 'lines'
        if (shape === 'api')
          return [
            ['api', part.filter(isJson)],
            ['lines', part.filter((line) => !isJson(line))],
          ] // An API gives JSON.
        return shape === 'torn'
          ? [
              ['torn', part],
              ['lines', part],
            ]
          : [[shape, part]]
      })
      round += 1
      expect(await importAll(folder, folder.file(`data-${round}`), [...sources, ['mixed', shuffled.slice(0, repeated)]])).toEqual(expected)
    }),
    { numRuns: 6, seed: 17 },
  )
}, 240_000)
