import { describe, expect, setDefaultTimeout, test } from 'bun:test'
import { lockFolder } from '../../src/base/lock.ts'
import type { ExitCode, Service } from '../../src/cli/context.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { type Control, openControl } from '../../src/http/control/control.ts'
import { temporaryFolder } from '../store/folder.ts'
import { openSampleDesk, sampleContext } from './desk-sample.ts'

setDefaultTimeout(60_000) // Processes are started, on a machine that may be busy.

type Outcome = { readonly code: ExitCode; readonly out: string; readonly told: string }

async function run(folder: string, ...words: string[]): Promise<Outcome> {
  const context = sampleContext({ DATA_DIR: folder })
  const code = await runCommandLine(words, context)
  return { code, out: context.out(), told: context.told() }
}

/** Serves the control socket of the folder while the work runs. */
async function whileServing(folder: string, work: (desk: ReturnType<typeof openSampleDesk>) => Promise<void>): Promise<void> {
  const lock = lockFolder(folder)
  if (!lock.ok) throw new Error(lock.fault.message)
  const desk = openSampleDesk(folder)
  const control = openControl(lock.value, desk)
  try {
    await work(desk)
  } finally {
    await control.stop()
    desk.close()
    lock.value.release()
  }
}

describe('keys', () => {
  test('a key is made, used, listed and revoked while the service runs', async () => {
    using folder = temporaryFolder()
    await whileServing(folder.path, async (desk) => {
      const made = await run(folder.path, 'key', 'create', '--scope', 'read', '--label', 'grafana')
      expect(made.code).toBe(0)
      const key = made.out.trim()
      expect(desk.countUsableKeys([key])).toBe(1)

      const listed = await run(folder.path, 'key', 'list')
      expect(listed.out).toContain('grafana')
      expect(listed.out).toContain('valid until revoked')
      expect(listed.out + listed.told).not.toContain(key)

      const [row] = JSON.parse((await run(folder.path, 'key', 'list', '--json')).out)
      expect(await run(folder.path, 'key', 'revoke', row.id)).toMatchObject({ code: 0, told: `Key ${row.id} is revoked.\n` })
      expect(desk.countUsableKeys([key])).toBe(0)
      expect((await run(folder.path, 'key', 'list')).out).toContain('revoked ')
    })
  })

  test('the same commands work when no service runs, and the service finds the key afterwards', async () => {
    using folder = temporaryFolder()
    const made = await run(folder.path, 'key', 'create', '--scope', 'ingest', '--tenant', 'team-2', '--expires', '90d', '--json')
    const key = JSON.parse(made.out)
    expect(key).toMatchObject({ scope: 'ingest', tenant: 'team-2' })
    await whileServing(folder.path, async (desk) => {
      expect((await desk.listKeys()).map(({ id }) => id)).toEqual([key.id])
    })
    expect((await run(folder.path, 'key', 'revoke', key.id)).code).toBe(0)
  })

  test('stdout holds the key alone, so that a shell can take it', async () => {
    using folder = temporaryFolder()
    const made = await run(folder.path, 'key', 'create', '--scope', 'admin')
    expect(made.out).toMatch(/^\S+\n$/)
    expect(made.told).toContain('shown this once')
  })

  test.each([
    ['a tenant with capitals', ['--tenant', 'Team'], '--tenant must be'],
    ['a label that is too long', ['--label', 'x'.repeat(65)], '--label must not be longer'],
    ['an end in the past', ['--expires', '2020-01-01'], 'must lie in the future'],
    ['an end that is no date', ['--expires', 'soon'], 'must be a date like 2027-01-31'],
  ])('%s is refused, served or not', async (_, flags, message) => {
    using folder = temporaryFolder()
    const alone = await run(folder.path, 'key', 'create', '--scope', 'read', ...flags)
    expect(alone).toMatchObject({ code: 2, out: '' })
    expect(alone.told).toContain(message)
    await whileServing(folder.path, async (desk) => {
      const served = await run(folder.path, 'key', 'create', '--scope', 'read', ...flags)
      expect(served).toEqual(alone)
      expect(await desk.listKeys()).toEqual([])
    })
  })

  test('an id that is no key is told, with exit code 1', async () => {
    using folder = temporaryFolder()
    const answer = { code: 1, told: 'error: there is no key with the id "n/o ne"; see `telemetry-service key list`\n' }
    expect(await run(folder.path, 'key', 'revoke', 'n/o ne')).toMatchObject(answer)
    await whileServing(folder.path, async () => expect(await run(folder.path, 'key', 'revoke', 'n/o ne')).toMatchObject(answer))
  })

  test('a service that is just starting is waited for', async () => {
    using folder = temporaryFolder()
    const lock = lockFolder(folder.path)
    if (!lock.ok) throw new Error(lock.fault.message)
    const desk = openSampleDesk(folder.path)
    const opened: Control[] = []
    const context = sampleContext({ DATA_DIR: folder.path })
    const service = await context.loadService()
    const openDesk: Service['openDesk'] = async (settings) => {
      setImmediate(() => opened.push(openControl(lock.value, desk))) // The server comes up just after the folder was found to be taken.
      return service.openDesk(settings)
    }
    expect(await runCommandLine(['key', 'list', '--json'], { ...context, loadService: async () => ({ ...service, openDesk }) })).toBe(0)
    expect(context.out()).toBe('[]\n')
    await opened[0]?.stop()
    desk.close()
    lock.value.release()
  })

  test('a folder that another process holds without answering is named', async () => {
    using folder = temporaryFolder()
    const lock = lockFolder(folder.path)
    const listed = await run(folder.path, 'key', 'list')
    expect(listed.code).toBe(1)
    expect(listed.told).toContain(`the data folder ${folder.path} is in use by another process`)
    if (lock.ok) lock.value.release()
  })

  test('an empty list says how to make a key', async () => {
    using folder = temporaryFolder()
    expect(await run(folder.path, 'key', 'list')).toMatchObject({
      code: 0,
      out: '',
      told: expect.stringContaining('key create --scope read'),
    })
  })
})

describe('parked runs', () => {
  test('are listed with their reason and sent again, while the service runs and while it does not', async () => {
    using folder = temporaryFolder()
    await whileServing(folder.path, async (desk) => {
      desk.parkRun('http_400 exit_code')
      expect((await run(folder.path, 'parked', 'list')).out).toContain(
        `${'07'.repeat(16)}  default  2026-01-02T00:00:00.000Z  http_400 exit_code`,
      )
    })
    expect(JSON.parse((await run(folder.path, 'parked', 'list', '--json')).out)).toMatchObject([{ tenant: 'default' }])
    expect(await run(folder.path, 'parked', 'replay')).toMatchObject({ code: 0, told: '1 run is sent again.\n' })
    await whileServing(folder.path, async () => {
      expect((await run(folder.path, 'parked', 'replay', '--json')).out).toBe('{"replayed":0}\n')
      expect((await run(folder.path, 'parked', 'list')).told).toBe('Nothing is parked.\n')
    })
  })
})

describe('a full disk', () => {
  const full = async () => Promise.reject(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }))
  const words = ['key', 'create', '--scope', 'read']

  test('is told with the folder and what to do, where no service runs', async () => {
    using folder = temporaryFolder()
    const context = sampleContext({ DATA_DIR: folder.path })
    const service = await context.loadService()
    const openDesk: Service['openDesk'] = async (settings) => ({ ...(await service.openDesk(settings)), createKey: full })
    const code = await runCommandLine(words, { ...context, loadService: async () => ({ ...service, openDesk }) })
    expect([code, context.told()]).toEqual([1, expect.stringContaining(`the disk of the data folder ${folder.path} is full (SQLITE_FULL)`)])
  })

  test('is told the same where a service runs', async () => {
    using folder = temporaryFolder()
    await whileServing(folder.path, async (desk) => {
      Object.assign(desk, { createKey: full })
      const { code, told } = await run(folder.path, ...words)
      expect([code, told]).toEqual([1, expect.stringContaining(`the disk of the data folder ${folder.path} is full (SQLITE_FULL)`)])
      expect(told).toContain('make room there')
    })
  })
})
