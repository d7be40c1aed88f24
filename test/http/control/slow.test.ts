import { expect, test } from 'bun:test'
import { lockFolder } from '../../../src/base/lock.ts'
import { ask } from '../../../src/cli/ask.ts'
import { openControl } from '../../../src/http/control/control.ts'
import { openSampleDesk } from '../../cli/desk-sample.ts'
import { temporaryFolder } from '../../store/folder.ts'

/** Bun drops a request that is quiet for ten seconds, and looks every four. */
const slowMs = 15_000

test('the control socket waits for a backup that takes its time', async () => {
  using folder = temporaryFolder()
  const lock = lockFolder(folder.path)
  if (!lock.ok) throw new Error(lock.fault.message)
  const desk = openSampleDesk(folder.path)
  const made = Promise.withResolvers<{ readonly ok: false; readonly fault: string }>()
  const control = openControl(lock.value, { ...desk, createBackup: () => made.promise })
  const bound = setTimeout(() => made.resolve({ ok: false, fault: 'the disk is full' }), slowMs)
  const reply = await ask({ to: { socketPath: control.path }, method: 'POST', path: '/backups', timeoutMs: 2 * slowMs })
  clearTimeout(bound)
  expect(reply).toMatchObject({ ok: true, value: { status: 422, text: '{"error":"the disk is full"}' } })
  await control.stop()
  desk.close()
  lock.value.release()
})
