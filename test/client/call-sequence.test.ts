import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import type { RunReading } from '../../src/event/reading.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { builtBinary } from '../part/binary.ts'
import { type ServiceProcess, startServiceProcess } from '../part/service.ts'
import { until } from '../wait.ts'

const logLength = 'Reading package lists...\n\t"quoted" C:\\path\nE: Unable to locate package ffmpeg'.length

type Scenario = { readonly sent: number; readonly runs: readonly Partial<RunReading>[] }

/** The fullest of its reports counts, as a whole, and its exit code says the category; of its log a list of runs tells the length. */
const failure: Partial<RunReading> = {
  ...{ status: 'failed', exitCode: 100, errorCategory: 'apt', installDuration: 61 },
  error: 'exit_code=100 | APT: broken or missing packages | at line 42: $STD apt-get install -y ffmpeg',
  reported: expect.objectContaining({ status: 'failed', traceLength: logLength }),
}

/** What each installation sends, with every answer good, and the runs that it has to be afterwards, the oldest first. */
const scenarios: Readonly<Record<string, Scenario>> = {
  container: {
    sent: 8,
    runs: [{ type: 'lxc', status: 'success', installDuration: 184, diskSize: 8, ctType: 1, repoSource: 'ProxmoxVE', platform: 'pve' }],
  },
  'failing-container': { sent: 8, runs: [failure] },
  'tried-again': { sent: 7, runs: [failure, { status: 'failed', exitCode: 28 }, { status: 'success', installDuration: 200 }] },
  'repaired-by-hand': { sent: 3, runs: [{ status: 'success', installDuration: 240 }] },
  machine: { sent: 2, runs: [{ type: 'vm', status: 'success', ctType: 2, osType: 'homeassistant', diskSize: 32 }] },
  'host-tool': { sent: 1, runs: [{ type: 'pve', status: 'success', excused: true }] },
  addon: { sent: 1, runs: [{ type: 'addon', status: 'success' }] },
  'ctrl-c': { sent: 3, runs: [{ status: 'aborted', exitCode: 130, installDuration: 14 }] },
  'backed-out': { sent: 2, runs: [{ status: 'aborted' }] },
  'unset-values': { sent: 2, runs: [{ status: 'success', diskSize: 32, ramSize: 2_048 }] },
  'long-log': { sent: 2, runs: [{ status: 'failed', exitCode: 127, reported: expect.objectContaining({ traceLength: 5_091 }) }] },
  incus: { sent: 3, runs: [{ status: 'success', platform: 'incus' }] },
}

let service: ServiceProcess
const statuses = new Map<string, readonly string[]>()
const runs = new Map<string, RunReading[]>()

async function report(scenario: string, index: number): Promise<void> {
  const child = Bun.spawn(['bash', join(import.meta.dir, 'report.sh'), service.url, `203.0.113.${index + 1}`, scenario], {
    env: { PATH: process.env['PATH'] ?? '' },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [out, told] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited])
  if (told !== '') throw new Error(`${scenario}: ${told}`)
  statuses.set(scenario, out.trimEnd().split('\n'))
}

beforeAll(async () => {
  service = await startServiceProcess({ command: [await builtBinary()] }) // As it comes: with its limits, as nobody configured it.
  for (const [index, scenario] of Object.keys(scenarios).entries()) await report(scenario, index)
  const metrics = async () => (await fetch(`${service.url}/metrics`)).text()
  await until(async () => /^telemetry_store_lag_events 0$/m.test(await metrics()), 'the store has every event')
  expect(await service.end('SIGTERM')).toBe(0)
  const reader = openStoreReader(join(service.folder, 'store.db'))
  for (const { reading } of reader.runList({ tenant: 'default', filter: {}, limit: 100 }).runs.toReversed())
    runs.set(reading.nsapp, [...(runs.get(reading.nsapp) ?? []), reading])
  reader.close()
}, 300_000)
afterAll(() => service?.dispose())

describe('the existing client’s calls through curl, against the built program', () => {
  test.each(Object.entries(scenarios))('%s', (name, { sent, runs: wanted }) => {
    expect(statuses.get(name)).toEqual(Array.from({ length: sent }, () => '202'))
    const found = runs.get(name) ?? []
    expect(found.map((run, index) => only(run, wanted[index] ?? {}))).toEqual([...wanted])
  })

  test('attempts of one installation share its random id, and every other run has one of its own', () => {
    expect(new Set(runs.get('tried-again')?.map(({ randomId }) => randomId)).size).toBe(1)
    const all = [...runs.values()].flat()
    expect(new Set(all.map(({ randomId }) => randomId)).size).toBe(Object.keys(scenarios).length)
  })
})

/** Of a run, the fields that another one names. */
function only(run: RunReading, names: Partial<RunReading>): Partial<RunReading> {
  return Object.fromEntries(Object.entries(run).filter(([name]) => name in names))
}
