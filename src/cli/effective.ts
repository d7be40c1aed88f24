import type { Settings } from '../config.ts'
import type { Finding, Superuser } from './context.ts'
import { findRunningDesk } from './desk.ts'

/** The settings that count for a folder, whose they are, and the service's own look at what lies outside. */
export type Effective = {
  readonly settings: Settings
  readonly finding: Finding
  /** Absent where no service was asked: the command looks itself. */
  readonly outside?: (superuser?: Superuser) => Promise<readonly Finding[]>
}

const name = 'settings'

/** Asks the service that runs on the folder, for its environment is seldom that of the command; without one the command's own count. */
export async function findEffective(own: Settings): Promise<Effective> {
  try {
    const running = await findRunningDesk(own)
    if (running === undefined) return { settings: own, finding: { name, state: 'good', text: ownWords(own) } }
    // The path of the folder is the command's: the service may see it by another.
    const settings = { ...((await running.readSettings()) as Settings), dataDir: own.dataDir }
    return { settings, finding: { name, state: 'good', text: servedWords }, outside: (superuser) => running.examineOutside(superuser) }
  } catch (cause) {
    const text = `are those of this command: ${cause instanceof Error ? cause.message : 'the running service was not asked'}`
    return { settings: own, finding: { name, state: 'odd', text, todo: 'Run this as the user of the service, and of its version.' } }
  }
}

/** Whose settings a command went by, where a service was asked. */
export const servedWords = 'are those of the running service'

/** Whose settings a command went by, where there is no service to ask. */
export function ownWords({ dataDir }: Settings): string {
  return `are those of this command: no service runs on ${dataDir}`
}
