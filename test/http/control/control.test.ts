import { describe, expect, test } from 'bun:test'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lockFolder } from '../../../src/base/lock.ts'
import { ask } from '../../../src/cli/ask.ts'
import { type Desk, openControl } from '../../../src/http/control/control.ts'
import { openSampleDesk } from '../../cli/desk-sample.ts'
import { temporaryFolder } from '../../store/folder.ts'

const timeoutMs = 5_000

function lock(folder: string) {
  const taken = lockFolder(folder)
  if (!taken.ok) throw new Error(taken.fault.message)
  return taken.value
}

const brokenDesk: Desk = {
  createKey: fail,
  listKeys: fail,
  revokeKey: fail,
  createUser: fail,
  listUsers: fail,
  changeUser: fail,
  setPassword: fail,
  removeUser: fail,
  offerSetup: fail,
  listAudit: fail,
  noteDone: fail,
  listParked: fail,
  replayParked: fail,
  listAlerts: fail,
  addAlert: fail,
  removeAlert: fail,
  muteAlert: fail,
  testAlerts: fail,
  createBackup: fail,
  listBackups: fail,
  eraseRuns: fail,
  readImportPolicy: fail,
  importEntries: fail,
  settleImport: fail,
  previewRetention: fail,
  readSettings: fail,
  examineOutside: fail,
}

async function fail(): Promise<never> {
  throw new Error('the disk is full')
}

describe('the control socket', () => {
  test('is open to its owner alone, whatever the umask, which stays as it was', async () => {
    using folder = temporaryFolder()
    const umask = process.umask(0)
    try {
      const control = openControl(lock(folder.path), brokenDesk)
      expect(statSync(control.path).mode & 0o777).toBe(0o600)
      expect(process.umask()).toBe(0)
      await control.stop()
      expect(existsSync(control.path)).toBe(false)
    } finally {
      process.umask(umask)
    }
  })

  test('replaces what a killed process left', async () => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, 'control.sock'), '')
    const control = openControl(lock(folder.path), brokenDesk)
    expect(await ask({ to: { socketPath: control.path }, method: 'GET', path: '/', timeoutMs })).toMatchObject({
      ok: true,
      value: { status: 404 },
    })
    await control.stop()
  })

  test('whose path is too long for the system names the setting to change', () => {
    using folder = temporaryFolder()
    const held = lock(join(folder.path, 'x'.repeat(100)))
    expect(() => openControl(held, brokenDesk)).toThrow(/bytes, the system allows 107: choose a shorter DATA_DIR/)
    held.release()
  })

  test('whose path has just the length that the system allows serves', async () => {
    using folder = temporaryFolder()
    const rest = 107 - folder.path.length - '/'.length - '/control.sock'.length
    const control = openControl(lock(join(folder.path, 'x'.repeat(rest))), brokenDesk)
    expect(control.path).toHaveLength(107)
    expect(await ask({ to: { socketPath: control.path }, method: 'GET', path: '/', timeoutMs })).toMatchObject({ ok: true })
    await control.stop()
  })

  test('answers a fault with its message', async () => {
    using folder = temporaryFolder()
    const control = openControl(lock(folder.path), brokenDesk)
    const reply = await ask({ to: { socketPath: control.path }, method: 'GET', path: '/keys', timeoutMs })
    expect(reply).toEqual({ ok: true, value: { status: 500, text: '{"error":"the disk is full","code":"Error"}' } })
    await control.stop()
  })

  test.each<[name: string, body: unknown]>([
    ['no object', 'read'],
    ['an unknown scope', { scope: 'root', tenant: 'default' }],
    ['a missing tenant', { scope: 'read' }],
    ['an unknown field', { scope: 'read', tenant: 'default', key: 'mine' }],
    ['an end that is no number', { scope: 'read', tenant: 'default', expiresAt: 'never' }],
  ])('refuses a request for a key that holds %s', async (_, body) => {
    using folder = temporaryFolder()
    const desk = openSampleDesk(folder.path)
    const control = openControl(lock(folder.path), desk)
    const reply = await ask({ to: { socketPath: control.path }, method: 'POST', path: '/keys', body, timeoutMs })
    expect(reply).toMatchObject({ ok: true, value: { status: 400 } })
    expect(await desk.listKeys()).toEqual([])
    await control.stop()
    desk.close()
  })
})
