import { accessSync, appendFileSync, constants, mkdirSync, readdirSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { type Clock, dayMs } from './clock.ts'
import { faultCode } from './fault-code.ts'
import type { LinePlace } from './log-output.ts'

/** `telemetry-2026-03-02.log`: the lines of one day, UTC. */
const namePattern = /^telemetry-(\d{4}-\d{2}-\d{2})\.log$/
const ownerOnly = 0o600

/** Files that lines are appended to, one a day. Throws where the folder cannot be made or written to. */
export function openLogFiles(folder: string, clock: Clock): LinePlace {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  accessSync(folder, constants.W_OK | constants.X_OK)
  return {
    name: 'file',
    put: (text) => {
      const day = new Date(clock.now()).toISOString().slice(0, 10)
      append(folder, `telemetry-${day}.log`, text)
      return undefined
    },
  }
}

function append(folder: string, name: string, text: string): void {
  const path = join(folder, name)
  try {
    appendFileSync(path, text, { mode: ownerOnly })
  } catch (fault) {
    if (faultCode(fault) !== 'ENOENT') throw fault
    mkdirSync(folder, { recursive: true, mode: 0o700 }) // Whoever tidied it away wants the next lines all the same.
    appendFileSync(path, text, { mode: ownerOnly })
  }
}

/** Removes the files of days that ended before the moment, and no file of anybody else. Gives their number. */
export function removeLogFiles(folder: string, before: number): number {
  const old = readdirSync(folder).filter((name) => {
    const day = namePattern.exec(name)?.[1]
    return day !== undefined && Date.parse(day) + dayMs <= before
  })
  for (const name of old) unlinkSync(join(folder, name))
  return old.length
}
