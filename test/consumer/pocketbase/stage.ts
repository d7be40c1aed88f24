import { randomUUID } from 'node:crypto'
import { systemClock } from '../../../src/base/clock.ts'
import { type Log, silentLog } from '../../../src/base/log.ts'
import { defaultTenant } from '../../../src/base/tenant.ts'
import { createPocketBaseClient, type PocketBaseAccess, type PocketBaseClient } from '../../../src/consumer/pocketbase/client.ts'
import { Mirror } from '../../../src/consumer/pocketbase/mirror.ts'
import type { PrepareWire } from '../../../src/consumer/pocketbase/record.ts'
import { setupPocketBase } from '../../../src/consumer/pocketbase/setup.ts'
import { runKeyOf } from '../../../src/event/identity.ts'
import type { InstallEvent } from '../../../src/event/install.ts'
import { join, lift } from '../../../src/event/merge.ts'
import { readWireObject } from '../../../src/event/wire.ts'
import { prepareInstall } from '../../../src/ingest/prepare.ts'
import type { StoreWriter } from '../../../src/store/port.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { account, type PocketBasePart, superuser } from '../../part/pocketbase.ts'
import { temporaryFolder } from '../../store/folder.ts'
import { until } from '../../wait.ts'

export const authCollection = 'telemetry_service'
const drainMs = 40_000

/** The door as the service has it, so that fields of an earlier service are normalized and cloaked. */
export const prepare: PrepareWire = (fields) => {
  const wire = readWireObject(fields)
  const policy = { repoOwners: ['community-scripts'], idSecret: new Uint8Array(32), retentionMs: 0, bodyBytesMax: 0 }
  return wire.ok ? prepareInstall(wire.value, policy) : undefined
}

/** A report as ingest leaves it. */
export function report(fields: Partial<InstallEvent> = {}): InstallEvent {
  const executionId = fields.executionId ?? randomUUID().replace(/^(.{19})./, '$18')
  return { randomId: executionId, executionId, type: 'lxc', nsapp: 'docker', status: 'installing', ...fields }
}

export function accessTo(url: string, timeoutMs = 20_000): PocketBaseAccess {
  return { url, authCollection, ...account, timeoutMs }
}

/** Brings a collection into shape and gives its name. */
export async function setUp(pocketbase: PocketBasePart, targetCollection: string): Promise<string> {
  const result = await setupPocketBase({
    access: accessTo(pocketbase.url),
    targetCollection,
    superuser,
    clock: systemClock,
    log: silentLog,
  })
  if (!result.ok) throw new Error(result.fault.message)
  return targetCollection
}

export type StageOptions = {
  readonly pocketbase: PocketBasePart
  readonly collection: string
  /** Where the mirror finds PocketBase, when not directly. */
  readonly url?: string
  readonly timeoutMs?: number
  readonly instance?: string
  readonly log?: Log
  /** A store file of an earlier stage, kept by its owner. */
  readonly storePath?: string
  /** What the mirror sees instead of the store. */
  readonly disturb?: (store: StoreWriter) => StoreWriter
}

/** A store and its mirror, without a consumer: what a consumer would write is reported by hand. */
export class Stage {
  readonly store: StoreWriter
  readonly client: PocketBaseClient
  readonly mirror: Mirror
  readonly #options: StageOptions
  readonly #folder = temporaryFolder()
  #seq = 0

  constructor(options: StageOptions) {
    const { pocketbase, collection, url = pocketbase.url, instance = 'instance-a', log = silentLog } = options
    this.#options = options
    this.store = openStoreWriter(options.storePath ?? this.#folder.file('store.db'))
    if (this.store.fact('instance') === undefined) this.store.setFact('instance', instance)
    this.client = createPocketBaseClient(accessTo(url, options.timeoutMs), systemClock, log)
    const place = { url: pocketbase.url, collection }
    this.mirror = new Mirror({
      store: options.disturb?.(this.store) ?? this.store,
      client: this.client,
      place,
      prepare,
      clock: systemClock,
      log,
      random: () => 0,
      newId: () => 'unnamed',
    })
  }

  /** Merges reports into the store as the consumer does. */
  report(reports: readonly InstallEvent[], at = 1_767_225_600_000, tenant = defaultTenant): void {
    for (const install of reports) {
      const { key } = runKeyOf(install)
      const [before] = this.store.load([{ tenant, key }])
      const state = lift({ kind: 'install', install, repairs: [], rules: [] }, at)
      const delta = before === undefined ? { tenant, key, after: state } : { tenant, key, before, after: join(before.state, state) }
      this.store.apply('install', ++this.#seq, [delta])
    }
    this.mirror.wake()
  }

  /** What the store has of these runs. */
  states(reports: readonly InstallEvent[]) {
    return this.store.load(reports.map((install) => ({ tenant: defaultTenant, key: runKeyOf(install).key }))).map(({ state }) => state)
  }

  remove(reports: readonly InstallEvent[]): void {
    this.store.remove(reports.map((install) => ({ tenant: defaultTenant, key: runKeyOf(install).key })))
    this.mirror.wake()
  }

  /** Waits until PocketBase has every change, or the given condition holds. */
  async drained(condition: () => boolean = () => this.mirror.status().state === 'ok' && this.mirror.status().lag === 0): Promise<void> {
    await until(
      () => {
        this.mirror.wake()
        return condition()
      },
      `the mirror drains ${JSON.stringify(this.mirror.status())}`,
      drainMs,
    )
  }

  records(): Promise<readonly Record<string, unknown>[]> {
    return this.#options.pocketbase.records(this.#options.collection)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.mirror.stop()
    this.store.close()
    this.#folder[Symbol.dispose]()
  }
}
