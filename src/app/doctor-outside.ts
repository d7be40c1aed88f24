import type { Standing } from '../access/standing.ts'
import { greetMailServer } from '../alert/mail.ts'
import { mailRemedy } from '../alert/mail-remedy.ts'
import { reachWebhook } from '../alert/webhook.ts'
import { webhookRemedy } from '../alert/webhook-remedy.ts'
import { systemClock } from '../base/clock.ts'
import { silentLog } from '../base/log.ts'
import { err, type Result } from '../base/result.ts'
import type { Settings } from '../config.ts'
import { instanceFrom } from '../consumer/pocketbase/contact.ts'
import { examinePocketBase, type PocketBaseLook } from '../consumer/pocketbase/examine.ts'
import { redirectAdvice } from '../consumer/pocketbase/fault.ts'
import { foretellSetup } from '../consumer/pocketbase/setup.ts'
import type { Superuser } from '../http/control/control-inspect.ts'
import { publicApiUrl } from '../issue/github.ts'
import type { PartView } from '../page/system/system-view.ts'
import { mailOptionsOf, webhookOptionsOf } from './alert.ts'
import { pocketbaseAccessOf } from './folder.ts'
import { githubOf } from './issue.ts'

const pocketbaseMs = 10_000
/** The answer names whole seconds, and may take some. */
const clockGapMs = 5_000

/** Sign-in, fields, foreign writer and clock of PocketBase; with a superuser also what the setup would change. */
export async function examineMirror(settings: Settings, { idSecret }: Standing, superuser?: Superuser): Promise<readonly PartView[]> {
  const access = pocketbaseAccessOf(settings)
  const name = 'PocketBase'
  if (access === undefined) return [{ name, state: 'off', text: 'PB_URL is not set' }]
  const instance = idSecret && instanceFrom(idSecret)
  const signal = AbortSignal.timeout(pocketbaseMs)
  const look = await examinePocketBase({ access, collection: settings.pbTargetCollection, instance, clock: systemClock, signal })
  const setupBy = superuser ?? (access.authCollection === '_superusers' ? access : undefined)
  return [
    sayContact(look),
    ...sayCollection(look),
    ...sayClock(look),
    ...(setupBy === undefined ? sayMembers(look) : await foretell(settings, setupBy)),
  ]
}

function sayContact({ signInFault, collectionFault }: PocketBaseLook): PartView {
  const name = 'PocketBase'
  if (signInFault !== undefined) {
    const text = `does not let us in (${signInFault})`
    const todo = signInFault === 'redirected' ? `${redirectAdvice}.` : 'Check PB_URL, PB_IDENTITY and PB_PASSWORD.'
    return { name, state: 'bad', text, todo }
  }
  if (collectionFault === undefined) return { name, state: 'good', text: 'answers, and takes the sign-in' }
  const todo = 'Run telemetry-service setup pocketbase.'
  return { name, state: 'bad', text: `lets us in, but not to the collection (${collectionFault})`, todo }
}

function sayCollection({ missingFields, hasForeignWriter }: PocketBaseLook): readonly PartView[] {
  if (missingFields === undefined) return []
  const fields: PartView =
    missingFields.length === 0
      ? { name: 'PocketBase fields', state: 'good', text: 'are all there' }
      : {
          ...{ name: 'PocketBase fields', state: 'bad', text: `${missingFields.join(', ')} not there` },
          todo: 'Run telemetry-service setup pocketbase.',
        }
  if (hasForeignWriter === undefined) return [fields]
  const writer: PartView = hasForeignWriter
    ? {
        ...{ name: 'PocketBase writer', state: 'bad', text: 'another installation writes to the collection as well' },
        todo: 'Give one of the two another PB_TARGET_COLLECTION.',
      }
    : { name: 'PocketBase writer', state: 'good', text: 'no other installation writes to the collection' }
  return [fields, writer]
}

function sayClock({ clockAheadMs }: PocketBaseLook): readonly PartView[] {
  if (clockAheadMs === undefined) return []
  const seconds = Math.round(Math.abs(clockAheadMs) / 1_000)
  if (Math.abs(clockAheadMs) < clockGapMs) return [{ name: 'PocketBase clock', state: 'good', text: 'agrees with ours' }]
  const text = `is ${seconds} seconds ${clockAheadMs > 0 ? 'ahead of' : 'behind'} ours`
  return [{ name: 'PocketBase clock', state: 'odd', text, todo: 'Let both machines keep the time by NTP.' }]
}

/** Whether they get to the runs is in rules that superusers alone see. */
function sayMembers({ membersSeen = 0 }: PocketBaseLook): readonly PartView[] {
  if (membersSeen === 0) return []
  const text = `${membersSeen} beside the account are in PB_AUTH_COLLECTION`
  return [
    { name: membersName, state: 'odd', text, todo: 'Run telemetry-service doctor --superuser NAME: it says whether they get to the runs.' },
  ]
}

const membersName = 'PocketBase members'

/** Indexes, limits and rules of the collection are for superusers to see. */
async function foretell(settings: Settings, superuser: Superuser): Promise<readonly PartView[]> {
  const access = pocketbaseAccessOf(settings)
  if (access === undefined) return []
  const { pbTargetCollection: targetCollection } = settings
  const setup = { access, targetCollection, superuser, clock: systemClock, log: silentLog }
  const foretold = await foretellSetup(setup)
  if (foretold.ok || foretold.fault.code !== 'members_present') return [sayForetold(foretold)]
  const members: PartView = { name: membersName, state: 'odd', text: foretold.fault.message }
  return [members, sayForetold(await foretellSetup({ ...setup, admitsMembers: true }))]
}

function sayForetold(foretold: Awaited<ReturnType<typeof foretellSetup>>): PartView {
  const name = 'PocketBase setup'
  if (!foretold.ok) return { name, state: 'bad', text: foretold.fault.message }
  if (foretold.value.length === 0) return { name, state: 'good', text: 'fields, indexes and rules are as they should be' }
  return { name, state: 'odd', text: `would change: ${foretold.value.join(' ')}`, todo: 'Run telemetry-service setup pocketbase.' }
}

/** The way to the mail server up to its sign-in; no mail is sent. */
export async function examineMail(settings: Settings): Promise<PartView> {
  const name = 'mail server'
  const options = mailOptionsOf(settings, () => '')
  if (options === undefined) return { name, state: 'off', text: 'no mail is sent' }
  const greeted = await greetMailServer(options)
  return sayReached(name, greeted, 'answers, and takes the sign-in', greeted.ok ? '' : mailRemedy(greeted.fault))
}

/** The way to the webhook; no message is sent. */
export async function examineWebhook(settings: Settings): Promise<PartView> {
  const name = 'webhook'
  const options = webhookOptionsOf(settings, () => '')
  if (options === undefined) return { name, state: 'off', text: 'nothing is sent' }
  const reached = await reachWebhook(options)
  return sayReached(name, reached, 'can be reached', reached.ok ? '' : webhookRemedy(reached.fault))
}

/** Whether GitHub takes the token and shows the repository; no issue is opened. */
export async function examineGithub(settings: Settings): Promise<PartView> {
  const name = 'GitHub'
  const looked = await githubOf(settings)?.look()
  if (looked === undefined) return { name, state: 'off', text: 'no issues are opened' }
  const reached = looked.ok ? looked : err(looked.fault.code)
  const todo = githubRemedies[reached.ok ? '' : reached.fault] ?? 'Check GITHUB_API_URL and the way to it, or try again later.'
  return sayReached(name, reached, `takes the token, and shows ${settings.githubOwner}/${settings.githubRepo}`, todo)
}

const githubRemedies: Readonly<Record<string, string>> = {
  token_refused: 'Set another GITHUB_TOKEN: this one has run out or was revoked.',
  forbidden: 'Give the token of GITHUB_TOKEN the right to read this repository and to write its issues.',
  repository_unknown: 'Check GITHUB_OWNER and GITHUB_REPO, and that the token of GITHUB_TOKEN may see that repository.',
  repository_moved: 'Set GITHUB_OWNER and GITHUB_REPO to the name that the repository has now.',
  issues_disabled: 'Let the repository take issues, or name another one.',
  address_private: 'Set GITHUB_API_PRIVATE=true where that address is meant.',
}

function sayReached(name: string, reached: Result<void, string>, text: string, todo: string): PartView {
  return reached.ok ? { name, state: 'good', text } : { name, state: 'bad', text: `cannot be used (${reached.fault})`, todo }
}

/** Everybody that anything may be sent to. All are off unless their setting is there. */
export function recipientsOf(settings: Settings): readonly PartView[] {
  const { pbUrl, smtpHost, smtpTo, alertWebhookUrl, alertEnabled, githubToken } = settings
  const mail = smtpHost === undefined || !alertEnabled ? undefined : `alerts by ${smtpHost} to ${smtpTo.length} addresses`
  const hook = alertWebhookUrl === undefined || !alertEnabled ? undefined : `alerts to ${new URL(alertWebhookUrl).host}`
  const rows = [
    ['PB_URL', pbUrl === undefined ? undefined : `runs to ${new URL(pbUrl).host}`],
    ['SMTP_HOST', mail],
    ['ALERT_WEBHOOK_URL', hook],
    ['GITHUB_TOKEN', githubToken === undefined ? undefined : issuePlaceOf(settings)],
  ] as const
  return rows.map(([setting, text]) => ({
    name: 'recipient',
    state: text === undefined ? 'off' : 'good',
    text: `${setting}: ${text ?? 'nothing is sent'}`,
  }))
}

function issuePlaceOf({ githubApiUrl = publicApiUrl, githubOwner, githubRepo }: Settings): string {
  return `issues that a maintainer opens to ${githubOwner}/${githubRepo} at ${new URL(githubApiUrl).host}`
}
