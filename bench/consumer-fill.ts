import { mkdirSync } from 'node:fs'
import { installConsumer } from '../src/consumer/install.ts'
import type { Entry, NewEntry } from '../src/event/entry.ts'
import { openJournalFile } from '../src/journal/file.ts'
import { encodeEntries } from '../src/journal/payload.ts'
import { openStoreWriter } from '../src/store/writer.ts'
import { generateEvent, generateId, seededRandom } from './generated-event.ts'

/** Fills a journal, and a store with earlier runs, for `consumer.ts`: in a process of its own, so that its memory is not counted there. */
export type FillSettings = {
  readonly folder: string
  readonly storePath: string
  readonly journalPath: string
  readonly events: number
  readonly stored: number
  readonly perRun: number
}

const batchEvents = 5_000
const groupEvents = 40 // What the ingest side gathers into one commit under load.
const runsAtOnce = 2_000
const yearMs = 365 * 86_400_000
const newestAt = Date.UTC(2026, 0, 1)

const settings = JSON.parse(process.argv[2] ?? '') as FillSettings
mkdirSync(settings.folder, { recursive: true })
fillStore()
fillJournal()

function fillStore(): void {
  const store = openStoreWriter(settings.storePath)
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

function fillJournal(): void {
  const file = openJournalFile(settings.journalPath)
  const insert = file.prepare('INSERT INTO entry_group (first_seq, n, payload) VALUES (?, ?, ?)')
  const random = seededRandom(Date.now())
  const ids = Array.from({ length: runsAtOnce }, () => generateId(random))
  file.transaction(() => {
    for (let done = 0; done < settings.events; done += groupEvents) {
      const entries = Array.from({ length: groupEvents }, (_, index): NewEntry => {
        const place = Math.floor(random() * ids.length)
        if (random() < 1 / settings.perRun) ids[place] = generateId(random)
        const at = newestAt + done + index
        return { tenant: 'default', receivedAt: at, at, event: generateEvent(ids[place] ?? '', random) }
      })
      insert.run(done + 1, groupEvents, encodeEntries(entries).lines)
    }
  })()
  file.close()
}
