import { startWorker, type WorkerOptions } from './worker.ts'

declare const self: Worker

/** What a worker thread answers: a method for each question, called with what `postMessage` can carry. */
export type CallHandlers = { readonly [Method: string]: (argument: never) => unknown }

type Question = { readonly id: number; readonly method: string; readonly argument: unknown }
type Answer = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly fault: string }
type Notice = { readonly notice: unknown }

/** Calls that wait for one thread. Beyond it a caller is told at once: a queue that long is answered too late anyway. */
const outstandingMax = 256

/** The worker's side: answers each question with what its method returns, a throw with its message. While a method awaits, the next one begins. */
export function answerCalls(handlers: CallHandlers): void {
  const methods = new Map(Object.entries(handlers))
  self.onmessage = async ({ data }: MessageEvent<Question>) => {
    try {
      const method = methods.get(data.method) as ((argument: unknown) => unknown) | undefined
      if (method === undefined) throw new Error(`no method ${data.method}`)
      postMessage({ id: data.id, value: await method(data.argument) } satisfies Answer)
    } catch (fault) {
      postMessage({ id: data.id, fault: fault instanceof Error ? fault.message : 'unknown fault' } satisfies Answer)
    }
  }
}

/** The worker's side: tells the other thread something it did not ask. */
export function sendNotice(notice: unknown): void {
  postMessage({ notice } satisfies Notice)
}

export type CallOptions = WorkerOptions & {
  /** The worker's path, as `startWorker` takes it. */
  readonly path: string
  readonly onNotice?: (notice: unknown) => void
  /** Told when the thread died; every outstanding call has then failed. */
  readonly onDeath?: (fault: Error) => void
}

type Waiting = { readonly resolve: (value: never) => void; readonly reject: (fault: Error) => void }

/** The asking side of a worker thread. A thread that died stays dead: its owner decides whether to start another. */
export class Caller<Handlers extends CallHandlers> {
  readonly #worker: Worker
  readonly #onDeath: ((fault: Error) => void) | undefined
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  #death: Error | undefined

  constructor({ path, isLarge, onNotice, onDeath }: CallOptions) {
    this.#onDeath = onDeath
    this.#worker = startWorker(path, { isLarge })
    this.#worker.onmessage = ({ data }: MessageEvent<Answer | Notice>) => {
      if ('notice' in data) onNotice?.(data.notice)
      else this.#take(data)
    }
    this.#worker.onerror = (event) => this.#die(new Error(`thread ${path}: ${event.message}`))
    this.#worker.addEventListener('close', () => this.#die(new Error(`thread ${path} ended`)))
  }

  get isDead(): boolean {
    return this.#death !== undefined
  }

  /** Rejects with the thrower's message, and at once when the thread is dead or too many calls wait. */
  call<Method extends keyof Handlers & string>(
    method: Method,
    ...[argument]: Parameters<Handlers[Method]>
  ): Promise<Awaited<ReturnType<Handlers[Method]>>> {
    return this.#ask(method, argument, [])
  }

  /** The same, with an argument whose buffers in `transfer` are handed over rather than copied: this side has them no longer. */
  hand<Method extends keyof Handlers & string>(
    method: Method,
    argument: Parameters<Handlers[Method]>[0],
    transfer: readonly ArrayBuffer[],
  ): Promise<Awaited<ReturnType<Handlers[Method]>>> {
    return this.#ask(method, argument, transfer)
  }

  #ask<Method extends keyof Handlers & string>(
    method: Method,
    argument: unknown,
    transfer: readonly ArrayBuffer[],
  ): Promise<Awaited<ReturnType<Handlers[Method]>>> {
    if (this.#death !== undefined) return Promise.reject(this.#death)
    if (this.#waiting.size >= outstandingMax) return Promise.reject(new Error(`${outstandingMax} calls wait already`))
    this.#lastId += 1
    const id = this.#lastId
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, method, argument } satisfies Question, [...transfer])
    })
  }

  /** Ends the thread at once. */
  terminate(): void {
    this.#die(new Error('the thread was ended'), true)
    this.#worker.terminate()
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if ('fault' in answer) waiting?.reject(new Error(answer.fault))
    else waiting?.resolve(answer.value as never)
  }

  #die(fault: Error, isWanted = false): void {
    if (this.#death !== undefined) return
    this.#death = fault
    for (const { reject } of this.#waiting.values()) reject(fault)
    this.#waiting.clear()
    if (!isWanted) this.#onDeath?.(fault)
  }
}
