import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'

/** Work that is due every so often, whatever restarts lie between. */
export type Task = {
  readonly name: string
  /** What it is for, in a few words. */
  readonly purpose: string
  readonly everyMs: number
  /** Gives how many things it changed. Once the signal ends it, it comes back soon; what is left is made up after the next start. */
  readonly run: (signal: AbortSignal) => Promise<number>
}

/** What is remembered of a task. `running` in a file that is opened means that the process ended before the task did. */
export type TaskState = {
  readonly name: string
  readonly beganAt: number
  readonly tookMs: number
  readonly result: 'running' | 'done' | 'failed'
  readonly changed: number
  readonly dueAt: number
}

/** Where states outlive the process. */
export type TaskStates = {
  find(name: string): TaskState | undefined
  put(state: TaskState): void
}

/** A task with its last run, if it ever had one, its next one, and how often it failed since the start. */
export type TaskView = Pick<Task, 'name' | 'purpose' | 'everyMs'> & {
  readonly last?: Omit<TaskState, 'name' | 'dueAt'>
  readonly dueAt: number
  readonly failures: number
}

export type TimetableParts = {
  readonly tasks: readonly Task[]
  readonly states: TaskStates
  readonly clock: Clock
  readonly log: Log
}

/** A task that failed, or was cut off by the end of the process, is tried again after this time where its period is longer. */
export const retryMs = 5 * 60_000

/**
 * Runs each task when it is due. A run that was missed is made up once, however many periods went by; a task never runs twice at once; a clock that is
 * set back delays none by more than its period.
 */
export class Timetable {
  readonly #parts: TimetableParts
  readonly #dueAt = new Map<string, number>()
  readonly #last = new Map<string, TaskState>()
  readonly #failures = new Map<string, number>()
  readonly #running = new Map<string, Promise<TaskState>>()
  readonly #stopped = new AbortController()

  constructor(parts: TimetableParts) {
    this.#parts = parts
    for (const task of parts.tasks) this.#remember(task)
  }

  /** Starts what is due. Resolves when all that it started has ended. */
  async tick(): Promise<void> {
    if (this.#stopped.signal.aborted) return
    const now = this.#parts.clock.now()
    const due = this.#parts.tasks.filter((task) => !this.#running.has(task.name) && this.#dueAtOf(task, now) <= now)
    await Promise.all(due.map((task) => this.#start(task)))
  }

  /** Runs a task now, or waits for the run that is going. Nothing for a task that is not in the table. */
  async runNow(name: string): Promise<TaskState | undefined> {
    const task = this.#parts.tasks.find((one) => one.name === name)
    if (task === undefined || this.#stopped.signal.aborted) return undefined
    return this.#running.get(name) ?? this.#start(task)
  }

  list(): readonly TaskView[] {
    const now = this.#parts.clock.now()
    return this.#parts.tasks.map((task) => {
      const { name, purpose, everyMs } = task
      const state = this.#last.get(name)
      return {
        ...{ name, purpose, everyMs },
        ...(state && { last: { beganAt: state.beganAt, tookMs: state.tookMs, result: state.result, changed: state.changed } }),
        dueAt: this.#dueAtOf(task, now),
        failures: this.#failures.get(name) ?? 0,
      }
    })
  }

  /** Starts nothing more and waits for what is going, which is asked to come to its end. */
  async stop(): Promise<void> {
    this.#stopped.abort()
    await Promise.all(this.#running.values())
  }

  #remember({ name, everyMs }: Task): void {
    const { states, clock } = this.#parts
    const state = states.find(name)
    if (state === undefined) return
    this.#last.set(name, state.result === 'running' ? { ...state, result: 'failed' } : state)
    // Where the process ended within the run, that run may have been why: not at once again.
    this.#dueAt.set(name, state.result === 'running' ? clock.now() + Math.min(everyMs, retryMs) : state.dueAt)
  }

  /** A moment further away than a period was written before the clock was set back. */
  #dueAtOf({ name, everyMs }: Task, now: number): number {
    const dueAt = Math.min(this.#dueAt.get(name) ?? now, now + everyMs)
    this.#dueAt.set(name, dueAt)
    return dueAt
  }

  #start(task: Task): Promise<TaskState> {
    const run = this.#run(task).finally(() => this.#running.delete(task.name))
    this.#running.set(task.name, run)
    return run
  }

  async #run({ name, everyMs, run }: Task): Promise<TaskState> {
    const { clock, log } = this.#parts
    const { signal } = this.#stopped
    const beganAt = clock.now()
    const begun: TaskState = { name, beganAt, tookMs: 0, result: 'running', changed: 0, dueAt: beganAt }
    this.#keep(begun)
    let changed = 0
    let result: TaskState['result'] = 'done'
    try {
      changed = await run(signal)
    } catch (fault) {
      if (signal.aborted) return begun
      result = 'failed'
      this.#failures.set(name, (this.#failures.get(name) ?? 0) + 1)
      log.error({ timer: name, fault: fault instanceof Error ? fault.message : 'unknown' }, 'timer failed')
    }
    if (signal.aborted && result === 'done') return begun // What is left of it is due after the next start.
    const tookMs = Math.max(0, clock.now() - beganAt)
    const state: TaskState = {
      name,
      beganAt,
      tookMs,
      result,
      changed,
      dueAt: beganAt + (result === 'done' ? everyMs : Math.min(everyMs, retryMs)),
    }
    this.#keep(state)
    return state
  }

  /** A state that cannot be written is still followed until the process ends. */
  #keep(state: TaskState): void {
    this.#last.set(state.name, state)
    this.#dueAt.set(state.name, state.dueAt)
    try {
      this.#parts.states.put(state)
    } catch (fault) {
      this.#parts.log.error(
        { timer: state.name, fault: fault instanceof Error ? fault.message : 'unknown' },
        'timer state cannot be written',
      )
    }
  }
}
