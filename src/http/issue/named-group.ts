import { dayOf } from '../../base/clock.ts'
import { fingerprintOf } from '../../event/fingerprint.ts'
import { answered } from '../question/analyst.ts'
import type { IssueParts } from './open-issue.ts'

/** What a client says of the error that it wants an issue for. */
export type NamedError = {
  readonly fingerprint?: string
  readonly app_name?: string
  readonly exit_code?: number
  readonly error_text?: string
}

/** Groups looked through for the one that is meant. */
const candidatesMax = 50
/** The days in which such a run is looked for: the longest period of the page that knew of no fingerprints. */
const days = 90

/** The newest runs of the script that are looked at for the one whose text was sent. */
const runsMax = 100

/**
 * The fingerprint of the group that is meant. Clients of the earlier service know of none: what they read in `/api/errors` is the text of a run or the name
 * of a group. Without a text it is the commonest error of the script. Undefined when there is none.
 */
export async function findNamedGroup(named: NamedError, tenant: string, now: number, { reader }: IssueParts): Promise<string | undefined> {
  const { fingerprint, app_name: script, exit_code: exitCode, error_text: error = '' } = named
  if (fingerprint !== undefined) return fingerprint
  const ofRun = await findGroupOfRun(named, tenant, reader)
  if (ofRun !== undefined) return ofRun
  if (error !== '') {
    const ofText = fingerprintOf({ error, ...(exitCode !== undefined && { exitCode }) })
    if ((await answered(reader.errorGroups(tenant, [ofText]))).length > 0) return ofText
  }
  if (script === undefined || script === '') return undefined
  const filter = { script, ...(exitCode !== undefined && { exit_code: String(exitCode) }) }
  const range = { fromDay: dayOf(now) - days + 1, toDay: dayOf(now) }
  const { by } = await answered(reader.analyse({ tenant, filter, range, by: { error: candidatesMax } }))
  const fingerprints = (by.error?.groups ?? []).map(({ value }) => value)
  const facts = await answered(reader.errorGroups(tenant, fingerprints))
  return facts.find(({ title }) => error === '' || title === error)?.fingerprint
}

/** The group of the newest run of the script that ended with this text: its log may tell it apart from others with the same one. */
async function findGroupOfRun(
  { app_name: script = '', error_text: error = '' }: NamedError,
  tenant: string,
  reader: IssueParts['reader'],
): Promise<string | undefined> {
  if (script === '' || error === '') return undefined
  const { runs } = await answered(reader.runList({ tenant, filter: { script, status: 'failed' }, limit: runsMax }))
  const run = runs.find(({ reading }) => reading.error === error)
  return run && (await answered(reader.record(run)))?.fingerprint
}
