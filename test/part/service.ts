import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtBinary } from './binary.ts'

/** A running service in a process of its own, as an operator runs it. */
export type ServiceProcess = {
  readonly url: string
  readonly port: number
  readonly folder: string
  readonly pid: number
  /** All of stdout (the JSON log) so far. */
  log(): string
  /** All of stderr so far: the banner and what the runtime says. */
  words(): string
  /** Resolves with the exit code once it has ended, by itself or by a signal (then null). */
  readonly exited: Promise<number | null>
  /** Sends a signal and resolves with the exit code (null when a signal ended the process). */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
  /** Ends it if it runs, and removes its folder unless that was given. */
  dispose(): Promise<void>
}

export type ServiceOptions = {
  /** A data folder to continue with; without it a new one, removed with the service. */
  readonly folder?: string
  readonly env?: Readonly<Record<string, string>>
  /** The command to run in place of the built binary: it with other words before it, or another one. */
  readonly command?: readonly string[]
  /** A file descriptor for its log in place of a pipe that is read. */
  readonly stdout?: number
}

const startBoundMs = 60_000

/** Starts `serve` on a free port of loopback and resolves once it serves. Rejects with what it said when it does not. */
export async function startServiceProcess(options: ServiceOptions = {}): Promise<ServiceProcess> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'service-'))
  const child = Bun.spawn([...(options.command ?? [await builtBinary()]), 'serve'], {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'] ?? '', LISTEN_ADDR: '127.0.0.1:0', DATA_DIR: folder, ...options.env },
    stdin: 'ignore',
    stdout: options.stdout ?? 'pipe',
    stderr: 'pipe',
  })
  const output = child.stdout instanceof ReadableStream ? gather(child.stdout) : nothingGathered()
  const words = gather(child.stderr)
  const url = await waitForUrl(words, child.exited)
  if (url === undefined) throw new Error(`the service did not start: ${words.text}${output.text}`)

  const exited = Promise.all([child.exited, output.done]).then(() => child.exitCode)
  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    child.kill(signal)
    return exited
  }

  async function dispose(): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) await end('SIGKILL')
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
  }

  return {
    url,
    port: Number(new URL(url).port),
    folder,
    pid: child.pid,
    log: () => output.text,
    words: () => words.text,
    exited,
    end,
    dispose,
  }
}

type Gathered = { text: string; readonly done: Promise<void>; onText: (() => void) | undefined }

function nothingGathered(): Gathered {
  return { text: '', done: Promise.resolve(), onText: undefined }
}

function gather(stream: ReadableStream<Uint8Array>): Gathered {
  const gathered: Gathered = { text: '', done: read(), onText: undefined }
  async function read(): Promise<void> {
    const decoder = new TextDecoder()
    for await (const chunk of stream) {
      gathered.text += decoder.decode(chunk, { stream: true })
      gathered.onText?.()
    }
  }
  return gathered
}

/** The address from the banner; undefined when the process ends or the bound passes first. */
async function waitForUrl(words: Gathered, exited: Promise<number>): Promise<string | undefined> {
  const found = Promise.withResolvers<string | undefined>()
  const look = () => {
    const url = /Serving +(https?:\S+)/.exec(words.text)?.[1]
    if (url !== undefined) found.resolve(url)
  }
  words.onText = look
  look()
  const bound = setTimeout(() => found.resolve(undefined), startBoundMs)
  exited.then(() => words.done).then(() => found.resolve(undefined))
  const url = await found.promise
  clearTimeout(bound)
  return url
}
