import { assert } from './assert.ts'

/** The first moment after `after` that five cron fields name, in UTC. */
export function nextMoment(fields: string, after: number): number {
  const next = findMoment(fields, after)
  assert(next !== undefined, 'a schedule that was taken has a next moment')
  return next
}

/** How long it is from the next moment to the one behind it. */
export function periodOf(fields: string, after: number): number {
  const next = nextMoment(fields, after)
  return nextMoment(fields, next) - next
}

/** Whether a text is five cron fields that name some moment. `@daily` and names of months are not taken, nor a 31st of February. */
export function isCron(fields: string): boolean {
  return /^[\d*/,\- ]+$/.test(fields) && fields.split(' ').length === cronFields && findMoment(fields, 0) !== undefined
}

const cronFields = 5

function findMoment(fields: string, after: number): number | undefined {
  try {
    return Bun.cron.parse(fields, after, { tz: 'UTC' })?.getTime()
  } catch {
    return undefined
  }
}
