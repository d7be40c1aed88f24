import { assert } from '../base/assert.ts'
import { answerCalls, sendNotice } from '../base/call.ts'
import { systemClock } from '../base/clock.ts'
import { openJournalReader } from '../journal/sqlite-reader.ts'
import { openStoreWriter } from '../store/writer.ts'
import { createCompanions } from './companions.ts'
import type { ConsumerNotice, ConsumerSettings } from './consumer-thread.ts'
import { Engine } from './engine.ts'

/** How often the thread says unasked how it is. */
const statusMs = 1_000

let engine: Engine | undefined
let statusTimer: ReturnType<typeof setInterval> | undefined

/** The consumer thread's methods. */
const handlers = {
  open(settings: ConsumerSettings) {
    const store = openStoreWriter(settings.storePath)
    const opened = new Engine({
      journal: openJournalReader(settings.journalPath),
      store,
      companions: createCompanions(settings, store),
      clock: systemClock,
      onFault: (code, seq) => notify({ kind: 'fault', code, ...(seq !== undefined && { seq }) }),
    })
    engine = opened
    opened.start()
    statusTimer = setInterval(() => notify({ kind: 'status', status: opened.status() }), statusMs)
    return opened.status()
  },
  appended: () => running().wake(),
  status: () => running().status(),
  parked: (limit: number) => running().parked(limit),
  replay: () => running().replay(),
  async stop() {
    clearInterval(statusTimer)
    await engine?.stop()
    engine = undefined
  },
}

export type ConsumerHandlers = typeof handlers

function running(): Engine {
  assert(engine !== undefined, 'the consumer is opened before it is asked')
  return engine
}

function notify(notice: ConsumerNotice): void {
  sendNotice(notice)
}

answerCalls(handlers)
