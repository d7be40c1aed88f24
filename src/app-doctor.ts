import { statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { pathsOf, pocketbaseAccessOf } from './app-folder.ts'
import { explainTls, tlsFilesOf } from './app-tls.ts'
import { dayMs, systemClock } from './base/clock.ts'
import { silentLog } from './base/log.ts'
import type { Settings } from './config.ts'
import { createPocketBaseClient } from './consumer/pocketbase/client.ts'
import { faultWord } from './consumer/pocketbase/fault.ts'
import { readTlsPair } from './http/tls/pair.ts'
import { checkFiles } from './store/check-thread.ts'
import { checkStoreFile } from './store/rollup/check.ts'
import { checkSegmentFile } from './store/segment/check.ts'

/** What was looked at, how it is, and what to do where something can be done. */
type Finding = { readonly name: string; readonly state: 'good' | 'odd' | 'bad' | 'off'; readonly text: string; readonly todo?: string }

const gigabyte = 1024 ** 3
const warnDays = 14
const pocketbaseMs = 10_000

/** Looks at everything that can be wrong. Only reads, also beside a running service. */
export async function examine(settings: Settings): Promise<readonly Finding[]> {
  const { journalPath, storePath } = pathsOf(settings)
  const files = [join(settings.dataDir, 'access.db'), journalPath, join(settings.dataDir, 'rate.db'), storePath].filter(isThere)
  return [
    ...examineRights([settings.dataDir, ...files]),
    await examineDisk(settings.dataDir),
    ...(await Promise.all(files.map(examineFile))),
    ...(files.includes(storePath) ? await examineSums(storePath) : []),
    examineTls(settings),
    await examinePocketBase(settings),
    ...recipientsOf(settings),
  ]
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

/** Folder and files are for the service's user alone. */
function examineRights(paths: readonly string[]): readonly Finding[] {
  if (!isThere(paths[0] ?? ''))
    return [{ name: 'folder', state: 'odd', text: `${paths[0]} is not there yet`, todo: 'The first start makes it.' }]
  const open = paths.filter((path) => (statSync(path).mode & 0o077) !== 0)
  if (open.length === 0) return [{ name: 'permissions', state: 'good', text: 'folder and files are for their owner alone' }]
  return open.map((path) => ({ name: 'permissions', state: 'bad', text: `others may read or write ${path}`, todo: `chmod go= ${path}` }))
}

async function examineDisk(folder: string): Promise<Finding> {
  const disk = await statfs(folder).catch(() => undefined)
  if (disk === undefined) return { name: 'disk', state: 'odd', text: 'cannot be looked at' }
  const free = disk.bavail * disk.bsize
  const share = disk.bavail / Math.max(1, disk.blocks)
  const text = `${(free / gigabyte).toFixed(1)} GB free, ${Math.round(share * 100)} %`
  if (free < gigabyte / 4) return { name: 'disk', state: 'bad', text, todo: 'Make room: at the end of it events are answered with 503.' }
  return share < 0.05 ? { name: 'disk', state: 'odd', text, todo: 'Make room soon.' } : { name: 'disk', state: 'good', text }
}

async function examineFile(path: string): Promise<Finding> {
  const isWhole = await checkFiles([path], new AbortController().signal).then(
    () => true,
    () => false,
  )
  if (isWhole) return { name: 'integrity', state: 'good', text: `${path} is whole` }
  return {
    name: 'integrity',
    state: 'bad',
    text: `${path} is damaged`,
    todo: 'Put a backup back, or see docs/operations.md under "A file is damaged".',
  }
}

async function examineSums(storePath: string): Promise<readonly Finding[]> {
  try {
    const [rollups, segments] = [await checkStoreFile(storePath), await checkSegmentFile(storePath)]
    return [
      sumsFinding('roll-ups', rollups.differing, 'doctor rollups'),
      sumsFinding('column segments', segments.differing, 'doctor segments'),
    ]
  } catch {
    const todo = 'Start the service once: it brings an older store up to date.'
    return [{ name: 'roll-ups', state: 'bad', text: 'the store cannot be read as it is', todo }]
  }
}

function sumsFinding(name: string, differing: number, command: string): Finding {
  if (differing === 0) return { name, state: 'good', text: 'agree with all runs' }
  return { name, state: 'bad', text: `${differing} numbers differ`, todo: `telemetry-service ${command} names them; please report it.` }
}

function examineTls(settings: Settings): Finding {
  const files = tlsFilesOf(settings)
  if (files === undefined) {
    const text = settings.requireHttps ? 'is a proxy’s; plain requests are refused' : 'is off'
    if (settings.requireHttps) return { name: 'TLS', state: 'good', text }
    return { name: 'TLS', state: 'off', text, todo: 'Set TLS_CERT_FILE, or a proxy with TLS in front and REQUIRE_HTTPS=true.' }
  }
  const pair = readTlsPair(files)
  if (!pair.ok) return { name: 'TLS', state: 'bad', text: explainTls(pair.fault, files), todo: 'Put the right pair there.' }
  const days = Math.floor((pair.value.validTo - systemClock.now()) / dayMs)
  const text = `the certificate holds until ${new Date(pair.value.validTo).toISOString()}`
  if (days >= warnDays && pair.value.validFrom <= systemClock.now()) return { name: 'TLS', state: 'good', text }
  return { name: 'TLS', state: days < 0 ? 'bad' : 'odd', text, todo: 'Replace it: the running service takes it up by itself.' }
}

async function examinePocketBase(settings: Settings): Promise<Finding> {
  const access = pocketbaseAccessOf(settings)
  if (access === undefined) return { name: 'PocketBase', state: 'off', text: 'PB_URL is not set' }
  const signedIn = await createPocketBaseClient(access, systemClock, silentLog).verify(AbortSignal.timeout(pocketbaseMs))
  if (signedIn.ok) return { name: 'PocketBase', state: 'good', text: 'answers, and takes the sign-in' }
  return {
    name: 'PocketBase',
    state: 'bad',
    text: `does not let us in (${faultWord(signedIn.fault)})`,
    todo: 'Check PB_URL, PB_IDENTITY and PB_PASSWORD.',
  }
}

/** Everybody that anything may be sent to. All are off unless their setting is there. */
function recipientsOf({ pbUrl, smtpHost, smtpTo, alertWebhookUrl, alertEnabled }: Settings): readonly Finding[] {
  const mail = smtpHost === undefined || !alertEnabled ? undefined : `alerts by ${smtpHost} to ${smtpTo.length} addresses`
  const hook = alertWebhookUrl === undefined || !alertEnabled ? undefined : `alerts to ${new URL(alertWebhookUrl).host}`
  const rows = [
    ['PB_URL', pbUrl === undefined ? undefined : `runs to ${new URL(pbUrl).host}`],
    ['SMTP_HOST', mail],
    ['ALERT_WEBHOOK_URL', hook],
  ] as const
  return rows.map(([setting, text]) => ({
    name: 'recipient',
    state: text === undefined ? 'off' : 'good',
    text: `${setting}: ${text ?? 'nothing is sent'}`,
  }))
}
