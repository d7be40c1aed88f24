import { afterAll, expect, setDefaultTimeout, test } from 'bun:test'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockFolder } from '../../src/base/lock.ts'
import { until } from '../wait.ts'

setDefaultTimeout(60_000) // Processes are started, on a machine that may be busy.

const root = mkdtempSync(join(tmpdir(), 'telemetry-lock-'))

afterAll(() => rmSync(root, { recursive: true, force: true }))

test('a folder is locked once, and again after it was released', () => {
  const folder = join(root, 'once', 'deeper')
  const first = lockFolder(folder)
  const second = lockFolder(folder)
  expect(second).toMatchObject({ ok: false, fault: { code: 'held' } })
  expect(second.ok ? '' : second.fault.message).toContain(folder)
  if (first.ok) first.value.release()
  const third = lockFolder(folder)
  expect(third.ok).toBe(true)
  if (third.ok) third.value.release()
})

test('a folder that is made is for its owner alone', () => {
  const folder = join(root, 'private')
  const lock = lockFolder(folder)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  if (lock.ok) lock.value.release()
})

test('a lock held by another process ends with it, also by SIGKILL', async () => {
  const folder = join(root, 'killed')
  const script = `const { lockFolder } = await import(${JSON.stringify(join(import.meta.dir, '../../src/base/lock.ts'))})
    const lock = lockFolder(${JSON.stringify(folder)})
    console.log(lock.ok ? 'locked' : 'refused')
    setInterval(() => lock, 1000)`
  const holder = Bun.spawn([process.execPath, '-e', script], { stdout: 'pipe', stderr: 'inherit' })
  try {
    const { value } = await holder.stdout.getReader().read()
    expect(new TextDecoder().decode(value).trim()).toBe('locked')
    expect(lockFolder(folder)).toMatchObject({ ok: false, fault: { code: 'held' } })
  } finally {
    holder.kill('SIGKILL')
  }
  await holder.exited
  await until(() => lockFolder(folder).ok, 'the lock of a killed process is free')
})

test('a path that cannot become a folder says why', () => {
  const file = join(root, 'file')
  writeFileSync(file, '')
  const lock = lockFolder(join(file, 'data'))
  expect(lock).toMatchObject({ ok: false, fault: { code: 'unwritable' } })
  expect(lock.ok ? '' : lock.fault.message).toContain('cannot be written to (ENOTDIR)')
})

test('a damaged lock file is named, with what to do', () => {
  const folder = join(root, 'damaged')
  mkdirSync(folder)
  writeFileSync(join(folder, 'lock.db'), Buffer.alloc(4_096, 'noise'))
  expect(lockFolder(folder)).toMatchObject({ ok: false, fault: { code: 'unwritable' } })
  const lock = lockFolder(folder)
  expect(lock.ok ? '' : lock.fault.message).toBe(`${join(folder, 'lock.db')} is damaged (SQLITE_NOTADB): remove it, it holds nothing`)
})

test('a folder that can only be read is refused, even with a lock file in it', async () => {
  const folder = join(root, 'read-only')
  const first = lockFolder(folder)
  if (first.ok) first.value.release()
  const script = `const { lockFolder } = await import(${JSON.stringify(join(import.meta.dir, '../../src/base/lock.ts'))})
    const lock = lockFolder(${JSON.stringify(folder)})
    console.log(lock.ok ? 'locked' : lock.fault.message)`
  const isRoot = process.getuid?.() === 0
  chmodSync(folder, 0o500)
  // Rights do not bind root: for it the folder is mounted again, for reading only, where no other process sees it.
  const readOnly = isRoot
    ? ['unshare', '--mount', 'sh', '-c', 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"', folder]
    : []
  const child = Bun.spawn([...readOnly, process.execPath, '-e', script], { stdout: 'pipe', stderr: 'pipe' })
  const [text, fault] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  chmodSync(folder, 0o700)
  if (isRoot && /unshare|mount/.test(fault)) return console.warn('left out: this root may not mount')
  expect(text.trim()).toMatch(new RegExp(`^the data folder ${folder} cannot be written to \\((EROFS|EACCES)\\): give this user the right`))
})
