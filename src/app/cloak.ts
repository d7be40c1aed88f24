import type { Access } from '../access/access.ts'
import { systemClock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Settings } from '../config.ts'
import type { CloakParts } from '../http/cloak/cloak-routes.ts'
import { CloakThread } from '../http/cloak/cloak-thread.ts'
import { createCloakGate } from '../http/cloak/gate.ts'
import { createCloakTallies } from '../http/cloak/tally.ts'
import { createTextLimit } from '../http/cloak/text-limit.ts'
import { randomBytes } from './folder.ts'

/** What the cloak API is made of, but the reader of bodies that all routes share. */
export type CloakPlace = Omit<CloakParts, 'bodies'> & { close(): void }

/** Ties the cloak API to settings and keys. Its thread starts with the first text. */
export function openCloak(settings: Settings, access: Access, log: Log): CloakPlace {
  const seed = () => Buffer.from(randomBytes(8)).readBigUInt64LE()
  const thread = new CloakThread({
    settings: {
      defaults: { threshold: settings.piicloakScoreThreshold, mode: settings.piicloakDefaultMode },
      pseudonymKey: access.pseudonymSecret,
    },
    onDeath: (fault) => log.error({ fault: fault.message }, 'cloaking thread died'),
  })
  return {
    gate: createCloakGate({
      ...access,
      limit: createTextLimit(settings.piicloakRateLimit, seed),
      clock: systemClock,
      isOpen: settings.cloakAccess === 'open',
      apiKey: settings.piicloakApiKey,
    }),
    thread,
    bodyBytesMax: settings.cloakMaxBodyBytes,
    corsOrigins: settings.piicloakCorsOrigins,
    tallies: createCloakTallies(),
    makeId: () => Buffer.from(randomBytes(16)).toString('hex'),
    close: () => thread.close(),
  }
}
