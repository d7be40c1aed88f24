import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installConsumer } from '../src/consumer/install.ts'
import { giveUpStuck } from '../src/consumer/stuck.ts'
import { removeOldTraces } from '../src/consumer/trace-age.ts'
import { openStoreWriter } from '../src/store/writer.ts'
import { historyOf } from './dashboard/history.ts'

/**
 * Fills the store of a data folder with a year of runs, through the consumer's own plan and the store's own writer:
 * `node script/bun.mjs run bench/dashboard-fill.ts --folder DIR [--runs 10000000] [--newest-day DAY]`.
 * Goes on where an earlier call stopped, and at the end does what the timers of a service would do in the first minutes after its start. The newest day defaults to the one on which the folder was first filled.
 */
const { values } = parseArgs({
  options: { folder: { type: 'string' }, runs: { type: 'string', default: '10000000' }, 'newest-day': { type: 'string' } },
})
if (values.folder === undefined) throw new Error('--folder is missing')

const batchRuns = 4_000
const cursorName = 'bench'
const dayMs = 86_400_000
const stuckMs = dayMs
const traceDays = 90

mkdirSync(values.folder, { recursive: true })
const store = openStoreWriter(join(values.folder, 'store.db'))
const runs = Number(values.runs)
const newestDay = Number(values['newest-day'] ?? store.fact('bench_newest_day') ?? Math.floor(Date.now() / dayMs))
store.setFact('bench_newest_day', String(newestDay))
const begun = performance.now()
const before = store.cursor(cursorName)
for (let done = before; done < runs; done += batchRuns) {
  const entries = historyOf({ runs, newestDay }, done, Math.min(batchRuns, runs - done))
  store.apply(cursorName, Math.min(done + batchRuns, runs), installConsumer.plan(entries, store))
  if (done % 200_000 === 0 && done > before) report(done)
}
settle(Date.now())
store.checkpoint()
store.close()
report(runs)

/** Gives up the runs that never ended, removes old logs and counts the days that are over. */
function settle(now: number): void {
  while (!giveUpStuck(store, { now, stuckMs }).isDone);
  for (let step = { isDone: false, after: 0 }; !step.isDone; )
    step = removeOldTraces(store, { before: now - traceDays * dayMs, after: step.after })
  while (store.crossDay());
}

function report(done: number): void {
  const seconds = (performance.now() - begun) / 1_000
  console.log(`${done} runs, ${Math.round((done - before) / seconds)} a second, RSS ${Math.round(process.memoryUsage().rss / 1e6)} MB`)
}
