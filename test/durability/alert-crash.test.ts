import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { createHmac } from 'node:crypto'
import { simpleParser } from 'mailparser'
import { dayMs, dayOf } from '../../src/base/clock.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { builtBinary } from '../part/binary.ts'
import { certificatePath, mailbox } from '../part/mailbox.ts'
import { startServiceProcess } from '../part/service.ts'
import { temporaryFolder } from '../store/folder.ts'
import { keyOf, stateOf } from '../store/run-fixture.ts'
import { until } from '../wait.ts'

const secret = 'a secret of the receiver'
const oldRuns = 3_000
const youngRuns = 40
const kills = 6
const testMs = 240_000

type Hook = { readonly id: string; readonly title: string; readonly phase: string }

/** A real receiver of the webhook that keeps what it gets, once its signature is right. */
function receiver() {
  const got: Hook[] = []
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: async (request) => {
      const [, seconds = '', given = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(request.headers.get('x-telemetry-signature') ?? '') ?? []
      const body = await request.text()
      if (createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex') !== given) return new Response(null, { status: 403 })
      got.push(JSON.parse(body))
      return new Response(null, { status: 204 })
    },
  })
  return { got, url: `http://127.0.0.1:${server.port}/hook`, stop: () => server.stop(true) }
}

/** A store with many runs that are too old, and enough of today that fail for an alarm. */
function fill(path: string, now: number): void {
  const store = openStoreWriter(path)
  const old = Array.from({ length: oldRuns }, (_, n) => ({ n, at: now - 400 * dayMs - n, status: 'success' as const }))
  const young = Array.from({ length: youngRuns }, (_, n) => ({
    n: oldRuns + n,
    at: now - 60_000 - n,
    status: n % 2 === 0 ? ('failed' as const) : ('success' as const),
  }))
  const deltas = [...old, ...young].map(({ n, at, status }) => ({
    ...{ tenant: 'default', key: keyOf(n) },
    after: stateOf({ status, at, repoSource: 'ProxmoxVE', ...(status === 'failed' && { exitCode: 1, error: 'no space left' }) }),
  }))
  store.apply('test', 1, deltas)
  store.moveCursor('retention', dayOf(now) - 366) // The line was drawn a day ago.
  store.checkpoint()
  store.close()
}

test(
  'P7 P15 a service that is killed while alerts fire and runs are removed loses none, doubles none, and ends with what it would have without',
  async () => {
    using folder = temporaryFolder()
    const now = Date.now()
    fill(folder.file('store.db'), now)
    await using mail = await mailbox()
    const hook = receiver()
    const binary = await builtBinary()
    const env = {
      ...{
        ALERT_ENABLED: 'true',
        ALERT_CHECK_INTERVAL_MIN: '1',
        SMTP_HOST: 'localhost',
        SMTP_PORT: String(mail.port),
        SMTP_TO: 'ops@example.test',
      },
      ...{ SMTP_CA_FILE: new URL(`../../${certificatePath}`, import.meta.url).pathname },
      ...{ ALERT_WEBHOOK_URL: hook.url, ALERT_WEBHOOK_SECRET: secret, ALERT_WEBHOOK_PRIVATE: 'true', RETENTION_DAYS: '365' },
    }
    const options = { command: [binary], folder: folder.path, env }
    try {
      for (let kill = 1; kill <= kills; kill += 1) {
        if (kill > 1) makeDue(folder.file('access.db')) // Each life begins with a round and with retention.
        const service = await startServiceProcess(options)
        await until(() => hook.got.length > 0 || leftOf(folder.file('store.db')) < oldRuns + youngRuns, 'alerts fire or runs go').catch(
          () => undefined,
        )
        await service.end('SIGKILL')
      }
      makeDue(folder.file('access.db'))
      const service = await startServiceProcess(options)
      await until(() => leftOf(folder.file('store.db')) === youngRuns, 'all old runs are gone', 90_000)
      await until(() => waitingIn(folder.file('access.db')) === 0, 'every message is sent', 90_000)
      expect(await service.end('SIGTERM')).toBe(0)
    } finally {
      hook.stop()
    }

    const reader = openStoreReader(folder.file('store.db'))
    const { success, failed } = reader.totals({ tenant: 'default' })
    reader.close()
    expect([success, failed]).toEqual([oldRuns + youngRuns / 2, youngRuns / 2]) // The sums are those of all runs that ever came.

    const told = messagesIn(folder.file('access.db'))
    expect(told.filter(({ title }) => title.startsWith('Alert: failure rate'))).toHaveLength(1)
    const mails = await Promise.all(mail.got.map(({ source }) => simpleParser(source)))
    const mailed = mails.map(({ messageId = '' }) => /^<([0-9a-f]{32})@/.exec(messageId)?.[1])
    // A kill between the receiver's answer and its mark may send a message again, with the same id: a receiver that keeps ids has each once.
    // Outside an id has the installation in it, so it is another one than in the book.
    const hooked = new Set(hook.got.map(({ id }) => id))
    expect(new Set(mailed)).toEqual(hooked)
    expect(hooked.size).toBe(told.length)
    expect(mailed.length).toBeLessThanOrEqual(told.length + kills)
    expect(hook.got.length).toBeLessThanOrEqual(told.length + kills)
  },
  testMs,
)

/** What was cut off is due after minutes, for which no test waits. */
function makeDue(path: string): void {
  const database = new Database(path)
  database.run(`UPDATE timer SET due_at = 0, result = 'done' WHERE name IN ('runs', 'alerts')`)
  database.close()
}

function read<Row>(path: string, sql: string): readonly Row[] {
  const database = new Database(path, { readonly: true })
  try {
    database.run('PRAGMA busy_timeout = 5000')
    return database.query<Row, []>(sql).all()
  } finally {
    database.close()
  }
}

function leftOf(path: string): number {
  return read<{ count: number }>(path, 'SELECT count(*) AS count FROM run')[0]?.count ?? 0
}

function waitingIn(path: string): number {
  return read<{ count: number }>(path, `SELECT count(*) AS count FROM alert_delivery WHERE state = 'waiting'`)[0]?.count ?? 0
}

function messagesIn(path: string): readonly { readonly id: string; readonly title: string }[] {
  return read<{ body: string }>(path, 'SELECT body FROM alert_message').map(({ body }) => JSON.parse(body))
}
