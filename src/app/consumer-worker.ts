import { systemClock } from '../base/clock.ts'
import { standBack } from '../base/priority.ts'
import { createPocketBaseClient } from '../consumer/pocketbase/client.ts'
import { instanceFrom } from '../consumer/pocketbase/contact.ts'
import { Mirror } from '../consumer/pocketbase/mirror.ts'
import { serveConsumer } from '../consumer/serve-consumer.ts'
import { prepareRecord } from '../ingest/prepare-record.ts'

standBack() // An event that waits for its answer goes before one that is safe already.

/** The consumer thread's entry point: what `app.ts` is to the main thread, this is to the thread that owns the store. */
serveConsumer(({ pocketbase }, store, log) => {
  if (pocketbase === undefined) return []
  const { access, collection, repoOwners, idSecret } = pocketbase
  const mirror = new Mirror({
    store,
    client: createPocketBaseClient(access, systemClock, log),
    place: { url: access.url, collection },
    prepare: (fields) => prepareRecord(fields, { repoOwners, idSecret }),
    clock: systemClock,
    log,
    random: Math.random,
    newId: () => instanceFrom(idSecret),
  })
  return [mirror]
})
