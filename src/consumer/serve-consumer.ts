import { assert } from '../base/assert.ts'
import { answerCalls, sendNotice } from '../base/call.ts'
import { systemClock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { openJournalReader } from '../journal/sqlite-reader.ts'
import { openStoreWriter } from '../store/writer.ts'
import type { CreateCompanions } from './companion.ts'
import type { ConsumerNotice } from './consumer-notice.ts'
import type { ConsumerSettings } from './consumer-settings.ts'
import { Engine } from './engine.ts'
import type { RetentionPreviewQuestion, RetentionQuestion } from './retention.ts'
import type { StuckQuestion, TenantStuckQuestion } from './stuck.ts'
import type { TraceAgeQuestion, TraceCountQuestion } from './trace-age.ts'

/** How often the thread says unasked how it is. */
const statusMs = 1_000
/** How often it says how far a store was brought up to date. */
const backfillReportMs = 10_000

export type ConsumerHandlers = ReturnType<typeof createHandlers>

/** Answers as the consumer's thread; `createCompanions` says what runs beside the runner. Called once, by the thread's entry point. */
export function serveConsumer(createCompanions: CreateCompanions): void {
  answerCalls(createHandlers(createCompanions))
}

function createHandlers(createCompanions: CreateCompanions) {
  let engine: Engine | undefined
  let statusTimer: ReturnType<typeof setInterval> | undefined

  function running(): Engine {
    assert(engine !== undefined, 'the consumer is opened before it is asked')
    return engine
  }

  return {
    open(settings: ConsumerSettings) {
      const store = openStoreWriter(settings.storePath, { onBackfill: createBackfillReport() })
      const opened = new Engine({
        journal: openJournalReader(settings.journalPath),
        ...(settings.journalHead !== undefined && { journalHead: settings.journalHead }),
        store,
        companions: createCompanions(settings, store, threadLog),
        clock: systemClock,
        onFault: (code, seq) => notify({ kind: 'fault', code, ...(seq !== undefined && { seq }) }),
      })
      engine = opened
      const tell = () => notify({ kind: 'status', status: opened.status() })
      tell()
      statusTimer = setInterval(tell, statusMs)
    },
    start: () => running().start(),
    appended: () => running().wake(),
    hold: () => running().hold(),
    release: () => running().release(),
    status: () => running().status(),
    parked: (limit: number) => running().parked(limit),
    replay: () => running().replay(),
    giveUpStuck: (question: StuckQuestion) => running().giveUpStuck(question),
    removeOldTraces: (question: TraceAgeQuestion) => running().removeOldTraces(question),
    retireRuns: (question: RetentionQuestion) => running().retireRuns(question),
    crossDay: () => running().crossDay(),
    previewRetired: (question: RetentionPreviewQuestion) => running().previewRetired(question),
    countOldTraces: (question: TraceCountQuestion) => running().countOldTraces(question),
    countStuck: (question: TenantStuckQuestion) => running().countStuck(question),
    async stop() {
      clearInterval(statusTimer)
      await engine?.stop()
      engine = undefined
    },
  }
}

/** Says how far a store was brought up to date: pages wait for it meanwhile, which an operator would take for a fault. */
function createBackfillReport(): (done: number, total: number) => void {
  let toldAt = Number.NEGATIVE_INFINITY
  return (done, total) => {
    const now = performance.now()
    if (total === 0 || (done < total && now - toldAt < backfillReportMs)) return
    toldAt = now
    threadLog.info({ done, total }, done < total ? 'store is brought up to date, pages wait' : 'store is up to date')
  }
}

/** Log lines go to the main thread, which alone writes to stdout: two writers would tear each other's lines. */
const threadLog: Log = {
  debug: (facts, message) => notify({ kind: 'log', level: 'debug', facts, message }),
  info: (facts, message) => notify({ kind: 'log', level: 'info', facts, message }),
  warn: (facts, message) => notify({ kind: 'log', level: 'warn', facts, message }),
  error: (facts, message) => notify({ kind: 'log', level: 'error', facts, message }),
}

function notify(notice: ConsumerNotice): void {
  sendNotice(notice)
}
