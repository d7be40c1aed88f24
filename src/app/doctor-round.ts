import { systemClock } from '../base/clock.ts'
import type { Settings } from '../config.ts'
import type { SystemTimer } from '../http/page/system-state.ts'
import { formatMinute } from '../page/format.ts'
import type { PartView } from '../page/system/system-view.ts'
import type { Task } from '../timer/timetable.ts'
import { examineOutside } from './doctor.ts'

/** What lay outside when it was looked at last, for a page that never waits for the network. */
export type OutsideLook = { readonly at: number; readonly findings: readonly PartView[] }

const everyMs = 3_600_000
/** A start is busy enough. */
const firstAfterMs = 60_000

/** Looks at PocketBase, mail server, webhook and GitHub by the clock, as `doctor` does; sends no message and keeps the last look in memory. */
export function createDoctorRound(
  settings: Settings,
  look = () => examineOutside(settings),
): { readonly task: Task; last(): OutsideLook | undefined } {
  let last: OutsideLook | undefined
  const run = async () => {
    const findings = await look()
    last = { at: systemClock.now(), findings }
    return 0
  }
  const purpose = 'looks whether PocketBase, mail server, webhook and GitHub answer, as doctor does'
  return { task: { name: 'doctor', purpose, everyMs, firstAfterMs, isBrief: true, run }, last: () => last }
}

/** What `doctor` says of files and sums by reading all of them, as the timers found it that do the same. */
export function findingsOfTimers(timers: readonly Pick<SystemTimer, 'name' | 'last'>[]): readonly PartView[] {
  return Object.entries(watched).map(([timer, { name, good, bad, todo }]) => {
    const last = timers.find((one) => one.name === timer)?.last
    if (last === undefined) return { name, state: 'off', text: 'not looked at yet: the first look comes ten minutes after the first start' }
    if (last.result === 'running') return { name, state: 'off', text: 'is being looked at' }
    const at = `${formatMinute(last.beganAt)} UTC`
    return last.result === 'done'
      ? { name, state: 'good', text: `${good} at ${at}` }
      : { name, state: 'bad', text: `${bad} at ${at}`, todo }
  })
}

const watched = {
  integrity: {
    ...{ name: 'integrity', good: 'every database was whole', bad: 'a database was damaged, or could not be read,' },
    todo: 'telemetry-service doctor names the file and what to do.',
  },
  sums: {
    ...{ name: 'roll-ups and column segments', good: 'agreed with all runs', bad: 'did not agree with all runs, or could not be read,' },
    todo: 'telemetry-service doctor says which, doctor rollups and doctor segments name the numbers.',
  },
} as const
