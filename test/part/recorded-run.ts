import { Database } from 'bun:sqlite'
import { existsSync } from 'node:fs'
import { until } from '../wait.ts'
import { makeKey } from './audit.ts'
import { builtBinary } from './binary.ts'
import { Disk } from './disk.ts'
import { type DiskEvent, readTrace, recorderOf, recording } from './disk-trace.ts'
import { startServiceProcess } from './service.ts'

const recordMs = 60_000

export type RecordedRun = {
  readonly events: readonly DiskEvent[]
  readonly key: string
  /** The disk as it was before the run. */
  disk(): Disk
}

/** Runs the built service in `folder` under the recorder, sends it `load`, kills it, and gives what it did. */
export async function recordRun(folder: string, log: string, load: (url: string) => Promise<void>): Promise<RecordedRun> {
  const binary = await builtBinary()
  const { key } = await makeKey(binary, folder, ['--scope', 'read'])
  const before = new Disk(folder)
  const service = await startServiceProcess({ command: recording([binary], log), folder, env: serviceEnv })
  const recorder = recorderOf(service.pid)
  await load(service.url)
  await fetch(`${service.url}/healthz`) // The same thread answers it, so the call that wrote the last answer has ended and is on record.
  await service.end('SIGKILL')
  await until(() => !existsSync(`/proc/${recorder}`), 'the end of the recording', recordMs)
  return { events: readTrace(log, folder), key, disk: () => before }
}

/** A limit that never limits, so that its file is written too. */
export const serviceEnv = { RATE_LIMIT_RPM: '1000000', RATE_BURST: '100000' } as const

/** How far the journal of a running service is trimmed. */
export function readFreed(path: string): number {
  using journal = new Database(path, { readonly: true })
  return journal.query<{ freed: number }, []>('SELECT freed FROM journal').get()?.freed ?? 0
}
