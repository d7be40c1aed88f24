import { join } from 'node:path'
import fc from 'fast-check'
import { openAudit } from '../../src/access/audit.ts'
import { openAccessDatabase } from '../../src/access/database.ts'
import { openErasureBook } from '../../src/access/erasure.ts'
import { openKeyRing } from '../../src/access/key.ts'
import { createPasswordKeeper } from '../../src/access/password.ts'
import { openSetup, removeSetupFile } from '../../src/access/setup.ts'
import { openUsers } from '../../src/access/user.ts'
import { checkRollups, checkSegments, listBackups, restoreFromBackup, verifyBackup } from '../../src/app/command.ts'
import { lookAtStore } from '../../src/app/compare.ts'
import { examine, examineOutside } from '../../src/app/doctor.ts'
import { lookAtErased } from '../../src/app/erased.ts'
import { exportFolder, faultOfAct, faultOfFilter } from '../../src/app/export.ts'
import { folderImportOf } from '../../src/app/import.ts'
import { publishFolder } from '../../src/app/publish.ts'
import { writeAudit } from '../../src/archive/audit-row.ts'
import { Backups } from '../../src/archive/backups.ts'
import { writeExport } from '../../src/archive/export.ts'
import { lockFolder } from '../../src/base/lock.ts'
import { ok } from '../../src/base/result.ts'
import type { Context, Service } from '../../src/cli/context.ts'
import type { Environment } from '../../src/config.ts'
import type { Desk } from '../../src/http/control/control.ts'
import { createDesk } from '../../src/http/control/desk.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { sampleAlertDesk } from '../alert/sample-desk.ts'
import { runState } from '../event/run-arbitrary.ts'
import { fakeClock } from '../fake-clock.ts'

const clock = fakeClock('2026-06-15T12:00:00Z')

/** A desk over the real keys and the real store of a folder. */
export function openSampleDesk(
  folder: string,
): Desk & AsyncDisposable & { close(): void; countUsableKeys(keys: readonly string[]): number; parkRun(reason: string): void } {
  const database = openAccessDatabase(join(folder, 'access.db'))
  const access = openSampleAccess(database, folder)
  const ring = access.keyRing
  const storePath = join(folder, 'store.db')
  const store = openStoreWriter(storePath)
  const source = {
    parked: async (limit: number) => store.parked(limit),
    parkedCount: async () => store.parkedCount(),
    replay: async () => store.replay(),
  }
  const backups = new Backups({ folder, whileHeld: (work) => work() })
  const imports = folderImportOf(
    { repoOwners: ['community-scripts'] },
    { idSecret: new Uint8Array(32), erasures: openErasureBook(database) },
    { storePath, letGo: () => store.close() },
  )
  return {
    ...createDesk({
      access,
      clock,
      alerts: sampleAlertDesk(database, clock),
      inspect: { readSettings: async () => ({ alertEnabled: true, smtpHost: 'mail.test' }), examineOutside: async () => [] },
      imports,
      source,
      backups,
      erasures: noErasures,
      preview: async () => undefined,
      folder,
      origin: 'https://telemetry.example.org',
    }),
    countUsableKeys: (keys) => keys.filter((key) => ring.authenticate(key, ['read', 'ingest', 'admin']).ok).length,
    parkRun: (reason) => {
      const id = { tenant: 'default', key: new Uint8Array(16).fill(7) }
      const [after] = fc.sample(runState, { numRuns: 1, seed: 7 })
      if (after === undefined) throw new Error('no sample run')
      store.apply('sample', 1, [{ ...id, after }])
      store.park([{ ...id, revision: store.revision(), reason, parkedAt: Date.UTC(2026, 0, 2) }])
    },
    close: () => {
      store.close()
      database.close()
    },
    [Symbol.asyncDispose]: () => imports[Symbol.asyncDispose](),
  }
}

function openSampleAccess(database: ReturnType<typeof openAccessDatabase>, folder: string) {
  const parts = { clock, random: (length: number) => crypto.getRandomValues(new Uint8Array(length)) } // Opened again and again, it must not repeat an id.
  const users = openUsers(database, { ...parts, passwords: createPasswordKeeper(), onAdmin: () => removeSetupFile(folder) })
  return { users, audit: openAudit(database), keyRing: openKeyRing(database, parts), setup: openSetup(database, { ...parts, users }) }
}

/** A context whose output a test can read. The service it loads opens a desk under the folder's lock and can do nothing else. */
export function sampleContext(
  env: Environment,
  input: readonly string[] = [],
): Context & { readonly out: () => string; readonly told: () => string; readonly stoodBack: () => boolean } {
  let out = ''
  let told = ''
  let stoodBack = false
  return {
    env,
    clock,
    isTerminal: false,
    printsToTerminal: false,
    asksPerson: false,
    print: (text) => {
      out += text
    },
    printAll: async (pieces) => {
      for await (const piece of pieces) out += piece
    },
    readInput: async function* () {
      yield* input.map((text) => new TextEncoder().encode(text))
    },
    tell: (text) => {
      told += text
    },
    askLine: async () => '',
    standBack: () => {
      stoodBack = true
    },
    loadService: async () => deskService,
    out: () => out,
    told: () => told,
    stoodBack: () => stoodBack,
  }
}

const noErasures = { request: async () => ok(undefined), run: async () => 0 }

const deskService: Service = {
  openDesk: async (settings) => {
    const lock = lockFolder(settings.dataDir)
    if (!lock.ok) throw new Error(lock.fault.message)
    const desk = openSampleDesk(settings.dataDir)
    return {
      ...desk,
      [Symbol.asyncDispose]: async () => {
        await desk[Symbol.asyncDispose]()
        desk.close()
        lock.value.release()
      },
    }
  },
  writeAudit,
  examine,
  examineOutside,
  startService: refuse,
  setupPocketBase: refuse,
  rebuildFromPocketBase: refuse,
  checkRollups,
  exportFolder,
  faultOfAct,
  faultOfFilter,
  lookAtErased,
  lookAtStore,
  publishFolder,
  writeExport,
  checkSegments,
  listBackups,
  verifyBackup,
  restoreFromBackup,
}

async function refuse(): Promise<never> {
  throw new Error('not part of this sample')
}
