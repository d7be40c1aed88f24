/**
 * How fast the consumer moves a journal into the store, and how large the store becomes.
 *   node script/bun.mjs run bench/consumer.ts [--events 200000] [--stored 0] [--per-run 1] [--folder DIR]
 * `--stored` is how many runs the store holds before (generated once, continued where an earlier call stopped), `--per-run` how many events
 * a run has on average; 1 makes every event a new run, the worst case.
 */
import { statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '../src/base/clock.ts'
import { installConsumer } from '../src/consumer/install.ts'
import { Runner } from '../src/consumer/runner.ts'
import { openJournalReader } from '../src/journal/sqlite-reader.ts'
import { openStoreWriter } from '../src/store/writer.ts'
import type { FillSettings } from './consumer-fill.ts'

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '200000' },
    stored: { type: 'string', default: '0' },
    'per-run': { type: 'string', default: '1' },
    folder: { type: 'string', default: join(tmpdir(), 'telemetry-bench-consumer') },
  },
})
const stored = Number(values.stored)
const started = Date.now()
const settings: FillSettings = {
  folder: values.folder,
  storePath: join(values.folder, stored === 0 ? `store-fresh-${started}.db` : `store-${stored}.db`),
  journalPath: join(values.folder, `journal-${started}.db`),
  events: Number(values.events),
  stored,
  perRun: Number(values['per-run']),
}

fill()
await consume()

function fill(): void {
  const { exitCode } = Bun.spawnSync([process.execPath, 'run', join(import.meta.dir, 'consumer-fill.ts'), JSON.stringify(settings)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (exitCode !== 0) throw new Error('filling failed')
}

async function consume(): Promise<void> {
  const journal = openJournalReader(settings.journalPath)
  const store = openStoreWriter(settings.storePath)
  const revision = store.revision()
  const onFault = (code: string) => console.error(code)
  const runner = new Runner({ journal, store, consumer: installConsumer, clock: systemClock, onFault, onBatch: () => undefined })
  const begun = performance.now()
  const cpu = process.cpuUsage()
  runner.start()
  while (runner.status().lag > 0) await Bun.sleep(5)
  const seconds = (performance.now() - begun) / 1_000
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
  const bytes = statSync(settings.storePath).size
  console.log(`store ${Math.round(bytes / 1e6)} MB`)
}
