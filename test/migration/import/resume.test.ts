import { expect, test } from 'bun:test'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { fileSource } from '../../../migration/import/file-source.ts'
import { openImportBook } from '../../../migration/import/import-book.ts'
import { type ImportDoor, importRecords } from '../../../migration/import/import-records.ts'
import { fakeClock } from '../../fake-clock.ts'
import { temporaryFolder } from '../../store/folder.ts'

const rows = Array.from({ length: 4_000 }, (_, index) => ({
  random_id: `11111111-1111-4111-8111-${String(index).padStart(12, '0')}`,
  created_at: '2025-02-01T08:00:00Z',
  type: index % 7 === 3 ? 'bicycle' : 'lxc',
  nsapp: 'immich',
  status: index % 2 === 0 ? 'done' : 'success',
  error: 'x'.repeat(index % 900),
}))
const clock = fakeClock('2026-06-15T12:00:00Z')

/** Does the import until `effects` things have been done to the outside, then ends as a killed process does. Gives the counts of an import that came to its end. */
async function runUntilKilled(folder: string, path: string, taken: Map<string, string>, effects: number) {
  let left = effects
  const act = () => {
    left -= 1
    if (left < 0) throw new Error('killed')
  }
  let waiting: [string, string][] = []
  const door: ImportDoor = {
    importEntries: async ({ lines }) => {
      act()
      waiting.push(...lines.split('\n').map((line): [string, string] => [/[0-9a-f-]{36}/.exec(line)?.[0] ?? '', line]))
      // What was not settled may be lost, or may not.
      if (left % 2 === 0) for (const [id, line] of waiting) taken.set(id, line)
      return { erased: 0 }
    },
    settleImport: async () => {
      act()
      for (const [id, line] of waiting) taken.set(id, line)
      waiting = []
    },
  }
  const isPacked = path.endsWith('.gz')
  const source = fileSource(path, { layout: isPacked ? 'lines' : 'array', isPacked })
  using book = openImportBook({ folder, source, choice: {}, now: clock.now() })
  const counts = await importRecords({
    source,
    door,
    policy: { repoOwners: [], idSecret: new Uint8Array(32) },
    choice: { tenant: 'default' },
    clock,
    from: book.from,
    counted: book.counted,
    settledEvery: 700,
    onReject: book.reject,
    onMark: (end, done) => {
      const keep = book.mark(end, done)
      return () => {
        act()
        keep()
        act()
      }
    },
    onProgress: () => {},
  })
  act()
  book.finish()
  return { counts, rejects: readFileSync(book.rejectsPath, 'utf8') }
}

test.each([
  ['an array', `[${rows.map((row) => JSON.stringify(row)).join(',\n')}]`, ''],
  ['lines, packed', rows.map((row) => JSON.stringify(row)).join('\n'), '.gz'],
])(
  'killed at any moments, an import of %s takes each record and rejects each once',
  async (_, text, ending) => {
    using folder = temporaryFolder()
    const path = folder.file(`rows${ending}`)
    writeFileSync(path, ending === '' ? text : Bun.gzipSync(text))
    const all = new Map<string, string>()
    const whole = await runUntilKilled(folder.file('whole'), path, all, Number.POSITIVE_INFINITY)
    expect(whole.counts.read).toBe(rows.length)
    expect(all.size).toBe(rows.filter(({ type }) => type === 'lxc').length)

    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(14), { maxLength: 6 }), async (kills) => {
        const book = folder.file('book')
        if (existsSync(book)) rmSync(book, { recursive: true })
        const taken = new Map<string, string>()
        for (const effects of kills) await runUntilKilled(book, path, taken, effects).catch(({ message }) => expect(message).toBe('killed'))
        expect(await runUntilKilled(book, path, taken, Number.POSITIVE_INFINITY)).toEqual(whole)
        expect(taken).toEqual(all)
      }),
      { numRuns: 12, seed: 6 },
    )
  },
  60_000,
)
