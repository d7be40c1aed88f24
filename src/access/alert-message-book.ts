import type { Database } from 'bun:sqlite'
import { clockSlackMs } from '../base/clock.ts'
import { prepare, slot } from '../base/sql.ts'
import { openAudit } from './audit.ts'
import { type AlertDeliveryRow, type AlertMessageRow, accessSql } from './database.ts'

export type KeptState = { readonly rule: string; readonly subject: string; readonly body: string }
/** Messages of one thread are sent in the order in which they were written. */
export type KeptMessage = Omit<AlertMessageRow, 'seq'>
export type Delivery = Pick<KeptMessage, 'id' | 'at' | 'body'> & { readonly attempts: number }
export type DeliveryFacts = {
  readonly message: string
  readonly channel: string
  readonly state: 'waiting' | 'sent' | 'given_up'
  readonly attempts: number
  /** When it is tried next; of one that has ended, when that was. */
  readonly nextAt: number
  /** The code of what went wrong last. */
  readonly fault: string
}

/**
 * What one round changes: a state without a body is forgotten, each message goes to each of the channels. What `standing` names goes again to those that
 * gave it up, since what it says is true still.
 */
export type KeptRound = {
  readonly states: readonly (Omit<KeptState, 'body'> & { readonly body: string | undefined })[]
  readonly messages: readonly KeptMessage[]
  readonly standing?: readonly { readonly id: string; readonly tenant: string; readonly nextAt: number }[]
  readonly channels: readonly string[]
}

/** How the alerts stand, what was told, and what waits to be sent. */
export type AlertMessageBook = {
  states(): readonly KeptState[]
  /** Writes a round in one transaction. A message whose id is known already changes nothing. Gives how many are new. */
  record(round: KeptRound): number
  has(id: string): boolean
  /** How many messages of each tenant were written after the one moment and up to the other. */
  countWithin(after: number, to: number): ReadonlyMap<string, number>
  /**
   * What the channel has to send now, what waited longest first, and nothing before an earlier message of its thread. What was written or tried at a moment yet to come waits by a clock that was
   * set back: it is due.
   */
  due(channel: string, now: number, limit: number): readonly Delivery[]
  markSent(message: string, channel: string, at: number): void
  /** Notes a failed attempt, with the code of its fault; without a next one it is given up. */
  markFailed(message: string, channel: string, attempt: { readonly at: number; readonly nextAt?: number; readonly fault: string }): void
  /** Lets a channel try a message of the tenant again that was given up there. False where there is none. */
  sendAgain(
    delivery: { readonly tenant: string; readonly message: string; readonly channel: string },
    by: { readonly at: number; readonly actor: string },
  ): boolean
  /** The newest messages of a tenant, newest first. */
  history(tenant: string, limit: number): readonly KeptMessage[]
  /** The same about one rule of theirs. */
  historyOf(tenant: string, rule: string, limit: number): readonly KeptMessage[]
  deliveries(message: string): readonly DeliveryFacts[]
  waiting(): number
  /** Removes what was told before the moment, unless it waits to be sent. */
  trim(before: number): number
}

type DeliveryRow = Omit<DeliveryFacts, 'nextAt'> & Pick<AlertDeliveryRow, 'next_at' | 'tried_at'>

/** The states and messages in `access.db`. */
export function openAlertMessageBook(database: Database): AlertMessageBook {
  const statements = prepareStatements(database)
  const audit = openAudit(database)

  const sendAgain: AlertMessageBook['sendAgain'] = ({ tenant, message, channel }, { at, actor }) =>
    database
      .transaction(() => {
        if (statements.again.run(at, message, channel, tenant) === 0) return false
        audit.add({ at, actor, act: 'alert_resend', subject: `${channel}/${message}`, tenant })
        return true
      })
      .immediate()

  const record: AlertMessageBook['record'] = ({ states, messages, standing = [], channels }) =>
    database
      .transaction(() => {
        for (const { rule, subject, body } of states) {
          if (body === undefined) statements.dropState.run(rule, subject)
          else if (statements.findRule.first(rule) !== undefined) statements.putState.run(rule, subject, body)
        }
        const fresh = messages.filter(
          ({ id, tenant, rule, thread, at, body }) => statements.addMessage.run(id, tenant, rule, thread, at, body) > 0,
        )
        for (const { id, at } of fresh) for (const channel of channels) statements.addDelivery.run(id, channel, at)
        for (const { id, tenant, nextAt } of standing) for (const channel of channels) statements.again.run(nextAt, id, channel, tenant)
        return fresh.length
      })
      .immediate()

  return {
    states: () => statements.states.all(),
    record,
    sendAgain,
    has: (id) => statements.find.first(id) !== undefined,
    countWithin: (after, to) => new Map(statements.countWithin.all(after, to).map(({ tenant, count }) => [tenant, count])),
    due: (channel, now, limit) => statements.due.all(channel, now, now + clockSlackMs, limit),
    markSent: (message, channel, at) => {
      statements.end.run('sent', at, '', message, channel)
    },
    markFailed: (message, channel, { at, nextAt, fault }) => {
      if (nextAt === undefined) statements.end.run('given_up', at, fault, message, channel)
      else statements.retry.run(nextAt, fault, at, message, channel)
    },
    history: (tenant, limit) => statements.history.all(tenant, limit),
    historyOf: (tenant, rule, limit) => statements.historyOf.all(rule, tenant, limit),
    deliveries: (message) => statements.deliveries.all(message).map(({ next_at, tried_at: _, ...row }) => ({ ...row, nextAt: next_at })),
    waiting: () => statements.waiting.first()?.count ?? 0,
    trim: (before) => statements.trim.run(before),
  }
}

function prepareStatements(database: Database) {
  return { ...prepareStates(database), ...prepareMessages(database), ...prepareDeliveries(database) }
}

function prepareStates(database: Database) {
  const states = accessSql.selectFrom('alert_state')
  return {
    states: prepare<KeptState>(database, states.selectAll().orderBy('rule').orderBy('subject')), // Primary key.
    findRule: prepare<{ id: string }>(database, accessSql.selectFrom('alert_rule').select('id').where('id', '=', slot(0))), // Primary key.
    putState: prepare(
      database,
      accessSql
        .insertInto('alert_state')
        .values({ rule: slot(0), subject: slot(1), body: slot(2) })
        .onConflict((conflict) => conflict.columns(['rule', 'subject']).doUpdateSet((state) => ({ body: state.ref('excluded.body') }))),
    ),
    dropState: prepare(database, accessSql.deleteFrom('alert_state').where('rule', '=', slot(0)).where('subject', '=', slot(1))),
  }
}

function prepareMessages(database: Database) {
  const messages = accessSql.selectFrom('alert_message')
  const waiting = accessSql.selectFrom('alert_delivery').select('message').where('state', '=', 'waiting')
  const newest = messages.select(['id', 'tenant', 'rule', 'thread', 'at', 'body']).orderBy('seq', 'desc')
  const nextSeq = messages.select(({ eb, fn, lit }) => eb(fn.coalesce(fn.max('seq'), lit(0)), '+', lit(1)).as('seq')) // Index alert_message_seq.
  return {
    find: prepare<{ id: string }>(database, messages.select('id').where('id', '=', slot(0))), // Primary key.
    history: prepare<KeptMessage>(database, newest.where('tenant', '=', slot(0)).limit(slot(1))), // Index alert_message_tenant.
    historyOf: prepare<KeptMessage>(database, newest.where('rule', '=', slot(0)).where('tenant', '=', slot(1)).limit(slot(2))), // Index alert_message_rule.
    countWithin: prepare<{ tenant: string; count: number }>(
      database,
      messages
        .select((message) => ['tenant', message.fn.countAll<number>().as('count')])
        .where('at', '>', slot(0))
        .where('at', '<=', slot(1))
        .groupBy('tenant'), // Index alert_message_at.
    ),
    addMessage: prepare(
      database,
      accessSql
        .insertInto('alert_message')
        .values({ id: slot(0), tenant: slot(1), rule: slot(2), thread: slot(3), seq: nextSeq, at: slot(4), body: slot(5) })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    trim: prepare(database, accessSql.deleteFrom('alert_message').where('at', '<', slot(0)).where('id', 'not in', waiting)),
  }
}

function prepareDeliveries(database: Database) {
  const deliveries = accessSql.selectFrom('alert_delivery')
  const change = accessSql.updateTable('alert_delivery')
  const row = { message: slot(0), channel: slot(1), state: 'waiting', attempts: 0, next_at: slot(2), fault: '', tried_at: slot(2) } as const
  return {
    due: prepare<Delivery>(
      database,
      deliveries
        .innerJoin('alert_message', 'alert_message.id', 'alert_delivery.message')
        .select(['alert_message.id', 'alert_message.at', 'alert_message.body', 'alert_delivery.attempts'])
        .where('channel', '=', slot(0))
        .where('state', '=', 'waiting')
        .where((delivery) => delivery.or([delivery('next_at', '<=', slot(1)), delivery('tried_at', '>', slot(2))]))
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('alert_message as earlier')
                .innerJoin('alert_delivery as waiting', 'waiting.message', 'earlier.id')
                .select('earlier.id')
                .whereRef('earlier.thread', '=', 'alert_message.thread')
                .whereRef('earlier.seq', '<', 'alert_message.seq')
                .whereRef('waiting.channel', '=', 'alert_delivery.channel')
                .where('waiting.state', '=', 'waiting'), // Index alert_message_thread, primary key.
            ),
          ),
        )
        .orderBy('next_at')
        .orderBy('seq')
        .limit(slot(3)), // Index alert_delivery_due: what waits, and no more.
    ),
    deliveries: prepare<DeliveryRow>(database, deliveries.selectAll().where('message', '=', slot(0)).orderBy('channel')), // Primary key.
    waiting: prepare<{ count: number }>(
      database,
      deliveries.select((delivery) => delivery.fn.countAll<number>().as('count')).where('state', '=', 'waiting'),
    ),
    addDelivery: prepare(database, accessSql.insertInto('alert_delivery').values(row)),
    end: prepare(
      database,
      change
        .set((delivery) => ({ state: slot(0), attempts: delivery('attempts', '+', 1), next_at: slot(1), fault: slot(2) }))
        .where('message', '=', slot(3))
        .where('channel', '=', slot(4)),
    ),
    again: prepare(
      database,
      change
        .set({ state: 'waiting', next_at: slot(0), tried_at: slot(0) })
        .where('message', '=', slot(1))
        .where('channel', '=', slot(2))
        .where('state', '=', 'given_up')
        .where('message', 'in', accessSql.selectFrom('alert_message').select('id').where('tenant', '=', slot(3)).where('id', '=', slot(1))), // Primary keys.
    ),
    retry: prepare(
      database,
      change
        .set((delivery) => ({ attempts: delivery('attempts', '+', 1), next_at: slot(0), fault: slot(1), tried_at: slot(2) }))
        .where('message', '=', slot(3))
        .where('channel', '=', slot(4)),
    ),
  }
}
