import type { Access } from '../access/access.ts'
import type { Backups } from '../archive/backups.ts'
import { Erasures } from '../archive/erasures.ts'
import { Caller } from '../base/call.ts'
import { systemClock } from '../base/clock.ts'
import type { Settings } from '../config.ts'
import type { Back } from './back.ts'
import type { EraseHandlers } from './erase-worker.ts'
import { pathsOf } from './folder.ts'

export type ErasuresOptions = { readonly settings: Settings; readonly access: Access; readonly back: Back; readonly backups: Backups }

/** The erasures of a service that serves: in a thread that has the store while the consumer's has let go of it, and no backup is made. */
export function openErasures({ settings, access, back, backups }: ErasuresOptions): Erasures {
  const { idSecret: secret, erasures: book } = access
  const isMirrored = settings.pbUrl !== undefined
  const isCaughtUp = () => !isMirrored || (back.mirror()?.isConnected === true && back.mirror()?.lag === 0)
  return new Erasures({
    ...{ book, secret, clock: systemClock, folder: settings.dataDir, isMirrored: isCaughtUp },
    erase: (erasures) =>
      backups.alone(() =>
        back.whileStopped(async () => {
          const thread = new Caller<EraseHandlers>({ path: 'app/erase-worker' })
          try {
            return await thread.call('erase', { ...pathsOf(settings), erasures, secret, isMirrored })
          } finally {
            thread.terminate()
          }
        }),
      ),
  })
}
