import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { silentLog } from '../../src/base/log.ts'
import { repeatStep } from '../../src/timer/step.ts'
import { retryMs, type Task, type TaskState, type TaskStates, Timetable } from '../../src/timer/timetable.ts'
import { listeningLog } from '../access/sample.ts'
import { type FakeClock, fakeClock } from '../fake-clock.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const start = '2026-01-01'

/** States as a file keeps them: what was put is there for the next process. */
function memory(): TaskStates & { readonly all: Map<string, TaskState> } {
  const all = new Map<string, TaskState>()
  return { all, find: (name) => all.get(name), put: (state) => void all.set(state.name, state) }
}

function taskOf(name: string, everyMs: number, run: Task['run'] = async () => 0): Task {
  return { name, purpose: name, everyMs, run }
}

function openTable(tasks: readonly Task[], clock: FakeClock, states: TaskStates = memory(), log = silentLog): Timetable {
  return new Timetable({ tasks, states, clock, log })
}

describe('a timetable', () => {
  test('runs a new task at once and then once a period', async () => {
    const clock = fakeClock(start)
    let runs = 0
    const table = openTable([taskOf('a', hourMs, async () => ++runs)], clock)
    for (let minute = 0; minute <= 180; minute++) {
      await table.tick()
      clock.pass(minuteMs)
    }
    expect(runs).toBe(4)
  })

  test('makes up a run that was missed, once, however many periods went by', async () => {
    const clock = fakeClock(start)
    const states = memory()
    let runs = 0
    const open = () => openTable([taskOf('a', hourMs, async () => ++runs)], clock, states)
    await open().tick()
    clock.pass(minuteMs)
    await open().tick()
    expect(runs).toBe(1) // A restart is no reason to run.
    clock.pass(30 * dayMs)
    const table = open()
    await table.tick()
    await table.tick()
    expect(runs).toBe(2)
  })

  test('runs a task of the calendar at its moments, not at once, makes up one it missed, and takes a new moment from a clock that was set back', async () => {
    const clock = fakeClock(start)
    const states = memory()
    const runs: string[] = []
    const nextAt = (after: number) => (Math.floor(after / dayMs) + 1) * dayMs
    const task: Task = { ...taskOf('a', dayMs, async () => runs.push(new Date(clock.now()).toISOString().slice(0, 16))), nextAt }
    const open = () => openTable([task], clock, states)
    clock.pass(hourMs)
    const table = open()
    for (let hour = 0; hour < 50; hour += 1) {
      await table.tick()
      clock.pass(hourMs)
    }
    expect(runs).toEqual(['2026-01-02T00:00', '2026-01-03T00:00'])
    clock.pass(10 * dayMs)
    await open().tick()
    await open().tick()
    expect(runs.slice(2)).toEqual(['2026-01-13T03:00'])
    clock.pass(-5 * dayMs)
    expect(open().list()[0]?.dueAt).toBe(Date.parse('2026-01-09'))
  })

  test('makes up the first run of the calendar, too, for a machine that is off at its moment each night', async () => {
    const clock = fakeClock('2026-01-01T08:00')
    const states = memory()
    let runs = 0
    const task: Task = { ...taskOf('a', dayMs, async () => ++runs), nextAt: (after) => (Math.floor(after / dayMs) + 1) * dayMs }
    const open = () => openTable([task], clock, states)
    const first = open()
    await first.tick()
    expect([runs, first.list()[0]?.last, first.find('a')?.doneAt]).toEqual([0, undefined, 0])
    clock.set(Date.parse('2026-01-02T08:00'))
    await open().tick()
    expect(runs).toBe(1)
  })

  test('says what the last run did, how long it took and when the next one is due', async () => {
    const clock = fakeClock(start)
    const work = async () => {
      clock.pass(1_500)
      return 12
    }
    const table = openTable([taskOf('a', hourMs, work), taskOf('b', dayMs)], clock)
    expect(table.list().map(({ last }) => last)).toEqual([undefined, undefined])
    const began = clock.now()
    await table.runNow('a')
    const last = { beganAt: began, tookMs: 1_500, result: 'done', changed: 12, doneAt: began + 1_500, failedRuns: 0 } as const
    expect(table.list()[0]).toEqual({ name: 'a', purpose: 'a', everyMs: hourMs, last, dueAt: began + hourMs, failures: 0 })
  })

  test('tries a task that failed again sooner than its period, and logs why', async () => {
    const clock = fakeClock(start)
    const log = listeningLog()
    let isBroken = true
    const work = async () => {
      if (isBroken) throw new Error('store is not open')
      return 1
    }
    const table = openTable([taskOf('a', dayMs, work)], clock, memory(), log)
    await table.tick()
    expect(table.list()[0]).toMatchObject({ failures: 1, last: { result: 'failed' }, dueAt: clock.now() + retryMs })
    expect(log.lines).toEqual([{ level: 'error', facts: { timer: 'a', fault: 'store is not open' }, message: 'timer failed' }])
    isBroken = false
    clock.pass(retryMs)
    await table.tick()
    expect(table.list()[0]).toMatchObject({ failures: 1, last: { result: 'done' }, dueAt: clock.now() + dayMs })
  })

  test('never runs a task twice at once: who asks for it meanwhile gets the run that is going', async () => {
    const clock = fakeClock(start)
    const gate = Promise.withResolvers<number>()
    let runs = 0
    const work = () => {
      runs += 1
      return gate.promise
    }
    const table = openTable([taskOf('a', minuteMs, work)], clock)
    const first = table.runNow('a')
    const second = table.runNow('a')
    clock.pass(dayMs)
    await table.tick()
    expect(table.list()[0]).toMatchObject({ last: { result: 'running' } })
    gate.resolve(3)
    expect(await first).toMatchObject({ changed: 3 })
    expect(await second).toEqual(await first)
    expect(runs).toBe(1)
    expect(await table.runNow('none')).toBeUndefined()
  })

  test('tries a run that the end of the process cut off again, but not at once', async () => {
    const clock = fakeClock(start)
    const states = memory()
    void openTable([taskOf('a', dayMs, () => new Promise(() => undefined))], clock, states).tick()
    expect(states.all.get('a')).toMatchObject({ result: 'running' })
    let runs = 0
    const table = openTable([taskOf('a', dayMs, async () => ++runs)], clock, states)
    await table.tick()
    expect([runs, table.list()[0]?.last?.result]).toEqual([0, 'failed'])
    clock.pass(retryMs)
    await table.tick()
    expect(runs).toBe(1)
  })

  test('stops by asking what runs to end; what is left of it is made up after the next start', async () => {
    const clock = fakeClock(start)
    const states = memory()
    const work: Task['run'] = (signal) => repeatStep(signal, async () => ({ changed: 1, isDone: false }))
    const table = openTable([taskOf('a', dayMs, work)], clock, states)
    const ticked = table.tick()
    await table.stop()
    await ticked
    expect(states.all.get('a')).toMatchObject({ result: 'failed', failedRuns: 0 }) // A stop is no fault of the task.
    clock.pass(minuteMs)
    await table.tick()
    expect(await table.runNow('a')).toBeUndefined()
    let runs = 0
    await openTable([taskOf('a', dayMs, async () => ++runs)], clock, states).tick()
    expect(runs).toBe(1)
  })

  test('remembers when a task was done last and how often it failed since, a killed run among them', async () => {
    const clock = fakeClock(start)
    const states = memory()
    let isBroken = false
    const work = async () => {
      if (isBroken) throw new Error('broken')
      return 1
    }
    const open = () => openTable([taskOf('a', hourMs, work)], clock, states)
    const doneAt = clock.now()
    await open().runNow('a')
    isBroken = true
    clock.pass(hourMs)
    const table = open()
    await table.runNow('a')
    await table.runNow('a')
    expect(open().find('a')).toMatchObject({ doneAt, failedRuns: 2 })
    void openTable([taskOf('a', hourMs, () => new Promise(() => undefined))], clock, states).runNow('a')
    expect(open().find('a')).toMatchObject({ doneAt, failedRuns: 3 })
    isBroken = false
    const mended = open()
    await mended.runNow('a')
    expect(mended.find('a')).toMatchObject({ doneAt: clock.now(), failedRuns: 0 })
    expect(mended.find('a')?.nextAt(clock.now())).toBe(clock.now() + hourMs)
    expect(mended.find('none')).toBeUndefined()
  })

  test('keeps nothing of a brief task, and lets the first run of a heavy one wait', async () => {
    const clock = fakeClock(start)
    const states = memory()
    const begun: string[] = []
    const note = (name: string) => async () => begun.push(name)
    const tasks: readonly Task[] = [
      { ...taskOf('brief', 250, note('brief')), isBrief: true },
      { ...taskOf('heavy', dayMs, note('heavy')), firstAfterMs: 10 * minuteMs },
    ]
    const table = openTable(tasks, clock, states)
    await table.tick()
    clock.pass(250)
    await table.tick()
    expect([begun, [...states.all.keys()]]).toEqual([['brief', 'brief'], []])
    clock.pass(10 * minuteMs)
    await table.tick()
    expect([begun.at(-1), [...states.all.keys()]]).toEqual(['heavy', ['heavy']])
  })

  test('a clock that is set back delays no task by more than its period', async () => {
    const clock = fakeClock('2038-01-01')
    const states = memory()
    let runs = 0
    const open = () => openTable([taskOf('a', hourMs, async () => ++runs)], clock, states)
    const table = open()
    await table.tick()
    clock.set(new Date(start).getTime())
    await table.tick()
    expect([runs, open().list()[0]?.dueAt]).toEqual([1, clock.now() + hourMs])
    clock.pass(hourMs)
    await table.tick()
    expect(runs).toBe(2)
  })

  test('a state that cannot be written is logged and followed all the same', async () => {
    const clock = fakeClock(start)
    const log = listeningLog()
    const full: TaskStates = {
      find: () => undefined,
      put: () => {
        throw new Error('database or disk is full')
      },
    }
    let runs = 0
    const table = openTable([taskOf('a', hourMs, async () => ++runs)], clock, full, log)
    await table.tick()
    await table.tick()
    expect(runs).toBe(1)
    expect(log.lines[0]).toMatchObject({ level: 'error', message: 'timer state cannot be written' })
  })
})

test('repeated steps add up what they changed', async () => {
  const steps = [5, 5, 2]
  const step = async () => {
    const changed = steps.shift() ?? 0
    return { changed, isDone: steps.length === 0 }
  }
  expect(await repeatStep(new AbortController().signal, step)).toBe(12)
})

/** What may happen to a service in a year, each at the end of some time. */
const happening = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: minuteMs, max: 3 * dayMs }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('off' as const), ms: fc.integer({ min: minuteMs, max: 40 * dayMs }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('kill' as const), ms: fc.integer({ min: 0, max: dayMs }) }) },
  // Daylight saving moves no clock that counts from 1970; an hour back and forth is what a wrongly set one would do.
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('jump' as const), ms: fc.constantFrom(-hourMs, hourMs, -30 * dayMs, 30 * dayMs) }),
  },
)

/** Ticks are as far apart, so that a year is soon over. */
const tickMs = 20 * minuteMs
const yearMs = 365 * dayMs
const periods = [hourMs, 6 * hourMs, dayMs, 7 * dayMs]

test('through a year of restarts, kills, faults and clocks that jump no task is forgotten, doubled or run too often', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 60 }), fc.infiniteStream(fc.nat(9)), async (happenings, luck) => {
      const year = new Year(luck)
      for (const { kind, ms } of happenings) {
        if (year.elapsed > yearMs) break
        if (kind === 'pass') await year.pass(ms)
        else if (kind === 'jump') year.jump(ms)
        else year.restart(ms, kind === 'kill')
      }
      await year.pass(8 * dayMs)
      expect(year.faults).toEqual([])
    }),
    { numRuns: 40 },
  )
})

/** A service in a year that has two clocks: the one on the wall, which may be set, and the time that really went by. */
class Year {
  readonly faults: string[] = []
  elapsed = 0
  readonly #clock = fakeClock(start)
  readonly #states = memory()
  readonly #luck: Iterator<number>
  readonly #going = new Set<string>()
  /** When each task began last, by the time that really went by. */
  readonly #began = new Map<string, number>()
  /** From when on a task must run within its period: the last start of a process, or its last run. */
  #upSince = 0
  #jumpedAt = 0
  #table: Timetable

  constructor(luck: Iterator<number>) {
    this.#luck = luck
    this.#table = this.#open()
  }

  async pass(ms: number): Promise<void> {
    for (const end = this.elapsed + ms; this.elapsed < end; ) {
      await this.#table.tick()
      this.#checkNoneForgotten()
      this.#clock.pass(tickMs)
      this.elapsed += tickMs
    }
  }

  jump(ms: number): void {
    this.#clock.pass(ms)
    this.#jumpedAt = this.elapsed
  }

  /** The process ends, and another one starts after `ms`; a kill may come in the middle of a run. */
  restart(ms: number, isKill: boolean): void {
    if (isKill) for (const name of this.#states.all.keys()) if (this.#draw() < 5) this.#cutOff(name)
    this.#going.clear()
    this.#clock.pass(ms)
    this.elapsed += ms
    this.#upSince = this.elapsed
    this.#table = this.#open()
  }

  #cutOff(name: string): void {
    const state = this.#states.find(name)
    if (state === undefined) return
    this.#states.put({ ...state, beganAt: this.#clock.now(), result: 'running', dueAt: this.#clock.now() })
    this.#began.set(name, Number.NEGATIVE_INFINITY)
  }

  #open(): Timetable {
    const tasks = periods.map((everyMs) => taskOf(`every ${everyMs}`, everyMs, () => this.#run(`every ${everyMs}`, everyMs)))
    return openTable(tasks, this.#clock, this.#states)
  }

  async #run(name: string, everyMs: number): Promise<number> {
    if (this.#going.has(name)) this.faults.push(`${name} ran twice at once`)
    this.#going.add(name)
    const since = this.elapsed - (this.#began.get(name) ?? Number.NEGATIVE_INFINITY)
    const isUndisturbed = (this.#began.get(name) ?? 0) > this.#jumpedAt
    if (isUndisturbed && since < everyMs) this.faults.push(`${name} ran again after ${since} ms`)
    await Promise.resolve()
    this.#going.delete(name)
    const isFault = this.#draw() === 0
    this.#began.set(name, isFault ? Number.NEGATIVE_INFINITY : this.elapsed)
    if (isFault) throw new Error('fault')
    return 1
  }

  /** While the process runs, whatever happened before, no task waits for longer than its period. */
  #checkNoneForgotten(): void {
    for (const { name, everyMs, dueAt } of this.#table.list()) {
      const left = dueAt - this.#clock.now()
      if (left <= 0 || left > everyMs) this.faults.push(`${name} is due in ${left} ms, ${this.elapsed - this.#upSince} ms after a start`)
    }
  }

  #draw(): number {
    return this.#luck.next().value ?? 0
  }
}
