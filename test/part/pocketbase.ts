import { Database } from 'bun:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { until } from '../wait.ts'

const startTriesMax = 3
const startMs = 30_000
const stopMs = 15_000

export const superuser = { identity: 'root@example.test', password: 'a-superuser-password' } as const
export const account = { identity: 'service@example.test', password: 'a-service-password' } as const

/** Where the real program is, or nothing. `.ci/run` puts it into `.tools`. */
export function findPocketBase(): string | undefined {
  const candidates = [process.env['POCKETBASE_BIN'], Bun.which('pocketbase'), resolve(import.meta.dir, '../../.tools/pocketbase')]
  return candidates.find((path) => path && Bun.which(path) !== null) ?? undefined
}

/** False where the program is missing on a developer's machine, with one line that says so. In CI its absence is a failure. */
export function hasPocketBase(suite: string): boolean {
  if (findPocketBase() !== undefined) return true
  if (process.env['CI'] === 'true')
    throw new Error(`${suite}: no PocketBase (POCKETBASE_BIN, PATH or .tools/pocketbase), and in CI nothing is left out`)
  process.stderr.write(`left out: ${suite}, since no PocketBase is here (POCKETBASE_BIN, PATH or .tools/pocketbase)\n`)
  return false
}

/** A real PocketBase in a folder of its own, with a superuser. Gone, with its folder, at the end of the block. */
export class PocketBasePart {
  readonly #program: string
  readonly #folder: string
  #process: Bun.Subprocess | undefined
  #port = 0

  constructor(program: string, folder: string) {
    this.#program = program
    this.#folder = folder
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Starts the program; after `stop` on the same port, with the data it had. */
  async start(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const port = this.#port || freePort()
      const child = Bun.spawn([this.#program, 'serve', `--http=127.0.0.1:${port}`, ...folders(this.#folder)], {
        stdout: 'ignore',
        stderr: 'ignore',
      })
      const isUp = await until(async () => child.exitCode !== null || (await answers(port)), 'an answer of PocketBase', startMs)
        .then(() => child.exitCode === null)
        .catch(() => false)
      if (isUp) {
        this.#process = child
        this.#port = port
        return
      }
      child.kill('SIGKILL')
      if (attempt === startTriesMax) throw new Error('PocketBase did not start')
    }
  }

  async stop(): Promise<void> {
    const child = this.#process
    this.#process = undefined
    if (child === undefined) return
    child.kill('SIGTERM')
    await until(() => child.exitCode !== null || child.signalCode !== null, 'the end of PocketBase', stopMs).catch(() =>
      child.kill('SIGKILL'),
    )
    await child.exited
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Asks as the superuser; throws unless the answer is good. */
  async ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const token = await signIn(this.url, '_superusers', superuser)
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { Authorization: token, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} gave ${response.status}: ${text}`)
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
  }

  /** Changes the database behind PocketBase's back, as importers do. */
  sql(statement: string, ...values: readonly string[]): void {
    using database = new Database(join(this.#folder, 'data', 'data.db'))
    database.run('PRAGMA busy_timeout = 5000')
    database.run(statement, [...values])
  }

  /** All records of a collection, oldest first. */
  async records(collection: string): Promise<readonly Record<string, unknown>[]> {
    const found: Record<string, unknown>[] = []
    for (let page = 1; ; page += 1) {
      const answer = await this.ask('GET', `/api/collections/${collection}/records?perPage=500&sort=@rowid&page=${page}`)
      const items = answer['items'] as readonly Record<string, unknown>[]
      found.push(...items)
      if (items.length < 500) return found
    }
  }
}

/** Starts a PocketBase that holds nothing but the superuser. */
export async function startPocketBase(): Promise<PocketBasePart> {
  const program = findPocketBase()
  if (program === undefined) throw new Error('no PocketBase on this machine')
  const folder = mkdtempSync(join(tmpdir(), 'telemetry-pocketbase-'))
  const made = Bun.spawnSync([program, 'superuser', 'upsert', superuser.identity, superuser.password, ...folders(folder)])
  if (made.exitCode !== 0) throw new Error('PocketBase did not make a superuser')
  const part = new PocketBasePart(program, folder)
  await part.start()
  return part
}

/** By default PocketBase writes its schema beside the data folder, where the next one would read it. */
function folders(folder: string): readonly string[] {
  const inside = ['dir=data', 'migrationsDir=migrations', 'hooksDir=hooks', 'publicDir=public']
  return ['--automigrate=false', ...inside.map((flag) => `--${flag.replace('=', `=${folder}/`)}`)]
}

async function signIn(url: string, collection: string, who: { identity: string; password: string }): Promise<string> {
  const response = await fetch(`${url}/api/collections/${collection}/auth-with-password`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(who),
  })
  return ((await response.json()) as { token: string }).token
}

async function answers(port: number): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/api/health`).catch(() => undefined)
  return response?.ok === true
}

/** A port of loopback that nobody has at this moment. PocketBase does not say which it took for 0; another try follows where it was taken meanwhile. */
export function freePort(): number {
  const holder = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } })
  const { port } = holder
  holder.stop(true)
  return port
}
