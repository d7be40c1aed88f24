import { afterEach, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { closeSync, existsSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'

setDefaultTimeout(60_000) // Processes are started, on a machine that may be busy.

const source = join(import.meta.dir, '../../src')
const started: Bun.Subprocess[] = []

afterEach(async () => {
  for (const child of started.splice(0)) {
    child.kill('SIGKILL')
    await child.exited
  }
})

function start(folder: string, words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = Bun.spawn([process.execPath, join(source, 'main.ts'), ...words], {
    env: { PATH: process.env['PATH'] ?? '', DATA_DIR: folder, LISTEN_ADDR: '127.0.0.1:0', ...env },
    cwd: join(source, '..'), // Bun takes the JSX settings of the folder it is started in.
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  started.push(child)
  return watch(child)
}

/** A process whose output can be looked at while it runs. */
function watch(child: Bun.Subprocess<'ignore', 'pipe', 'pipe'>) {
  const text = { out: '', told: '' }
  const ended = Promise.all([collect(child.stdout, (more) => (text.out += more)), collect(child.stderr, (more) => (text.told += more))])
  return {
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    out: () => text.out,
    told: () => text.told,
    end: async () => {
      await ended
      return await child.exited
    },
    url: async () => {
      await until(() => /Serving +(http\S+)/.test(text.told), 'the banner is printed')
      return /Serving +(http\S+)/.exec(text.told)?.[1] ?? ''
    },
  }
}

async function collect(stream: ReadableStream<Uint8Array>, take: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder()
  for await (const chunk of stream) take(decoder.decode(chunk, { stream: true }))
}

/** A port that nobody has at this moment. */
async function freePort(): Promise<number> {
  const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
  const { port = 0 } = server
  await server.stop(true)
  return port
}

describe('serve', () => {
  test('has the setup link in its file before it answers anybody', async () => {
    using folder = temporaryFolder()
    const port = await freePort()
    start(folder.path, [], { LISTEN_ADDR: `127.0.0.1:${port}` })
    let link: string | undefined
    const isAnswered = async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined)
      if (answer !== undefined && existsSync(folder.file('setup-link'))) link = readFileSync(folder.file('setup-link'), 'utf8')
      return answer !== undefined
    }
    await until(isAnswered, 'the first answer')
    expect(link).toStartWith(`http://127.0.0.1:${port}/setup/`)
  })

  test('serves without a command, with a banner on stderr and JSON lines on stdout, and ends with 0 on SIGTERM', async () => {
    using folder = temporaryFolder()
    const service = start(folder.path, [])
    const answer = await fetch(`${await service.url()}/healthz`)
    expect(answer.status).toBe(200)
    expect(service.told()).toContain(folder.path)
    expect(statSync(folder.file('control.sock')).mode & 0o777).toBe(0o600)
    service.kill('SIGTERM')
    expect(await service.end()).toBe(0)
    const lines = service.out().trim().split('\n')
    expect(lines.map((line) => typeof JSON.parse(line))).toEqual(lines.map(() => 'object'))
    expect(existsSync(folder.file('control.sock'))).toBe(false)
  })

  test('the banner stands before the first line of the log where both are read in one place, also with a PocketBase attached', async () => {
    using folder = temporaryFolder()
    const log = openSync(folder.file('terminal.log'), 'a')
    const nobody = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response('', { status: 503 }) })
    const service = Bun.spawn([process.execPath, join(source, 'main.ts')], {
      env: {
        PATH: process.env['PATH'] ?? '',
        DATA_DIR: folder.path,
        LISTEN_ADDR: '127.0.0.1:0',
        PB_URL: `http://127.0.0.1:${nobody.port}`,
        PB_IDENTITY: 'service@example.com',
        PB_PASSWORD: 'not needed here',
      },
      cwd: join(source, '..'),
      stdin: 'ignore',
      stdout: log,
      stderr: log,
    })
    started.push(service)
    const shown = () => readFileSync(folder.file('terminal.log'), 'utf8')
    await until(() => shown().includes('PocketBase does not take runs'), 'the mirror has said something')
    expect(shown().indexOf('Serving')).toBeGreaterThan(0)
    expect(shown().indexOf('Serving')).toBeLessThan(shown().indexOf('{'))
    closeSync(log)
    await nobody.stop(true)
  })

  test('a second one on the same folder is refused and names the folder; the first serves on', async () => {
    using folder = temporaryFolder()
    const first = start(folder.path, ['serve'])
    const url = await first.url()
    const second = start(folder.path, ['serve'])
    expect(await second.end()).toBe(1)
    expect(second.told()).toContain(`error: the data folder ${folder.path} is in use by another process`)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })

  test('after a SIGKILL the folder is free, and the socket that was left is replaced', async () => {
    using folder = temporaryFolder()
    const first = start(folder.path, ['serve'])
    await first.url()
    first.kill('SIGKILL')
    await first.end()
    expect(existsSync(folder.file('control.sock'))).toBe(true)
    const second = start(folder.path, ['serve'])
    await second.url()
    const listed = start(folder.path, ['key', 'list', '--json'])
    expect([await listed.end(), listed.out()]).toEqual([0, '[]\n'])
  })

  test('a key made by command works at once and one revoked stops at once', async () => {
    using folder = temporaryFolder()
    const service = start(folder.path, ['serve'])
    const url = await service.url()
    const made = start(folder.path, ['key', 'create', '--scope', 'read', '--json'])
    expect(await made.end()).toBe(0)
    const { id, key } = JSON.parse(made.out())
    const ask = async () => (await fetch(`${url}/api/records`, { headers: { authorization: `Bearer ${key}` } })).status
    expect(await ask()).toBe(200)
    expect(await start(folder.path, ['key', 'revoke', id]).end()).toBe(0)
    expect(await ask()).toBe(401)
    expect(service.out() + service.told()).not.toContain(key)
  })

  test('an address that is taken ends the start with exit code 1 and a plain message', async () => {
    using folder = temporaryFolder()
    const taken = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
    const service = start(folder.path, ['serve'], { LISTEN_ADDR: `127.0.0.1:${taken.port}` })
    expect(await service.end()).toBe(1)
    const address = `127.0.0.1:${taken.port}`
    expect(service.told()).toBe(
      `error: cannot listen on ${address} (EADDRINUSE): another program has it, stop that one or set another LISTEN_ADDR\n`,
    )
    await taken.stop(true)
  })

  test('the address of METRICS_ADDR that is taken is told by that name', async () => {
    using folder = temporaryFolder()
    const taken = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
    const service = start(folder.path, ['serve'], { METRICS_ADDR: `127.0.0.1:${taken.port}` })
    expect(await service.end()).toBe(1)
    expect(service.told()).toContain('(EADDRINUSE): another program has it, stop that one or set another METRICS_ADDR')
    await taken.stop(true)
  })

  test.each<[name: string, env: (file: string) => Readonly<Record<string, string>>, told: (file: string) => string]>([
    ['LISTEN_ADDR', () => ({ LISTEN_ADDR: 'nowhere.invalid:0' }), () => 'no address is known for that name, set another LISTEN_ADDR'],
    ['LOG_DIR', (file) => ({ LOG_DIR: file }), (file) => `LOG_DIR is "${file}": the folder cannot be written to (EEXIST)`],
    ['DATA_DIR', (file) => ({ DATA_DIR: file }), () => 'or set another DATA_DIR'],
    [
      'SMTP_CA_FILE',
      (file) => ({ ALERT_ENABLED: 'true', SMTP_HOST: 'mail.test', SMTP_TO: 'ops@a.test', SMTP_CA_FILE: `${file}.pem` }),
      (file) => `SMTP_CA_FILE is "${file}.pem": the file cannot be read (ENOENT)`,
    ],
  ])('what stands in the way of %s ends the start with its name', async (_, env, told) => {
    using folder = temporaryFolder()
    const file = folder.file('a-file')
    writeFileSync(file, '')
    const service = start(folder.path, ['serve'], env(file))
    expect(await service.end()).toBe(1)
    expect(service.told()).toMatch(/^error: .*\n$/)
    expect(service.told()).toContain(told(file))
  })

  test.each([
    ['store.db', 'telemetry-service rebuild --from pocketbase'],
    ['store.db', 'telemetry-service backup restore NAME'],
    ['journal.db', 'events that had not reached the store are lost then'],
    ['access.db', 'keys and users are gone then'],
  ])('a damaged %s ends the start with its name and what to do', async (name, remedy) => {
    using folder = temporaryFolder()
    writeFileSync(folder.file(name), Buffer.alloc(4_096, 'noise'))
    const service = start(folder.path, ['serve'])
    expect(await service.end()).toBe(1)
    expect(service.told()).toContain(`${folder.file(name)} is damaged (SQLITE_NOTADB): `)
    expect(service.told()).toContain(remedy)
    expect(service.told().trim().split('\n')).toHaveLength(1)
  })
})

describe('a first start', () => {
  test('prints no link where nobody watches, and names the file that holds it', async () => {
    using folder = temporaryFolder()
    const service = start(folder.path, ['serve'])
    await service.url()
    const link = readFileSync(folder.file('setup-link'), 'utf8').trim()
    expect(service.told()).toContain(folder.file('setup-link'))
    expect(service.out() + service.told()).not.toContain(link)
    const again = start(folder.path, ['user', 'setup-link'])
    expect([await again.end(), again.out()]).toEqual([0, expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/setup\/\w{43}\n$/)])
    expect((await fetch(again.out().trim())).status).toBe(200)
    expect((await fetch(link)).status).toBe(404)
  })

  test('with ADMIN_USER and ADMIN_PASSWORD_FILE has an admin and needs no link', async () => {
    using folder = temporaryFolder()
    writeFileSync(folder.file('password'), 'correct horse battery\n')
    const env = { ADMIN_USER: 'ada', ADMIN_PASSWORD_FILE: folder.file('password') }
    const service = start(folder.path, ['serve'], env)
    await service.url()
    expect(existsSync(folder.file('setup-link'))).toBe(false)
    const listed = start(folder.path, ['user', 'list', '--json'])
    expect([await listed.end(), JSON.parse(listed.out())]).toEqual([0, [expect.objectContaining({ name: 'ada', role: 'admin' })]])
    expect(service.out() + service.told()).not.toContain('horse')
  })

  test('with a password that is too short does not start, and says why without it', async () => {
    using folder = temporaryFolder()
    writeFileSync(folder.file('password'), 'hunter2')
    const service = start(folder.path, ['serve'], { ADMIN_USER: 'ada', ADMIN_PASSWORD_FILE: folder.file('password') })
    expect(await service.end()).toBe(1)
    expect(service.told()).toContain('error: the password in ADMIN_PASSWORD_FILE must have at least 12 characters')
    expect(service.out() + service.told()).not.toContain('hunter2')
  })
})

/** A service that starts and never stops, under the real command. */
const stubborn = `
  const { runCommandLine } = await import(${JSON.stringify(join(source, 'cli/program.ts'))})
  const service = { startService: async () => ({ url: 'http://stubborn', stop: () => new Promise(() => setInterval(() => {}, 1000)) }) }
  const code = await runCommandLine(['serve'], {
    env: {}, clock: { now: () => 0 }, isTerminal: false, print: () => {}, tell: (text) => process.stderr.write(text), loadService: async () => service,
  })
  process.exit(code)`

describe('a service that does not stop', () => {
  test('is given up within ten seconds, with exit code 1, however often one Ctrl+C arrives', async () => {
    const service = watch(spawnStubborn())
    await service.url()
    for (let copy = 0; copy < 3; copy += 1) service.kill('SIGINT')
    const start = performance.now()
    expect(await service.end()).toBe(1)
    expect(performance.now() - start).toBeWithin(9_000, 10_000)
  })

  test('ends at once when it is asked a second time', async () => {
    const service = watch(spawnStubborn())
    await service.url()
    const start = performance.now()
    await until(() => {
      service.kill('SIGTERM')
      return !service.isRunning()
    }, 'the process ends')
    expect(await service.end()).toBe(1)
    expect(performance.now() - start).toBeLessThan(8_000)
  })
})

function spawnStubborn() {
  const child = Bun.spawn([process.execPath, '-e', stubborn], { stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' })
  started.push(child)
  return child
}
