/**
 * Consumes a journal into a store until it is killed, or nothing is left. Arguments: the folder with both, and how many batches it may do;
 * after these it stands still, so that it can be killed however slow the killer is.
 */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../../src/base/clock.ts'
import { installConsumer } from '../../src/consumer/install.ts'
import { Runner } from '../../src/consumer/runner.ts'
import { openJournalReader } from '../../src/journal/sqlite-reader.ts'
import { openStoreWriter } from '../../src/store/writer.ts'

const folder = process.argv[2] ?? ''
const batchesMax = Number(process.argv[3])
const journal = openJournalReader(join(folder, 'journal.db'))
const store = openStoreWriter(join(folder, 'store.db'))
const runner = new Runner({
  journal,
  store,
  consumer: installConsumer,
  clock: systemClock,
  onFault: (code) => process.stderr.write(`${code}\n`),
  onBatch,
})
runner.start()
await endWhenDone()

/** Says how far it came after each batch, and ends by itself when nothing is left. */
function onBatch(): void {
  const { cursor, lag, batches } = runner.status()
  writeSync(1, `${cursor}\n`)
  if (lag > 0 && batches >= batchesMax) process.kill(process.pid, 'SIGSTOP')
  void endWhenDone()
}

async function endWhenDone(): Promise<void> {
  if (runner.status().lag > 0) return
  await runner.stop()
  process.exit(0)
}
