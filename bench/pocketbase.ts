/**
 * How fast runs get into a real PocketBase on this machine, beside what that PocketBase does at best.
 *   node script/bun.mjs run bench/pocketbase.ts [--runs 3000] [--singly 300] [--rounds 3] [--imported]
 * Each round fills new collections with the same records: by raw batch upserts, made ready beforehand (the ceiling), and by draining a store
 * through the mirror. With `--imported` the store was filled by `import` from a file of an earlier service's records, else by events. Then some of the records are looked up and patched one by one, as a service without batches does.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '../src/base/clock.ts'
import { silentLog } from '../src/base/log.ts'
import { defaultTenant } from '../src/base/tenant.ts'
import { installConsumer } from '../src/consumer/install.ts'
import { createPocketBaseClient } from '../src/consumer/pocketbase/client.ts'
import { Mirror } from '../src/consumer/pocketbase/mirror.ts'
import { batchRequestsFirst } from '../src/consumer/pocketbase/pace.ts'
import { lanesMax } from '../src/consumer/pocketbase/push.ts'
import { encodeRecord } from '../src/consumer/pocketbase/record.ts'
import type { Entry } from '../src/event/entry.ts'
import { pocketbaseRecordId } from '../src/event/identity.ts'
import type { StoreWriter } from '../src/store/port.ts'
import { openStoreWriter } from '../src/store/writer.ts'
import { account, type PocketBasePart, startPocketBase } from '../test/part/pocketbase.ts'
import { until } from '../test/wait.ts'
import { generateEvent, generateId, seededRandom } from './generated-event.ts'
import { writeSource } from './import-fill.ts'
import { accessTo, authCollection, makeReady } from './ingest/pocketbase.ts'

type Record = { readonly id: string; readonly executionId: string; readonly body: string }

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3000' },
    singly: { type: 'string', default: '300' },
    rounds: { type: 'string', default: '3' },
    imported: { type: 'boolean', default: false },
  },
})
const settings = { runs: Number(values.runs), singly: Number(values.singly), rounds: Number(values.rounds) }
const drainMs = 600_000

const folder = mkdtempSync(join(tmpdir(), 'telemetry-bench-pocketbase-'))
const pocketbase = await startPocketBase()
const rates = { raw: [] as number[], mirror: [] as number[], singly: [] as number[] }
try {
  for (let round = 1; round <= settings.rounds; round += 1) await measure(round)
  report()
} finally {
  await pocketbase[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
}

async function measure(round: number): Promise<void> {
  const store = values.imported ? await importStore(round) : openStoreWriter(join(folder, `store-${round}.db`))
  if (!values.imported) fillStore(store, round)
  store.setFact('instance', 'bench')
  const records = readRecords(store)
  const token = await prepare(`raw_${round}`)
  await prepare(`mirror_${round}`)
  const send = (path: string, method = 'GET', body?: string) => request(pocketbase, token, path, method, body)
  rates.raw.push(await rateOf(records.length, () => upsertRaw(records, `raw_${round}`, send)))
  rates.mirror.push(await rateOf(records.length, () => drain(store, `mirror_${round}`, records.length)))
  const some = records.filter(({ executionId }) => executionId !== '').slice(0, settings.singly) // That is what a service without batches looks them up by.
  rates.singly.push(await rateOf(some.length, () => patchSingly(some, `raw_${round}`, send)))
  store.close()
}

function fillStore(store: StoreWriter, seed: number): void {
  const random = seededRandom(seed)
  const entries = Array.from({ length: settings.runs }, (_, index): Entry => {
    const at = Date.UTC(2026, 0, 1) + index
    return { seq: index + 1, tenant: defaultTenant, receivedAt: at, at, event: generateEvent(generateId(random), random) }
  })
  store.apply('bench', entries.length, installConsumer.plan(entries, store))
}

/** As a command does it, into a folder without a service. */
async function importStore(seed: number): Promise<StoreWriter> {
  const [source, data] = [join(folder, `source-${seed}.json`), join(folder, `data-${seed}`)]
  writeSource(source, settings.runs, seed)
  const command = [process.execPath, 'run', join(import.meta.dir, '../src/main.ts'), 'import', source]
  const child = Bun.spawn(command, { env: { ...process.env, DATA_DIR: data }, stdout: 'ignore', stderr: 'inherit' })
  if ((await child.exited) !== 0) throw new Error('the import failed')
  return openStoreWriter(join(data, 'store.db'))
}

function readRecords(store: StoreWriter): readonly Record[] {
  return store.changes(0, settings.runs).flatMap(({ tenant, key, revision, state }) => {
    if (state === undefined) return []
    const id = pocketbaseRecordId(tenant, key)
    return [
      { id, executionId: state.fields.executionId?.value ?? '', body: encodeRecord(id, { tenant, revision, state, instance: 'bench' }) },
    ]
  })
}

async function prepare(collection: string): Promise<string> {
  await makeReady(pocketbase.url, collection)
  const answer = await request(pocketbase, '', `/api/collections/${authCollection}/auth-with-password`, 'POST', JSON.stringify(account))
  return String((answer as { token: string }).token)
}

type Send = (path: string, method?: string, body?: string) => Promise<unknown>

async function request(part: PocketBasePart, token: string, path: string, method: string, body?: string): Promise<unknown> {
  const headers = { Authorization: token, 'Content-Type': 'application/json' }
  const answer = await fetch(`${part.url}${path}`, { method, headers, ...(body !== undefined && { body }) })
  if (!answer.ok) throw new Error(`${method} ${path} gave ${answer.status}`)
  return answer.json()
}

/** With as many batches at once and of the same size as the mirror has. */
async function upsertRaw(records: readonly Record[], collection: string, send: Send): Promise<void> {
  const url = `/api/collections/${collection}/records?fields=updated`
  const batches: string[] = []
  for (let start = 0; start < records.length; start += batchRequestsFirst) {
    const requests = records.slice(start, start + batchRequestsFirst).map(({ body }) => `{"method":"PUT","url":"${url}","body":${body}}`)
    batches.push(`{"requests":[${requests.join(',')}]}`)
  }
  const waiting = batches.values()
  const lane = async () => {
    for (const batch of waiting) await send('/api/batch', 'POST', batch)
  }
  await Promise.all(Array.from({ length: lanesMax }, lane))
}

async function drain(store: StoreWriter, collection: string, runs: number): Promise<void> {
  const mirror = new Mirror({
    store,
    client: createPocketBaseClient(accessTo(pocketbase.url), systemClock, silentLog),
    place: { url: pocketbase.url, collection },
    prepare: () => undefined,
    clock: systemClock,
    log: silentLog,
    random: Math.random,
    newId: () => 'bench',
  })
  mirror.start()
  await until(() => mirror.status().pushed >= runs, 'the mirror drains', drainMs)
  await mirror.stop()
}

async function patchSingly(records: readonly Record[], collection: string, send: Send): Promise<void> {
  const path = `/api/collections/${collection}/records`
  for (const { executionId, body } of records) {
    const filter = encodeURIComponent(`execution_id = "${executionId}"`)
    const found = (await send(`${path}?perPage=1&fields=id&filter=${filter}`)) as { items: readonly { id: string }[] }
    await send(`${path}/${found.items[0]?.id}`, 'PATCH', body)
  }
}

async function rateOf(count: number, work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (count / (performance.now() - startedAt)) * 1_000
}

function report(): void {
  const [raw, mirror, singly] = [median(rates.raw), median(rates.mirror), median(rates.singly)]
  console.log(`${values.imported ? 'imported records' : 'runs'} a round ${settings.runs}, rounds ${settings.rounds}, medians`)
  console.log(`raw batch upserts        ${Math.round(raw)} a second`)
  console.log(`mirror                   ${Math.round(mirror)} a second, ${(mirror / raw).toFixed(2)} of raw (target 0.70)`)
  console.log(
    `one by one, look and patch ${Math.round(singly)} a second, the mirror is ${(mirror / singly).toFixed(1)} times that (target 5)`,
  )
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[numbers.length >> 1] ?? 0
}
