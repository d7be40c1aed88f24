import { describe, expect, test } from 'bun:test'
import { createPageRequests } from '../../../migration/import/page-request.ts'
import { type PocketBaseOptions, pocketbaseSource } from '../../../migration/import/pocketbase-source.ts'
import { type FoundRecord, type Position, startOfSource } from '../../../migration/import/source.ts'
import { hasPocketBase, type PocketBasePart, startPocketBase, superuser } from '../../part/pocketbase.ts'

const requests = createPageRequests({ pauseMs: 0, backOffMs: 20, timeoutMs: 10_000 })
const collection = 'telemetry'

async function makeCollection(part: PocketBasePart): Promise<void> {
  const stamps = ['created', 'updated'].map((name) => ({ name, type: 'autodate', onCreate: true, onUpdate: name === 'updated' }))
  await part.ask('POST', '/api/collections', { name: collection, type: 'base', fields: [{ name: 'n', type: 'number' }, ...stamps] })
  for (let n = 1; n <= 25; n += 1) await add(part, n)
}

async function add(part: PocketBasePart, n: number): Promise<void> {
  const id = `r${String(n).padStart(14, '0')}`
  await part.ask('POST', `/api/collections/${collection}/records`, { id, n })
}

function open(part: PocketBasePart, account: PocketBaseOptions['account'] = { collection: '_superusers', ...superuser }) {
  return pocketbaseSource({ url: new URL(part.url), collection, account, pageRecords: 10, requests })
}

const numbersOf = (found: readonly FoundRecord[]) =>
  found.map((one) => ('record' in one ? (one.record as { readonly n: number }).n : one.fault.rule))

describe.if(hasPocketBase('the import from a PocketBase'))('a collection of another PocketBase', () => {
  test('gives each record, also one that came behind the walk, and goes on behind any page', async () => {
    await using part = await startPocketBase()
    await makeCollection(part)
    const found: FoundRecord[] = []
    const ends: Position[] = []
    for await (const { records, end } of open(part).read(startOfSource)) {
      found.push(...records)
      ends.push(end)
      if (ends.length === 2) await add(part, 0) // Its id lies before the place that the walk has come to.
      if (ends.length === 2) await part.stop().then(() => part.start()) // A token outlives a restart; a connection does not.
    }
    expect(new Set(numbersOf(found))).toEqual(new Set(Array.from({ length: 26 }, (_, n) => n)))
    const behind: FoundRecord[] = []
    for await (const { records } of open(part).read(ends[0] ?? startOfSource)) behind.push(...records)
    expect(new Set(numbersOf(behind))).toEqual(new Set([0, 25, ...Array.from({ length: 15 }, (_, n) => n + 11)]))
  })

  test('that does not let us in, or has no such collection, is told with what to look at', async () => {
    await using part = await startPocketBase()
    const read = (source: ReturnType<typeof open>) => source.read(startOfSource)[Symbol.asyncIterator]().next()
    await expect(read(open(part, { collection: '_superusers', ...superuser, password: 'wrong' }))).rejects.toThrow('look at --identity')
    await expect(read(open(part))).rejects.toThrow('does not give the records of telemetry (status 404)')
  })
})
