import type { AlertFigureBook } from '../access/alert-figure-book.ts'
import type { AlertMessageBook } from '../access/alert-message-book.ts'
import type { AlertRuleBook } from '../access/alert-rule-book.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { defaultTenant } from '../base/tenant.ts'
import { type AlertMessage, messageId } from './message.ts'
import { type Channel, openOutbox } from './outbox.ts'
import { openPasts, type Pasts } from './pasts.ts'
import { composeReport, isReported, reportId, weekBefore } from './report.ts'
import { type SettingRule, settingRuleId } from './rule.ts'
import type { AlertSource } from './source.ts'
import { keepMessage, seedRules, watchOnce } from './watch.ts'

export type AlertsOptions = {
  readonly rules: AlertRuleBook
  readonly messages: AlertMessageBook
  readonly figures: AlertFigureBook
  readonly source: AlertSource
  readonly channels: readonly Channel[]
  readonly clock: Clock
  readonly log: Log
  readonly everyMs: number
  /** What the settings make the first rule of; absent while alerts are off. */
  readonly settingRule?: SettingRule
  readonly reportsWeekly: boolean
}

export type Alerts = {
  readonly isEnabled: boolean
  readonly channelNames: readonly string[]
  /** Looks at all rules and sends what is due. Returns when everything is written down, not when it is sent. Gives how many messages are new. */
  check(): Promise<number>
  /** Writes the report of the last whole week, unless that was done. Gives how many messages are new. */
  report(): Promise<number>
  /** Sends what waits. Returns at once, with how many channels have something to send. */
  pump(): number
  /** The newest messages of a tenant, newest first. */
  history(tenant: string, limit: number): readonly AlertMessage[]
  /** The same about one rule of theirs. */
  historyOf(tenant: string, rule: string, limit: number): readonly AlertMessage[]
  /** Lets a channel try a message of the tenant again that it gave up. False where there is none. */
  sendAgain(delivery: Parameters<AlertMessageBook['sendAgain']>[0], actor: string): boolean
  /** A rule over its past, whether it is kept or only thought of. */
  readonly pastOf: Pasts
  stop(): Promise<void>
}

/** Who runs the service gets the report, and it is about the own runs. */
const reportTenant = defaultTenant
/** The report comes on Monday at 08:00 UTC, or as soon after as the service runs. */
const reportHourMs = 8 * 3_600_000

/** The alerts of a service: what is watched, what is told and where it is sent. */
export function openAlerts(options: AlertsOptions): Alerts {
  const { rules, messages, source, channels, clock, log, settingRule } = options
  const outbox = openOutbox({ book: messages, channels, clock, log })
  const channelNames = outbox.channelNames
  if (settingRule !== undefined) seedRules(rules, settingRule)

  let round: Promise<unknown> = Promise.resolve()

  async function check(): Promise<number> {
    if (settingRule === undefined) return 0
    const watched = watchOnce({ ...options, channelNames })
    round = watched.catch(() => undefined) // Whoever asked for the round is told; a stop only waits for its end.
    const told = await watched
    outbox.pump()
    return told
  }

  async function report(): Promise<number> {
    const moment = clock.now() - reportHourMs
    const week = weekBefore(moment)
    if (!options.reportsWeekly || messages.has(reportId(week, reportTenant))) return 0
    const watchedSince = rules.list().find(({ id }) => id === settingRuleId)?.createdAt
    if (!(await isReported(week, { reader: source.reader, tenant: reportTenant, watchedSince }))) return 0
    const message = await composeReport(source, { tenant: reportTenant, now: moment })
    const told = messages.record({ states: [], messages: [keepMessage({ ...message, at: clock.now() })], channels: channelNames })
    outbox.pump()
    return told
  }

  return {
    ...{ isEnabled: settingRule !== undefined, channelNames, check, report },
    pump: outbox.pump,
    sendAgain: (delivery, actor) => {
      if (!channelNames.includes(delivery.channel) || !messages.sendAgain(delivery, { at: clock.now(), actor })) return false
      outbox.pump()
      return true
    },
    pastOf: openPasts(options),
    history: (tenant, limit) => messages.history(tenant, limit).map(readMessage),
    historyOf: (tenant, rule, limit) => messages.historyOf(tenant, rule, limit).map(readMessage),
    stop: async () => {
      await round
      await outbox.stop()
    },
  }
}

function readMessage({ body }: { readonly body: string }): AlertMessage {
  return JSON.parse(body) as AlertMessage
}

/** Sends a test message to each channel, past any queue: whoever asks wants to know now. Gives what went wrong, by channel. */
export async function testChannels(channels: readonly Channel[], clock: Clock): Promise<Readonly<Record<string, string>>> {
  const at = clock.now()
  const message: AlertMessage = {
    ...{ id: messageId('test', at), tenant: defaultTenant, rule: 'test', kind: 'test', subject: '', phase: 'test', at },
    title: 'Test alert',
    summary: 'Somebody asked for this message to see that it arrives.',
    facts: [],
    links: [{ text: 'Alerts', path: '/alerts' }],
  }
  const sent = await Promise.all(channels.map(async (channel) => [channel, await channel.send(message)] as const))
  return Object.fromEntries(
    sent.flatMap(([{ name, remedyFor }, result]) =>
      result.ok ? [] : [[name, remedyFor === undefined ? result.fault : `${result.fault}. ${remedyFor(result.fault)}`]],
    ),
  )
}
