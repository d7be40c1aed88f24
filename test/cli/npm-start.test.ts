import { afterAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import { lockFolder } from '../../src/base/lock.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'

setDefaultTimeout(60_000) // npm and two processes are started, on a machine that may be busy.

const npm = Bun.which('npm')
if (npm === null) afterAll(() => console.warn('left out: npm is not there, so `npm start` was not stopped'))

async function collect(stream: ReadableStream<Uint8Array>, into: { text: string }): Promise<void> {
  const decoder = new TextDecoder()
  for await (const chunk of stream) into.text += decoder.decode(chunk, { stream: true })
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nothing of it is left, as it should be.
  }
}

describe.if(npm !== null)('npm start', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('ends the service with npm on %s, and leaves the folder free', async (signal) => {
    using folder = temporaryFolder()
    const out = { text: '' }
    const told = { text: '' }
    const child = Bun.spawn([npm ?? '', 'start'], {
      cwd: join(import.meta.dir, '../..'),
      env: { PATH: process.env['PATH'] ?? '', HOME: folder.path, DATA_DIR: folder.path, LISTEN_ADDR: '127.0.0.1:0' },
      detached: true, // A group of its own, so that nothing of it outlives a failed test.
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    })
    const ended = Promise.all([collect(child.stdout, out), collect(child.stderr, told)])
    try {
      await until(() => /Serving +http/.test(told.text), 'the banner')
      child.kill(signal)
      await ended // Both pipes are closed: no process of it is left that could write to them.
      await child.exited
    } finally {
      endGroup(child.pid)
    }
    expect(out.text).toContain('"msg":"stopped"')
    const lock = lockFolder(folder.path)
    expect(lock.ok).toBe(true)
    if (lock.ok) lock.value.release()
  })
})
