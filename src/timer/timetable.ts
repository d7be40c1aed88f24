import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'

/** Work that is due every so often, whatever restarts lie between. */
export type Task = {
  readonly name: string
  /** What it is for, in a few words. */
  readonly purpose: string
  readonly everyMs: number
  /** It comes round so often, and takes so little, that nothing of it is kept over restarts. */
  readonly isBrief?: true
  /** How long the very first run may wait, so that a start is not the busiest moment; without it, not at all. */
  readonly firstAfterMs?: number
  /** Where it is due by the calendar: the first moment after another. It is not due at once then when it is new, and one that was missed is made up. */
  readonly nextAt?: (after: number) => number
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
  /** When the last run ended that was done, 0 before the first one, and how many runs have failed since. */
  readonly doneAt: number
  readonly failedRuns: number
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
  readonly #tasks: Task[] = []
  readonly #dueAt = new Map<string, number>()
  readonly #last = new Map<string, TaskState>()
  readonly #failures = new Map<string, number>()
  readonly #running = new Map<string, Promise<TaskState>>()
  readonly #stopped = new AbortController()

  constructor(parts: TimetableParts) {
    this.#parts = parts
    for (const task of parts.tasks) this.add(task)
  }

  /** Puts a task into the table. */
  add(task: Task): void {
    this.#tasks.push(task)
    this.#remember(task)
  }

  /** Starts what is due. Resolves when all that it started has ended. */
  async tick(): Promise<void> {
    if (this.#stopped.signal.aborted) return
    const now = this.#parts.clock.now()
    const due = this.#tasks.filter((task) => !this.#running.has(task.name) && this.#dueAtOf(task, now) <= now)
    await Promise.all(due.map((task) => this.#start(task)))
  }

  /** Runs a task now, or waits for the run that is going. Nothing for a task that is not in the table. */
  async runNow(name: string): Promise<TaskState | undefined> {
    const task = this.#tasks.find((one) => one.name === name)
    if (task === undefined || this.#stopped.signal.aborted) return undefined
    return this.#running.get(name) ?? this.#start(task)
  }

  /** How a task stands over restarts, and when it is due after a moment; undefined for one that is not in the table. */
  find(name: string): (Pick<TaskState, 'doneAt' | 'failedRuns'> & { readonly nextAt: (after: number) => number }) | undefined {
    const task = this.#tasks.find((one) => one.name === name)
    if (task === undefined) return undefined
    const { doneAt = 0, failedRuns = 0 } = this.#last.get(name) ?? {}
    return { doneAt, failedRuns, nextAt: task.nextAt ?? ((after) => after + task.everyMs) }
  }

  list(): readonly TaskView[] {
    const now = this.#parts.clock.now()
    return this.#tasks.map((task) => {
      const { name, purpose, everyMs } = task
      const state = this.#last.get(name)
      return {
        ...{ name, purpose, everyMs },
        ...(state && state.beganAt > 0 && { last: viewOf(state) }),
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

  #remember(task: Task): void {
    const { states, clock } = this.#parts
    const { name, everyMs, isBrief } = task
    const state = isBrief ? undefined : states.find(name)
    if (state === undefined) {
      this.#awaitFirst(task)
      return
    }
    this.#last.set(name, state.result === 'running' ? { ...state, result: 'failed', failedRuns: state.failedRuns + 1 } : state)
    // Where the process ended within the run, that run may have been why: not at once again.
    this.#dueAt.set(name, state.result === 'running' ? clock.now() + Math.min(everyMs, retryMs) : state.dueAt)
  }

  /** A machine that is off at the first moment of a calendar makes that run up, too. */
  #awaitFirst(task: Task): void {
    const { name, nextAt } = task
    if (nextAt === undefined) return
    const dueAt = nextAt(this.#parts.clock.now())
    this.#keep({ name, beganAt: 0, tookMs: 0, result: 'done', changed: 0, dueAt, doneAt: 0, failedRuns: 0 }, task)
  }

  /** A moment further away than a period was written before the clock was set back. */
  #dueAtOf({ name, everyMs, firstAfterMs = 0, nextAt }: Task, now: number): number {
    const dueAt = Math.min(this.#dueAt.get(name) ?? now + firstAfterMs, nextAt?.(now) ?? now + everyMs)
    this.#dueAt.set(name, dueAt)
    return dueAt
  }

  #start(task: Task): Promise<TaskState> {
    const run = this.#run(task).finally(() => this.#running.delete(task.name))
    this.#running.set(task.name, run)
    return run
  }

  async #run(task: Task): Promise<TaskState> {
    const { clock } = this.#parts
    const { signal } = this.#stopped
    const { name, everyMs, nextAt } = task
    const beganAt = clock.now()
    const { doneAt = 0, failedRuns = 0 } = this.#last.get(name) ?? {}
    const begun: TaskState = { name, beganAt, tookMs: 0, result: 'running', changed: 0, dueAt: beganAt, doneAt, failedRuns }
    this.#keep(begun, task)
    const changed = await this.#attempt(task)
    if (signal.aborted) return this.#interrupt(begun, task)
    const ended = { ...begun, tookMs: Math.max(0, clock.now() - beganAt) }
    const state: TaskState =
      changed === undefined
        ? { ...ended, result: 'failed', dueAt: beganAt + Math.min(everyMs, retryMs), failedRuns: failedRuns + 1 }
        : {
            ...ended,
            result: 'done',
            dueAt: nextAt?.(clock.now()) ?? beganAt + everyMs,
            changed,
            doneAt: beganAt + ended.tookMs,
            failedRuns: 0,
          }
    this.#keep(state, task)
    return state
  }

  /** A run that a stop ended is no fault of its own: it is due again at once after the next start. */
  #interrupt(begun: TaskState, task: Task): TaskState {
    const state: TaskState = { ...begun, result: 'failed', dueAt: begun.beganAt }
    this.#keep(state, task)
    return state
  }

  /** How many things a run changed; undefined when it failed, which is then counted and logged. */
  async #attempt({ name, run }: Task): Promise<number | undefined> {
    const { signal } = this.#stopped
    try {
      return await run(signal)
    } catch (fault) {
      if (signal.aborted) return undefined
      this.#failures.set(name, (this.#failures.get(name) ?? 0) + 1)
      this.#parts.log.error({ timer: name, fault: fault instanceof Error ? fault.message : 'unknown' }, 'timer failed')
      return undefined
    }
  }

  /** A state that cannot be written is still followed until the process ends. */
  #keep(state: TaskState, { isBrief }: Task): void {
    this.#last.set(state.name, state)
    this.#dueAt.set(state.name, state.dueAt)
    if (isBrief) return
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

function viewOf({ name: _name, dueAt: _dueAt, ...last }: TaskState): NonNullable<TaskView['last']> {
  return last
}
