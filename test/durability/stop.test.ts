import { describe, expect, test } from 'bun:test'
import { countRuns, makeKey, proveStored } from '../part/audit.ts'
import { builtBinary } from '../part/binary.ts'
import { createIds, Ledger, type Report, sendBatch, sendReport } from '../part/reporter.ts'
import { startServiceProcess } from '../part/service.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'

const testMs = 240_000
const stopMs = 10_000
const clients = 16
const loaded = 600

describe('SIGTERM under load', () => {
  test.each([
    ['with PocketBase off', {}],
    [
      'with a PocketBase that is down',
      { PB_URL: 'http://127.0.0.1:9', PB_IDENTITY: 'service@example.test', PB_PASSWORD: 'a-service-password' },
    ],
  ])(
    'ends with 0 in time, answers what was in flight and loses nothing: %s',
    async (_, pocketbase) => {
      using folder = temporaryFolder()
      const binary = await builtBinary()
      const { key } = await makeKey(binary, folder.path, ['--scope', 'read'])
      const options = { command: [binary], folder: folder.path, env: { RATE_LIMIT_RPM: '0', ...pocketbase } }
      const service = await startServiceProcess(options)
      const ledger = new Ledger()
      const load = startLoad(service.url, ledger)
      await until(() => ledger.count >= loaded, 'a running load')

      const asked = performance.now()
      expect(await service.end('SIGTERM')).toBe(0)
      expect(performance.now() - asked).toBeLessThan(stopMs)
      const statuses = await load
      expect(statuses.filter((status) => ![202, 503, 0].includes(status))).toEqual([])

      const next = await startServiceProcess(options)
      await proveStored({ url: next.url, key }, ledger)
      expect(await countRuns({ url: next.url, key })).toBe(ledger.acknowledged.size) // Nothing was taken without its answer.
      expect(await next.end('SIGTERM')).toBe(0)
    },
    testMs,
  )
})

/** Clients that send until the service takes no more. Gives every status but 202 that they met; 0 is a connection that was closed or refused. */
async function startLoad(url: string, ledger: Ledger): Promise<readonly number[]> {
  const ids = createIds(31)
  const met: number[] = []
  async function runClient(client: number): Promise<void> {
    for (;;) {
      const reports = Array.from({ length: client % 4 === 0 ? 20 : 1 }, (): Report => ({ id: ids(), stage: 'success' }))
      const { status } = reports.length > 1 ? await sendBatch(url, reports, ledger) : await sendReport(url, reports[0] as Report, ledger)
      if (status !== 202) met.push(status)
      if (status === 0) return
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => runClient(client)))
  return met
}
