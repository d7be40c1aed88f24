import type { Clock } from '../../base/clock.ts'
import { faultCode } from '../../base/fault-code.ts'
import type { Log } from '../../base/log.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { within } from '../../base/within.ts'
import type { MirrorLink, Revision, StoreWriter } from '../../store/port.ts'
import type { Companion } from '../companion.ts'
import { Pause } from '../pause.ts'
import { BackOff } from './back-off.ts'
import type { PocketBaseClient } from './client.ts'
import { meet, mirrorFacts, type TargetPlace } from './contact.ts'
import { Courtesy } from './courtesy.ts'
import { Delivery } from './delivery.ts'
import { faultWithoutAnswer, faultWord, type PocketBaseFault, redirectAdvice } from './fault.ts'
import { KnownRevisions } from './known-revisions.ts'
import { Pace } from './pace.ts'
import { type PullParts, pullChanges } from './pull.ts'
import { push } from './push.ts'
import type { PrepareWire } from './record.ts'
import { type MirrorStatus, mirrorName } from './status.ts'
import { later, Target } from './target.ts'

export type MirrorParts = {
  readonly store: StoreWriter
  readonly client: PocketBaseClient
  readonly place: TargetPlace
  /** The door through which fields of an earlier service's records come in. */
  readonly prepare: PrepareWire
  readonly clock: Clock
  readonly log: Log
  /** From 0 up to 1. */
  readonly random: () => number
  /** Names this installation when the store has no name for it yet. */
  readonly newId: () => string
}

/** Changes that are read from the store and sent before another service's changes are pulled again. */
const roundRunsMax = 1_000
/** Reports of these milliseconds are sent as one change of their run. */
const gatherMs = 200
/** How often another service's changes are pulled while nothing of ours is to be sent. */
const idlePollMs = 10_000
/** Up to this lag the mirror counts as up to date. */
const lagUsual = 5_000
/** How long `stop` waits for the request it broke off. */
const stopMs = 5_000

/** Keeps a collection of PocketBase as the store is. It may be woken, asked and stopped at any time. */
export class Mirror implements Companion {
  readonly name = mirrorName
  readonly #parts: MirrorParts
  readonly #pause = new Pause()
  readonly #stopping = new AbortController()
  readonly #backOff: BackOff
  readonly #pull: PullParts
  readonly #delivery: Delivery
  readonly #pace = new Pace()
  readonly #courtesy = new Courtesy()
  #counts = { pushed: 0, deleted: 0, pulled: 0, unreadable: 0 }
  #hasMet = false
  #isPulling = false
  #isDoubtful = false
  #fault: { readonly word: string; readonly retryAt: number; readonly isForeign: boolean } | undefined
  #lastSuccessAt: number | undefined
  #running: Promise<void> | undefined

  constructor(parts: MirrorParts) {
    const { store, client, place, clock, prepare } = parts
    this.#parts = parts
    this.#backOff = new BackOff(parts.random)
    const target = new Target(client, place.collection, this.#stopping.signal)
    const instance = instanceOf(store, parts.newId)
    this.#pull = { target, store, instance, prepare, clock, known: new KnownRevisions() }
    this.#delivery = new Delivery({
      target,
      store,
      instance,
      pace: this.#pace,
      clock,
      onDone: (outcome, reason) => this.#count(outcome, reason),
    })
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** Says that the store changed. */
  wake(): void {
    this.#pause.wake()
  }

  /** Breaks off what is under way; it is repeated after the next start. */
  async stop(): Promise<void> {
    this.#pause.end()
    this.#stopping.abort()
    await within(stopMs, this.#running ?? Promise.resolve())
  }

  status(): MirrorStatus {
    const { store } = this.#parts
    const cursor = store.cursor(mirrorName)
    const lag = Math.max(0, store.revision() - cursor)
    const fault = this.#fault
    return {
      state: this.#stateAt(lag),
      isConnected: fault === undefined && this.#hasMet,
      cursor,
      lag,
      ...this.#counts,
      signIns: this.#parts.client.signIns(),
      ...(fault !== undefined && { fault: fault.word, retryAt: fault.retryAt }),
      ...(this.#lastSuccessAt !== undefined && { lastSuccessAt: this.#lastSuccessAt }),
    }
  }

  #stateAt(lag: number): MirrorStatus['state'] {
    if (this.#fault !== undefined) return this.#fault.isForeign ? 'stopped' : 'down'
    if (!this.#hasMet) return this.#isPulling ? 'pulling' : 'starting'
    return lag > lagUsual ? 'behind' : 'ok'
  }

  async #run(): Promise<void> {
    while (!this.#pause.isEnded) {
      const outcome = await this.#tryRound()
      if (this.#pause.isEnded) return
      if (!outcome.ok) await this.#retreat(outcome.fault)
      else {
        this.#succeed()
        if (outcome.value === 'more') continue
        await this.#pause.untilWoken(idlePollMs)
        await this.#pause.sleep(gatherMs)
      }
    }
  }

  /** A fault of the store's disk, or a bug, is waited out like one of PocketBase: what came in is safe, and the log says where it broke. */
  async #tryRound(): Promise<Result<'more' | 'idle', PocketBaseFault & { readonly word?: string }>> {
    try {
      return await this.#round()
    } catch (fault) {
      this.#parts.log.error({ code: faultCode(fault), at: placeOf(fault) }, 'The PocketBase mirror broke off a round')
      return err({ ...faultWithoutAnswer('unreadable'), word: `store_${faultCode(fault)}` })
    }
  }

  async #round(): Promise<Result<'more' | 'idle', PocketBaseFault>> {
    const { store } = this.#parts
    const ready = await this.#getReady()
    if (!ready.ok) return ready
    const since = later(store.fact(mirrorFacts.pulledUntil) ?? '', this.#delivery.newestStamp)
    const pulled = await pullChanges(this.#pull, since)
    if (!pulled.ok) return pulled
    this.#counts.pulled += pulled.value.read
    this.#counts.unreadable += pulled.value.unreadable
    const alone = await this.#removeStrays(pulled.value.strays)
    if (!alone.ok) return alone
    const changes = store.changes(store.cursor(mirrorName), roundRunsMax)
    const pushed = await push(this.#pull.known.without(changes), {
      delivery: this.#delivery,
      pace: this.#pace,
      onReached: (revision: Revision) => store.moveCursor(mirrorName, revision),
      rest: (batchMs) => Bun.sleep(this.#courtesy.restMs(batchMs, store.revision(), performance.now())),
    })
    if (!pushed.ok) return pushed
    const last = changes.at(-1)
    if (last !== undefined) store.moveCursor(mirrorName, last.revision)
    this.#pull.known.drop(store.cursor(mirrorName))
    if (pulled.value.until !== (store.fact(mirrorFacts.pulledUntil) ?? '')) store.setFact(mirrorFacts.pulledUntil, pulled.value.until)
    return ok(changes.length === roundRunsMax ? 'more' : 'idle')
  }

  /** Before the first round the two get to know each other; after a refusal the token is doubted. */
  async #getReady(): Promise<Result<void, PocketBaseFault>> {
    if (this.#isDoubtful) {
      const token = await this.#pull.target.verify()
      if (!token.ok) return token
      this.#isDoubtful = false
    }
    if (this.#hasMet) return ok(undefined)
    const before = this.#counts.pulled
    const met = await meet(this.#pull, this.#parts.store, this.#parts.place, (read) => {
      this.#isPulling = true
      this.#counts.pulled = before + read
    })
    this.#isPulling = false
    if (!met.ok) return met
    this.#counts.unreadable += met.value?.unreadable ?? 0
    this.#hasMet = true
    return this.#removeStrays(met.value?.strays ?? [])
  }

  async #removeStrays(strays: readonly MirrorLink[]): Promise<Result<void, PocketBaseFault>> {
    for (const stray of strays) {
      const removed = await this.#delivery.removeStray(stray)
      if (!removed.ok) return removed
      this.#parts.store.link([stray])
    }
    return ok(undefined)
  }

  #succeed(): void {
    if (this.#fault !== undefined) this.#parts.log.info({ state: 'ok' }, 'PocketBase takes runs again')
    this.#fault = undefined
    this.#backOff.reset()
    this.#lastSuccessAt = this.#parts.clock.now()
  }

  async #retreat(fault: PocketBaseFault & { readonly word?: string }): Promise<void> {
    const word = fault.word ?? faultWord(fault)
    const isForeign = fault.code === 'foreign_instance'
    const waitMs = this.#backOff.next(fault.retryAfterMs)
    if (this.#fault?.word !== word)
      this.#parts.log.warn({ code: word, retry_ms: Math.round(waitMs) }, isForeign ? foreignMessage : messageOf(fault))
    this.#fault = { word, retryAt: this.#parts.clock.now() + waitMs, isForeign }
    this.#isDoubtful = fault.code === 'refused'
    if (isForeign) this.#hasMet = false
    await this.#pause.sleep(waitMs)
  }

  #count(outcome: 'pushed' | 'deleted' | 'parked', reason: string | undefined): void {
    if (outcome !== 'parked') this.#counts[outcome] += 1
    else this.#parts.log.warn({ code: reason }, 'PocketBase refused a run, which is parked')
  }
}

/** What an operator can do about a fault of the environment, where something can be done. */
function messageOf({ code, status }: PocketBaseFault): string {
  const message = 'PocketBase does not take runs'
  const setup = 'run once: telemetry-service setup pocketbase'
  if (code === 'redirected') return `${message}. ${redirectAdvice}`
  if (code === 'sign_in_refused') return `${message}. Check PB_IDENTITY and PB_PASSWORD; where there is no such account yet, ${setup}`
  if (code === 'refused' && (status === 403 || status === 404)) return `${message}. Its collections are not ready: ${setup}`
  return message
}

/** The innermost line of code that threw. The message of a fault stays out of the log, since it may hold values. */
function placeOf(fault: unknown): string | undefined {
  const line = fault instanceof Error ? fault.stack?.split('\n').find((text) => /^\s*at /.test(text)) : undefined
  return line === undefined ? undefined : /([^/\s(]+:\d+):\d+\)?$/.exec(line)?.[1]
}

/** What an operator can do when the collection is another installation's. */
export const foreignMessage =
  'Another installation fills this PocketBase collection, so nothing is sent to it. Set another PB_TARGET_COLLECTION; or, if this is that installation with a new store, run: rebuild --from pocketbase'

function instanceOf(store: StoreWriter, newId: () => string): string {
  const known = store.fact(mirrorFacts.instance)
  if (known !== undefined) return known
  const instance = newId()
  store.setFact(mirrorFacts.instance, instance)
  return instance
}
