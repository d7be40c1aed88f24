import type { Access } from './access/access.ts'
import { type Back, openBack } from './app-back.ts'
import { openAccessOf, takeFolder } from './app-folder.ts'
import { dayMs, dayOf, systemClock } from './base/clock.ts'
import type { Log } from './base/log.ts'
import { createTally } from './base/tally.ts'
import type { Settings } from './config.ts'
import { createBodyReader } from './http/body.ts'
import { openControl } from './http/control.ts'
import { createDesk } from './http/desk.ts'
import { createGate } from './http/gate.ts'
import { type Condition, healthRoute } from './http/health.ts'
import { homeRoute } from './http/home.ts'
import { createServiceMetrics, type Gauges, metricsRoute, openMetricsRoute } from './http/metrics.ts'
import { recordsRoutes } from './http/records.ts'
import { createRefusalLog } from './http/refusal-log.ts'
import { assetRoutes, listen, type Route } from './http/server.ts'
import { telemetryRoutes } from './http/telemetry.ts'
import type { IngestPolicy } from './ingest/door.ts'
import { Ingest } from './ingest/ingest.ts'
import { PrepareThread } from './ingest/prepare-thread.ts'
import { startTimers } from './timer/schedule.ts'

/** A service that serves. `stop` finishes what is in flight; what was acknowledged is on disk before and after. */
export type RunningService = { readonly url: string; stop(): Promise<void> }

const rateSliceMs = 250
const keyUseMs = 60_000

/** Takes the data folder and serves. Throws with a message for the operator when the folder, a file or the address cannot be had. */
export async function startService(settings: Settings, { log }: { readonly log: Log }): Promise<RunningService> {
  const opened = new AsyncDisposableStack() // What is opened last is closed first.
  try {
    const lock = takeFolder(settings)
    opened.defer(() => lock.release())
    const access = openAccessOf(settings, log)
    opened.defer(() => access.close())
    const back = await openBack(settings, access, log)
    opened.defer(() => back.close())
    const front = openFront({ settings, access, back, log })
    opened.defer(() => front.close())

    await back.openStore() // Events are accepted from here on at the latest; those that come sooner wait in the journal.
    const control = openControl(lock, createDesk(access.keyRing, back.parkedSource))
    opened.defer(() => control.stop())
    return { url: front.url, stop: () => opened.disposeAsync() }
  } catch (fault) {
    await opened.disposeAsync()
    throw fault
  }
}

type FrontOptions = { readonly settings: Settings; readonly access: Access; readonly back: Back; readonly log: Log }

/** What faces the network: routes, their counts and the timers that serve them. */
function openFront({ settings, access, back, log }: FrontOptions) {
  const tallies = {
    accepted: createTally(),
    repaired: createTally(),
    cloaked: createTally(),
    unknownKeys: createTally(),
    refused: createTally(),
  }
  const { metrics, observeIngest, observeCommit, observeRequest } = createServiceMetrics(tallies, gaugesOf(back))
  const refusals = createRefusalLog(log, 'validation refused')
  const bursts = createRefusalLog(log, 'rate limited')
  const bodies = createBodyReader(settings.bodyTimeoutMs)
  const policy = policyOf(settings, access)
  const thread = new PrepareThread({ policy, onDeath: (fault) => log.error({ fault: fault.message }, 'preparing thread died') })
  const intake = new Ingest({ journal: back.journal, thread, policy, clock: systemClock, tallies, observeCommit })
  const { keyRing } = access
  let origin = settings.publicUrl ?? ''
  const routes: readonly Route[] = [
    ...telemetryRoutes({
      intake,
      policy,
      gate: createGate({ ...access, isKeyRequired: settings.ingestAccess === 'key', clock: systemClock }),
      bodies,
      bodyBytesMax: settings.maxBodyBytes,
      batchBytesMax: settings.maxBatchBytes,
      refused: tallies.refused,
      refusals,
      bursts,
      observeSeconds: observeIngest,
    }),
    ...recordsRoutes({
      reader: back.reader,
      keyRing,
      clock: systemClock,
      idSecret: access.idSecret,
      mirroredRevision: () => back.mirror()?.cursor,
    }),
    homeRoute({
      keyRing,
      reader: back.reader,
      clock: systemClock,
      origin: () => origin,
      isKeyRequired: settings.ingestAccess === 'key',
      startedAt: systemClock.now(),
      eventsSinceStart: () => tallies.accepted.total(),
    }),
    healthRoute(() => conditionOf(settings, back), systemClock),
    metricsRoute(metrics, keyRing),
    ...assetRoutes,
  ]
  const server = listen({ address: settings.listenAddr, routes, log, logsRequests: settings.enableRequestLogging, observeRequest })
  origin ||= urlOf(settings, server.port)
  const metricsServer =
    settings.metricsAddr === undefined
      ? undefined
      : listen({ address: settings.metricsAddr, routes: [openMetricsRoute(metrics)], log, logsRequests: false })
  const timers = startTimers(
    [
      { name: 'rate-slots', everyMs: rateSliceMs, run: () => access.rateFile.writeSlice() },
      { name: 'key-use', everyMs: keyUseMs, run: () => keyRing.saveUse() },
    ],
    log,
  )

  async function close(): Promise<void> {
    timers.stop()
    await Promise.all([server.stop(), metricsServer?.stop()])
    bodies.stop()
    thread.close()
    refusals.stop()
    bursts.stop()
  }

  return { url: urlOf(settings, server.port), close }
}

/** Where the service is reached from its own machine: an address that stands for every interface is none to call. */
function urlOf({ listenAddr }: Settings, port: number): string {
  const given = listenAddr.host ?? '0.0.0.0'
  const host = given === '0.0.0.0' || given === '::' ? 'localhost' : given
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function policyOf(settings: Settings, access: Access): IngestPolicy {
  return {
    repoOwners: settings.repoOwners,
    idSecret: access.idSecret,
    retentionMs: settings.retentionDays * dayMs,
  }
}

async function conditionOf(settings: Settings, back: Back): Promise<Condition> {
  const before = back.journal.status()
  const journal = before.refusedBy === undefined ? before : await back.journal.probe()
  const store = back.status()
  const mirror = back.mirror()
  return {
    ingestRefusedBy: journal.refusedBy,
    storeHeldUpBy: store === undefined ? 'starting' : store.heldUpBy,
    pocketbase: settings.pbUrl === undefined ? 'off' : mirror?.isConnected ? 'connected' : 'disconnected',
    parked: store?.parked ?? 0,
  }
}

/** Counted from the journal's own last entry: the consumer learns of new ones a moment later. */
function lagOf({ status, journal }: Back): number | undefined {
  const cursor = status()?.cursor
  return cursor === undefined ? undefined : Math.max(0, journal.status().last - cursor)
}

function gaugesOf(back: Back): Gauges {
  return {
    journalBytes: () => back.journal.status().liveBytes,
    storeLagEvents: () => lagOf(back),
    storeFaults: () => back.status()?.faults,
    setAside: () => back.status()?.setAside,
    pocketbaseUp: () => (back.mirror() === undefined ? undefined : Number(back.mirror()?.isConnected)),
    pocketbaseLagRuns: () => back.mirror()?.lag,
    pocketbaseParked: () => (back.mirror() === undefined ? undefined : back.status()?.parked),
    today: async () => {
      if (back.status() === undefined) return undefined // A scrape does not wait for a store that is being opened.
      const totals = await back.reader.totals({ fromDay: dayOf(systemClock.now()), source: 'ProxmoxVE' })
      const pending = totals.installing + totals.validation + totals.configuring
      const total = pending + totals.success + totals.failed + totals.aborted + totals.unknown
      return { total, success: totals.success, failed: totals.failed, aborted: totals.aborted, pending }
    },
  }
}
