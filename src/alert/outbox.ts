import type { AlertMessageBook, Delivery } from '../access/alert-message-book.ts'
import { type Clock, dayMs } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { err, ok, type Result } from '../base/result.ts'
import { within } from '../base/within.ts'
import type { AlertMessage } from './message.ts'

/** A way to a human. `send` gives the code of what went wrong as a value and ends within its own time limit. */
export type Channel = {
  readonly name: string
  send(message: AlertMessage): Promise<Result<void, string>>
  /** What an operator does about such a fault, where more is known than its code says. */
  remedyFor?(fault: string): string
}

export type Outbox = {
  readonly channelNames: readonly string[]
  /** Sends what is due, each channel for itself. Returns at once, with how many have something to send: a channel that is still busy is left alone. */
  pump(): number
  /** Resolves when no channel is busy. */
  idle(): Promise<void>
  /** Sends nothing more; resolves when what is on its way has ended, or soon: what is not marked then goes out again after the start, with the same id. */
  stop(): Promise<void>
}

export type OutboxOptions = {
  readonly book: Pick<AlertMessageBook, 'due' | 'markSent' | 'markFailed'>
  readonly channels: readonly Channel[]
  readonly clock: Clock
  readonly log: Log
}

const firstRetryMs = 30_000
const retryMsMax = 3_600_000
/** How long a stop waits for a channel. */
const stopMs = 2_000
/** A message that could not be sent for so long has lost its meaning. */
export const waitMsMax = 7 * dayMs

/**
 * Sends what waits in the book. A message stays there until its channel took it, so a stop at any moment loses none; one that was taken but not yet marked
 * goes out again with the same id.
 */
export function openOutbox({ book, channels, clock, log }: OutboxOptions): Outbox {
  const busy = new Map<string, Promise<void>>()
  /** Deliveries that a channel took and that could not be marked, as on a full disk: they are marked later and not sent again. */
  const taken = new Set<string>()
  let isStopped = false
  let isAbandoned = false

  async function drain(channel: Channel): Promise<void> {
    while (!isStopped) {
      const [delivery] = book.due(channel.name, clock.now(), 1)
      if (delivery === undefined) return
      await deliver(channel, delivery)
    }
  }

  async function deliver(channel: Channel, delivery: Delivery): Promise<void> {
    const name = `${channel.name}/${delivery.id}`
    const sent = taken.has(name) ? ok(undefined) : await send(channel, delivery)
    if (isAbandoned) return
    const at = clock.now()
    if (sent.ok) {
      taken.add(name)
      book.markSent(delivery.id, channel.name, at)
      taken.delete(name)
      return
    }
    const isLost = at - delivery.at >= waitMsMax
    log.warn({ channel: channel.name, fault: sent.fault, attempts: delivery.attempts + 1, isLost }, 'a message could not be sent')
    book.markFailed(delivery.id, channel.name, { at, fault: sent.fault, ...(!isLost && { nextAt: at + retryMs(delivery.attempts) }) })
  }

  function pump(): number {
    for (const channel of channels) {
      if (isStopped || busy.has(channel.name) || book.due(channel.name, clock.now(), 1).length === 0) continue
      const work = drain(channel)
        .catch((fault) => log.error({ channel: channel.name, fault: fault instanceof Error ? fault.name : 'unknown' }, 'sending failed'))
        .finally(() => busy.delete(channel.name))
      busy.set(channel.name, work)
    }
    return busy.size
  }

  async function idle(): Promise<void> {
    await Promise.all(busy.values())
  }

  return {
    channelNames: channels.map(({ name }) => name),
    pump,
    idle,
    stop: async () => {
      isStopped = true
      await within(stopMs, idle())
      isAbandoned = true
    },
  }
}

/** One message that a channel throws on, as one of another version's shape, must not hold up those behind it. */
async function send(channel: Channel, { body }: Delivery): Promise<Result<void, string>> {
  try {
    return await channel.send(JSON.parse(body) as AlertMessage)
  } catch (fault) {
    return err(fault instanceof Error ? fault.name : 'unknown')
  }
}

/** Twice as long after each attempt, up to an hour. */
export function retryMs(attempts: number): number {
  return Math.min(retryMsMax, firstRetryMs * 2 ** Math.min(attempts, 20))
}
