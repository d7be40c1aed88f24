/**
 * How fast the consumer moves a journal into the store, and how large the store becomes.
 *   node script/bun.mjs run bench/consumer.ts [--events 200000] [--stored 0] [--per-run 1] [--folder DIR]
 * `--stored` is how many runs the store holds before (generated once, continued where an earlier call stopped), `--per-run` how many events
 * a run has on average; 1 makes every event a new run, the worst case.
 */
import { mkdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '../src/base/clock.ts'
import { installConsumer } from '../src/consumer/install.ts'
import { Runner } from '../src/consumer/runner.ts'
import type { Entry, NewEntry } from '../src/event/entry.ts'
import { openJournalFile } from '../src/journal/file.ts'
import { encodeEntry } from '../src/journal/payload.ts'
import { openJournalReader } from '../src/journal/sqlite-reader.ts'
import { openStoreWriter } from '../src/store/writer.ts'
import { generateEvent, generateId, seededRandom } from './generated-event.ts'

const batchEvents = 5_000
const groupEvents = 40 // What the ingest side gathers into one commit under load.
const yearMs = 365 * 86_400_000
const newestAt = Date.UTC(2026, 0, 1)

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '200000' },
    stored: { type: 'string', default: '0' },
    'per-run': { type: 'string', default: '1' },
    folder: { type: 'string', default: join(tmpdir(), 'telemetry-bench-consumer') },
  },
})
const settings = { events: Number(values.events), stored: Number(values.stored), perRun: Number(values['per-run']), folder: values.folder }
mkdirSync(settings.folder, { recursive: true })
const storePath = join(settings.folder, `store-${settings.stored}.db`)

fillStore()
const journalPath = fillJournal()
await consume()

function fillStore(): void {
  const store = openStoreWriter(storePath)
  for (let done = store.cursor('bench'); done < settings.stored; done += batchEvents) {
    const random = seededRandom(done + 1)
    const entries = Array.from({ length: batchEvents }, (_, index): Entry => {
      const at = newestAt - Math.floor(yearMs * (1 - (done + index) / settings.stored))
      return { seq: done + index + 1, tenant: 'default', receivedAt: at, at, event: generateEvent(generateId(random), random) }
    })
    store.apply('bench', done + batchEvents, installConsumer.plan(entries, store))
  }
  store.checkpoint()
  store.close()
}

function fillJournal(): string {
  const path = join(settings.folder, `journal-${Date.now()}.db`)
  const file = openJournalFile(path)
  const insert = file.prepare('INSERT INTO entry_group (first_seq, n, payload) VALUES (?, ?, ?)')
  const random = seededRandom(Date.now())
  const ids = Array.from({ length: Math.ceil(groupEvents * 50) }, () => generateId(random))
  file.transaction(() => {
    for (let done = 0; done < settings.events; done += groupEvents) {
      const entries = Array.from({ length: groupEvents }, (_, index): NewEntry => {
        const place = Math.floor(random() * ids.length)
        if (random() < 1 / settings.perRun) ids[place] = generateId(random)
        const at = newestAt + done + index
        return { tenant: 'default', receivedAt: at, at, event: generateEvent(ids[place] ?? '', random) }
      })
      insert.run(done + 1, groupEvents, entries.map(encodeEntry).join('\n'))
    }
  })()
  file.close()
  return path
}

async function consume(): Promise<void> {
  const journal = openJournalReader(journalPath)
  const store = openStoreWriter(storePath)
  const revision = store.revision()
  const onFault = (code: string) => console.error(code)
  const runner = new Runner({ journal, store, consumer: installConsumer, clock: systemClock, onFault, onBatch: () => undefined })
  const started = performance.now()
  const cpu = process.cpuUsage()
  runner.start()
  while (runner.status().lag > 0) await Bun.sleep(5)
  const seconds = (performance.now() - started) / 1_000
  const used = process.cpuUsage(cpu)
  await runner.stop()
  const { events, batches } = runner.status()
  const writes = store.revision() - revision
  console.log(`${events} events in ${batches} batches, ${writes} runs written: ${seconds.toFixed(2)} s`)
  console.log(
    `${Math.round(events / seconds)} events/s, ${Math.round(writes / seconds)} runs/s, cpu ${((used.user + used.system) / 1e6).toFixed(2)} s`,
  )
  console.log(`RSS ${Math.round(process.memoryUsage().rss / 1e6)} MB`)
  store.close()
  journal.close()
  const bytes = statSync(storePath).size
  console.log(`store ${Math.round(bytes / 1e6)} MB`)
}
