import { type GivenAdmin, makeGivenAdmin, type OfferedSetup, offerSetup } from './access/first-admin.ts'
import { alertDeskOf, findMailCaFault, openAlertsOf } from './app/alert.ts'
import { findChannelFaults } from './app/alert-channel.ts'
import { openBack } from './app/back.ts'
import { inspectDeskOf, tellMissing } from './app/doctor.ts'
import { openErasures } from './app/erasures.ts'
import { openAccessOf, takeFolder } from './app/folder.ts'
import { openFront } from './app/front.ts'
import { importDeskOf } from './app/import.ts'
import { openTimers } from './app/timer.ts'
import { Backups } from './archive/backups.ts'
import { systemClock } from './base/clock.ts'
import { faultCode } from './base/fault-code.ts'
import { explainFullDisk } from './base/free-disk.ts'
import type { Log } from './base/log.ts'
import type { Tally } from './base/tally.ts'
import { version } from './base/version.ts'
import { type Settings, settingTexts } from './config.ts'
import { openControl } from './http/control/control.ts'
import { createDesk } from './http/control/desk.ts'

/** A service that serves. `stop` finishes what is in flight; what was acknowledged is on disk before and after. */
export type RunningService = {
  readonly url: string
  /** The link that makes the first admin; absent once there is one. */
  readonly setup?: OfferedSetup
  stop(): Promise<void>
}

/** `lostLines` are lines of the log that could not be written, by place. */
export type ServiceOptions = { readonly log: Log; readonly lostLines: Tally }

/** Takes the data folder and serves. Throws with a message for the operator when the folder, a file or the address cannot be had. */
export async function startService(settings: Settings, { log, lostLines }: ServiceOptions): Promise<RunningService> {
  const caFault = findMailCaFault(settings)
  if (caFault !== undefined) throw new Error(`SMTP_CA_FILE is ${JSON.stringify(settings.smtpCaFile)}: ${caFault}`)
  const opened = new AsyncDisposableStack() // What is opened last is closed first.
  try {
    for (const { setting, text } of findChannelFaults(settings)) log.warn({ setting }, text)
    const lock = takeFolder(settings)
    opened.defer(() => lock.release())
    tellMissing(settings, log)
    const access = openAccessOf(settings, log)
    opened.defer(() => access.close())
    await makeGivenAdmin(access.users, givenAdminOf(settings))
    access.noteStart(version, settingTexts(settings))
    const back = await openBack(settings, access, log)
    opened.defer(() => back.close())
    const alerts = openAlertsOf({ settings, access, back, log, origin: () => front.origin(), timer: (name) => timers.find(name) })
    opened.defer(() => alerts.stop())
    const backups = new Backups({ folder: settings.dataDir, whileHeld: async (work) => (await back.thread()).whileHeld(work) })
    const erasures = openErasures({ settings, access, back, backups })
    const timers = openTimers({ settings, access, back, backups, erasures, alerts, log })
    const front = openFront({ settings, access, back, timers, alerts, erasures, log, lostLines })
    opened.defer(() => front.close())
    const place = { folder: settings.dataDir, origin: front.origin() }
    const setup = offerSetup(access.setup, place, 'service') // Before anybody is answered: who waits for /healthz finds the link.

    await back.openStore() // Events are accepted from here on at the latest; those that come sooner wait in the journal.
    const control = openControl(
      lock,
      createDesk({
        access,
        clock: systemClock,
        alerts: alertDeskOf(settings, access, front.origin),
        inspect: inspectDeskOf(settings),
        imports: importDeskOf(settings, access, back),
        source: back.parkedSource,
        backups,
        erasures,
        preview: timers.preview,
        ...place,
      }),
    )
    opened.defer(() => control.stop())
    front.warmUp()
    timers.start(front.tasks)
    opened.defer(() => timers.stop())
    return { url: front.url, ...(setup !== undefined && { setup }), stop: () => opened.disposeAsync() }
  } catch (fault) {
    await opened.disposeAsync().catch((closing) => log.error({ fault: faultCode(closing) }, 'not closed in order')) // What ended the start is told.
    const full = explainFullDisk(settings.dataDir, fault)
    throw full === undefined ? fault : new Error(full)
  }
}

function givenAdminOf({ adminUser, adminPasswordFile }: Settings): GivenAdmin | undefined {
  return adminUser === undefined || adminPasswordFile === undefined ? undefined : { name: adminUser, passwordPath: adminPasswordFile }
}
