import type { Command } from 'commander'
import { err } from '../base/result.ts'
import { defaultTenant } from '../base/tenant.ts'
import type { Settings } from '../config.ts'
import type { AddRuleFault, NewRule, RemoveRuleFault, RuleFacts } from '../http/control/control-alert.ts'
import { channelsNamed } from '../setting-effect.ts'
import type { Context, ExitCode } from './context.ts'
import { atDesk } from './desk.ts'
import { ownWords, servedWords } from './effective.ts'
import type { End } from './end.ts'
import { readExpiry } from './expiry.ts'
import { loadConfig } from './load-settings.ts'
import { refuse } from './refuse.ts'
import { renderTable } from './table.ts'
import { findTenantFault } from './tenant.ts'

/** What the operator has to change, for each reason why nothing was done. */
const faultWords: Readonly<Record<AddRuleFault | RemoveRuleFault, string>> = {
  kind_unknown:
    'the kind must be failure_rate, script_worse, new_error, no_data, stuck_runs, mirror_behind, disk_full, backup_failed or integrity_failed',
  kind_of_service:
    'rules about the machine (mirror_behind, disk_full, backup_failed, integrity_failed) belong to the tenant default, which runs the service',
  scope_invalid: '--source and --script are names, and only kinds that count runs take them',
  threshold_invalid: '--threshold must be over 0 and within what the kind can reach',
  window_invalid: '--window must be 5 to 40320 minutes',
  minutes_invalid: '--for and --cooldown must be 0 to 40320 minutes',
  runs_invalid: '--runs must be a whole number from 0 to 1000000',
  quiet_invalid: '--quiet must be two different hours of the day, UTC: 22-6',
  rules_exhausted: 'there are as many rules as are allowed: remove some that are no longer needed',
  not_found: 'there is no rule with this id; see `telemetry-service alert list`',
  rule_of_settings:
    'this rule follows ALERT_FAILURE_THRESHOLD, ALERT_COOLDOWN_MIN and ALERT_QUIET_HOURS: mute it, or set ALERT_ENABLED=false',
}

type AddOptions = {
  source?: string
  script?: string
  tenant?: string
  threshold?: string
  window?: string
  for?: string
  cooldown?: string
  runs?: string
  quiet?: string
}

/** `alert list`, `alert add`, `alert remove`, `alert mute` and `alert test`. */
export function addAlert(program: Command, context: Context, end: End): void {
  const alert = program.command('alert').description('Shows and changes when a human is told of what. Changes count from the next look on.')
  alert
    .command('list')
    .description('Lists all rules and how they stand.')
    .option('--json', 'print JSON')
    .action(async (options: { json?: true }) => end(await listRules(context, options.json === true)))
  alert
    .command('add')
    .description('Adds a rule and prints its id. What is not said is the default of the kind.')
    .argument(
      '<kind>',
      'failure_rate, script_worse, new_error, no_data, stuck_runs, mirror_behind, disk_full, backup_failed or integrity_failed',
    )
    .option('--source <name>', 'count only runs of this source')
    .option('--script <name>', 'count only runs of this script')
    .option('--tenant <name>', 'whose runs are counted; it has a key or a user')
    .option('--threshold <number>', 'the value that is too much (of disk_full and no_data: too little)')
    .option('--window <minutes>', 'how far back runs count')
    .option('--for <minutes>', 'how long it must last before it is told')
    .option('--cooldown <minutes>', 'the least time between two alarms')
    .option('--runs <number>', 'fewer ended runs say nothing')
    .option('--quiet <hours>', 'from which hour to which nobody is told, UTC (22-6)')
    .action(async (kind: string, options: AddOptions) => end(await addRule(context, kind, options)))
  alert
    .command('remove')
    .description('Removes a rule.')
    .argument('<id>', 'the id as shown by `alert list`')
    .action(async (id: string) => end(await removeRule(context, id)))
  alert
    .command('mute')
    .description('Keeps a rule quiet, or lets it speak again.')
    .argument('<id>', 'the id as shown by `alert list`')
    .option('--until <when>', 'a date (2027-01-31) or a time from now (12h, 90d, 8w)', '1d')
    .option('--off', 'let it speak again')
    .action(async (id: string, options: { until: string; off?: true }) => end(await muteRule(context, id, options)))
  alert
    .command('test')
    .description('Sends a test message to each channel of the settings.')
    .action(async () => end(await testChannels(context)))
}

async function listRules(context: Context, asJson: boolean): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const { rules, settings, isServed } = await atDesk(context, config.settings, async (desk, isServed) => {
    const settings = isServed ? ((await desk.readSettings()) as Settings) : config.settings
    return { rules: await desk.listAlerts(), settings, isServed }
  })
  if (asJson) context.print(`${JSON.stringify(rules, null, 2)}\n`)
  else if (rules.length === 0) context.tell('No rules yet. The first start with ALERT_ENABLED=true makes some; `alert add` makes others.\n')
  else context.print(renderTable(['ID', 'STATE', 'NOW', 'THRESHOLD', 'SCOPE', 'SINCE'], rules.map(rowOf)))
  context.tell(`The settings ${isServed ? servedWords : ownWords(config.settings)}. ${tellChannels(settings)}\n`)
  return 0
}

function tellChannels(settings: Settings): string {
  if (!settings.alertEnabled) return 'ALERT_ENABLED is false: no rule is looked at.'
  const channels = channelsNamed(settings)
  return channels.length === 0 ? 'Alerts have nowhere to go: there is no channel.' : `Alerts are told by ${channels.join(' and ')}.`
}

function rowOf({ rule, worst, value, reason, since, subjects, mutedUntil }: RuleFacts): readonly string[] {
  const quiet = rule.quiet === undefined ? undefined : `quiet ${rule.quiet}`
  const scope = [rule.tenant === defaultTenant ? undefined : rule.tenant, rule.source, rule.script, quiet, ...subjects].filter(
    (name) => name !== undefined,
  )
  const state = mutedUntil === undefined ? worst.replace('_', ' ') : `muted until ${showTime(mutedUntil)}`
  const now = value === undefined ? (reason ?? '-') : String(Math.round(value * 10) / 10)
  return [rule.id, state, now, String(rule.threshold), scope.join(', ') || '-', since === undefined ? '-' : showTime(since)]
}

async function addRule(context: Context, kind: string, options: AddOptions): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const made = await atDesk(context, config.settings, async (desk) => {
    const { tenant } = options
    const fault = tenant === undefined ? undefined : await findTenantFault(desk, tenant)
    if (fault !== undefined) return err(fault)
    const added = await desk.addAlert(wantedOf(kind, options))
    return added.ok ? added : err(faultWords[added.fault])
  })
  if (!made.ok) return refuse(context, made.fault)
  context.print(`${made.value.id}\n`)
  return 0
}

/** Text that is no number becomes one that no bound allows. */
function wantedOf(kind: string, { source, script, tenant, quiet, ...numbers }: AddOptions): NewRule {
  const names = { threshold: 'threshold', window: 'windowMin', for: 'holdMin', cooldown: 'cooldownMin', runs: 'runsMin' } as const
  const given = (Object.keys(names) as (keyof typeof names)[]).flatMap((name) => {
    const text = numbers[name]
    return text === undefined ? [] : [[names[name], /^[0-9]+(\.[0-9]+)?$/.test(text) ? Number(text) : -1] as const]
  })
  return {
    kind,
    ...(source !== undefined && { source }),
    ...(script !== undefined && { script }),
    ...(tenant !== undefined && { tenant }),
    ...(quiet !== undefined && { quiet }),
    ...Object.fromEntries(given),
  }
}

async function removeRule(context: Context, id: string): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const removed = await atDesk(context, config.settings, (desk) => desk.removeAlert(id))
  context.tell(removed.ok ? `Rule ${id} is removed.\n` : `error: ${faultWords[removed.fault]}\n`)
  return removed.ok ? 0 : 1
}

async function muteRule(context: Context, id: string, { until, off }: { until: string; off?: true }): Promise<ExitCode> {
  const end = readExpiry(until, context.clock.now(), '--until')
  if (!end.ok) return refuse(context, end.fault)
  const config = loadConfig(context)
  if (config === undefined) return 2
  const moment = off ? 0 : end.value
  const isDone = await atDesk(context, config.settings, (desk) => desk.muteAlert(id, moment))
  const done = off ? `Rule ${id} speaks again.` : `Rule ${id} is quiet until ${showTime(moment)}.`
  context.tell(isDone ? `${done}\n` : `error: ${faultWords.not_found}\n`)
  return isDone ? 0 : 1
}

async function testChannels(context: Context): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const faults = await atDesk(context, config.settings, (desk) => desk.testAlerts())
  if (faults === undefined) {
    context.tell('error: there is no channel: set ALERT_ENABLED=true with SMTP_HOST or ALERT_WEBHOOK_URL\n')
    return 1
  }
  for (const [channel, fault] of Object.entries(faults)) context.tell(`error: ${channel}: ${fault}\n`)
  if (Object.keys(faults).length > 0) return 1
  context.tell('The test message was taken by every channel.\n')
  return 0
}

function showTime(time: number): string {
  return new Date(time).toISOString()
}
