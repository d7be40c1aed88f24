import { expect, test } from 'bun:test'
import { defaultTenant } from '../../../src/base/tenant.ts'
import { runKeyOf } from '../../../src/event/identity.ts'
import type { InstallEvent } from '../../../src/event/install.ts'
import { lift } from '../../../src/event/merge.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { startRunning } from '../../part/running.ts'
import { temporaryFolder } from '../../store/folder.ts'

/** More than the months since the year 2000 take, and far less than those of thousands of years. */
const answerBytesMax = 400_000
const pageBytesMax = 200_000
const monthsMax = 12 * 100

/** A folder whose store holds runs of these times, as an earlier version may have pulled them. */
function fill(path: string, times: readonly number[]): void {
  const store = openStoreWriter(path)
  times.forEach((at, index) => {
    const randomId = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
    const install: InstallEvent = { randomId, executionId: randomId, type: 'lxc', nsapp: 'docker', status: 'success', osType: 'debian' }
    const delta = {
      tenant: defaultTenant,
      key: runKeyOf(install).key,
      after: lift({ kind: 'install', install, repairs: [], rules: [] }, at),
    }
    store.apply('install', index, [delta])
  })
  store.close()
}

const noon = Date.UTC(2026, 2, 1, 12)
const far = [Date.UTC(1970, 1, 1), Date.UTC(9999, 11, 31)]

test.each([
  ['roll-ups', ''],
  ['columns', '&os=debian'],
])(
  'whatever times a store holds, all of it is a bounded number of months, from %s, and the answer and its page say what is left out',
  async (_, filter) => {
    using folder = temporaryFolder()
    fill(folder.file('store.db'), [noon, ...far])
    await using service = await startRunning({ DATA_DIR: folder.path })
    const key = await service.makeKey('read')
    const text = await (await service.ask(`/api/v1/overview?period=all${filter}`, { key })).text()
    expect(text.length).toBeLessThan(answerBytesMax)
    const answer = JSON.parse(text) as { series: unknown[]; range: unknown; outside?: true; total: { counts: { runs: number } } }
    expect(answer.series.length).toBeLessThan(monthsMax)
    expect([answer.range, answer.outside, answer.total.counts.runs]).toEqual([{ from: '2026-03-01', to: '2026-03-01' }, true, 1])
    const page = await (await service.ask(`/dashboard?period=all${filter}`, { key })).text()
    expect(page.length).toBeLessThan(pageBytesMax)
    expect(page).toContain('are not counted')
  },
)

test('a store without such runs says nothing of them; one with none but them counts none', async () => {
  for (const [times, outside, runs] of [
    [[noon], undefined, 1],
    [far, true, 0],
  ] as const) {
    using folder = temporaryFolder()
    fill(folder.file('store.db'), times)
    await using service = await startRunning({ DATA_DIR: folder.path })
    const key = await service.makeKey('read')
    const answer = (await (await service.ask('/api/v1/overview?period=all', { key })).json()) as Record<string, unknown>
    expect([answer['outside'], (answer['total'] as { counts: { runs: number } }).counts.runs]).toEqual([outside, runs])
  }
})
