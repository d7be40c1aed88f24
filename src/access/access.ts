import { join } from 'node:path'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { type Network, readNetwork } from './address.ts'
import { type AlertFigureBook, openAlertFigureBook } from './alert-figure-book.ts'
import { type AlertMessageBook, openAlertMessageBook } from './alert-message-book.ts'
import { type AlertRuleBook, openAlertRuleBook } from './alert-rule-book.ts'
import { type Audit, openAudit } from './audit.ts'
import { type AuditSums, createAuditSums } from './audit-sums.ts'
import { type ClientAddress, createClientAddress } from './client-address.ts'
import { openAccessDatabase } from './database.ts'
import { type ErasureBook, openErasureBook } from './erasure.ts'
import { type ErrorHeirs, openErrorHeirs } from './error-heir.ts'
import { type ErrorIssues, openErrorIssues } from './error-issue.ts'
import { type ErrorStates, openErrorStates } from './error-state.ts'
import { type KeyRing, openKeyRing } from './key.ts'
import type { RandomBytes } from './key-text.ts'
import { createPasswordKeeper } from './password.ts'
import { openRateFile, type RateFile } from './rate-file.ts'
import { createRateLimit, type RateLimit } from './rate-limit.ts'
import { keepSecret } from './secret.ts'
import { openSessions, type Sessions } from './session.ts'
import { recordSettings } from './setting-record.ts'
import { openSetup, removeSetupFile, type Setup } from './setup.ts'
import { createSignIn, type SignIn } from './sign-in.ts'
import { openTimerStates, type TimerStates } from './timer-state.ts'
import { openUsers, type Users } from './user.ts'

export type AccessOptions = {
  readonly folder: string
  readonly rpm: number
  readonly burst: number
  /** Events a minute of one ingest key, 0 for no limit. */
  readonly keyRpm: number
  /** CIDR texts that were checked before. */
  readonly trustedProxies: readonly string[]
  readonly keyHeader?: string
  readonly clock: Clock
  readonly random: RandomBytes
  readonly log: Log
}

/** All of this room, opened: who may come in and how often. */
export type Access = {
  readonly keyRing: KeyRing
  readonly users: Users
  readonly sessions: Sessions
  readonly setup: Setup
  readonly signIn: SignIn
  readonly audit: Audit
  readonly auditSums: AuditSums
  readonly errorStates: ErrorStates
  readonly errorIssues: ErrorIssues
  readonly errorHeirs: ErrorHeirs
  readonly erasures: ErasureBook
  readonly timerStates: TimerStates
  readonly alertRules: AlertRuleBook
  readonly alertMessages: AlertMessageBook
  readonly alertFigures: AlertFigureBook
  readonly idSecret: Uint8Array
  /** What pseudonyms of cloaked texts are made with. */
  readonly pseudonymSecret: Uint8Array
  readonly addressLimit: RateLimit
  readonly keyLimit: RateLimit
  readonly clientAddress: ClientAddress
  readonly rateFile: RateFile
  /** Notes a start, and which settings are others than at the start before. */
  noteStart(version: string, settings: Readonly<Record<string, string>>): void
  close(): void
}

/** Opens `access.db` and `rate.db` in the folder. Throws when the keys cannot be read; limits are never a reason not to start. */
export function openAccess(options: AccessOptions): Access {
  const { folder, clock, random, log } = options
  const database = openAccessDatabase(join(folder, 'access.db'))
  const keyRing = openKeyRing(database, { clock, random })
  const users = openUsers(database, { clock, random, passwords: createPasswordKeeper(), onAdmin: () => removeSetupFile(folder) })
  const sessions = openSessions(database, { clock, random })
  const setup = openSetup(database, { clock, random, users })
  const audit = openAudit(database)
  const auditSums = createAuditSums(audit, clock)
  const noteRefused = (subject: string) => auditSums.note('sign_in_refuse', subject)
  const signIn = createSignIn({ users, keyRing, sessions, clock, seed: () => randomSeed(random), noteRefused })
  const idSecret = keepSecret(database, 'run_id', { clock, random })
  const addressLimit = createRateLimit({ rpm: options.rpm, burst: options.burst, seed: () => randomSeed(random) })
  const keyLimit = createRateLimit({ rpm: options.keyRpm, burst: Math.max(1, options.keyRpm), seed: () => randomSeed(random) })
  const rateFile = openRateFile({ path: join(folder, 'rate.db'), limits: { address: addressLimit, key: keyLimit }, clock, log })
  const clientAddress = createClientAddress({
    trusted: options.trustedProxies.map(trustedNetwork),
    ...(options.keyHeader !== undefined && { keyHeader: options.keyHeader }),
    reportUnlistedProxy: (network) => {
      audit.add({ at: clock.now(), actor: 'service', act: 'proxy_unlisted', subject: network }) // A whole range, never an address.
      log.warn(
        { network, setting: 'TRUSTED_PROXIES_CIDR' },
        'a proxy is not trusted: all clients behind it share one limit until its network is listed',
      )
    },
  })

  function noteStart(version: string, settings: Readonly<Record<string, string>>): void {
    audit.add({ at: clock.now(), actor: 'service', act: 'service_start', subject: version })
    recordSettings(database, settings, { clock, secret: keepSecret(database, 'setting', { clock, random }) })
  }

  function close(): void {
    auditSums.flush()
    signIn.stop()
    rateFile.close()
    keyRing.saveUse()
    sessions.save()
    database.close()
  }

  return {
    keyRing,
    users,
    sessions,
    setup,
    signIn,
    audit,
    auditSums,
    noteStart,
    errorStates: openErrorStates(database, { clock }),
    errorIssues: openErrorIssues(database, { clock, secret: keepSecret(database, 'issue', { clock, random }) }),
    errorHeirs: openErrorHeirs(database, { clock }),
    erasures: openErasureBook(database),
    timerStates: openTimerStates(database),
    alertRules: openAlertRuleBook(database, { clock }),
    alertMessages: openAlertMessageBook(database),
    alertFigures: openAlertFigureBook(database),
    idSecret,
    pseudonymSecret: keepSecret(database, 'pseudonym', { clock, random }),
    addressLimit,
    keyLimit,
    clientAddress,
    rateFile,
    close,
  }
}

function trustedNetwork(text: string): Network {
  const network = readNetwork(text)
  if (!network.ok) throw new Error(`TRUSTED_PROXIES_CIDR: ${network.fault}`)
  return network.value
}

function randomSeed(random: RandomBytes): bigint {
  return Buffer.from(random(8)).readBigUInt64LE()
}
