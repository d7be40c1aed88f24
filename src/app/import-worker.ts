import { answerCalls } from '../base/call.ts'
import { installConsumer } from '../consumer/install.ts'
import { decodeGroup, type EncodedEntries } from '../journal/payload.ts'
import type { StoreWriter } from '../store/port.ts'
import { openStoreWriter } from '../store/writer.ts'

/** Entries of one transaction: what they change of the packed sums is unpacked and packed once for all of them. */
const writtenTogether = 2_000

export type ImportHandlers = ReturnType<typeof createHandlers>

answerCalls(createHandlers())

/** The thread that has the store while an import into a stopped folder prepares what comes next. */
function createHandlers() {
  let writer: StoreWriter | undefined
  let waiting: string[] = []
  let waitingCount = 0

  function opened(): StoreWriter {
    if (writer === undefined) throw new Error('the store is opened before anything is taken')
    return writer
  }

  /** What could not be written waits on, so that nothing is settled without it. */
  function write(): void {
    if (waitingCount === 0) return
    const store = opened()
    store.apply('import', 0, installConsumer.plan(decodeGroup(0, waiting.join('\n')), store))
    waiting = []
    waitingCount = 0
  }

  return {
    open(storePath: string) {
      writer = openStoreWriter(storePath)
    },
    take({ count, lines }: EncodedEntries) {
      waiting.push(lines)
      waitingCount += count
      if (waitingCount >= writtenTogether) write()
    },
    settle() {
      write()
      if (!opened().checkpoint()) throw new Error('the store is being read by another program: end it and run the same command again')
      Bun.gc(true) // Of what a settled batch left nothing lives on; without this the heap grows by half before the runtime looks.
    },
    close() {
      writer?.close()
      writer = undefined
    },
  }
}
