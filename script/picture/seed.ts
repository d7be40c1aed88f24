import { dayMs } from '../../src/base/clock.ts'
import { type Running, startRunning } from '../../test/part/running.ts'
import { adminName, adminPassword, openBrowser, setUp, signIn } from '../../test/part/sign-in.ts'
import { hourMs, standAt } from './clock.ts'
import { type HistorySize, type SampleReport, sampleHistory } from './history.ts'

/** Reports in one request. */
const batchReports = 2_500

const users = [
  { name: 'grace', role: 'maintainer' },
  { name: 'linus', role: 'viewer' },
] as const
const userPassword = 'another good password'

/**
 * A service that took in a history through its own door, with users, keys, a muted group and a few refusals, as months of use leave them.
 * Its clock stands at `now` in the end.
 */
export async function startWithHistory(now: number, size: HistorySize): Promise<Running> {
  const retentionDays = Math.max(365, Math.ceil((Date.now() - now) / dayMs) + size.days)
  standAt(now - size.days * dayMs)
  const service = await startRunning({ RETENTION_DAYS: String(retentionDays), ALERT_ENABLED: 'true' })
  const admin = await setUp(service)
  const made = await admin.submit('/keys', { scope: 'ingest', life: '365', label: 'install scripts' })
  const key = /ts_i_\w+/.exec(await made.text())?.[0]
  if (key === undefined) throw new Error(`a key was not made: ${made.status}`)
  await fill(service, key, sampleHistory(now, size))
  await refuseSome(service)
  await share(service, now - 3 * dayMs)
  standAt(now)
  return service
}

/** What the admin did one day, and that somebody else signed in since. */
async function share(service: Running, day: number): Promise<void> {
  standAt(day)
  const admin = openBrowser(service)
  await signIn(admin, adminName, adminPassword)
  await admin.submit('/keys', { scope: 'read', life: 'revoked', label: 'Grafana' })
  for (const { name, role } of users) await admin.submit('/users', { name, role, password: userPassword })
  const slow = /href="(\/errors\/[0-9a-f]{16})[^>]*>[^<]*timed out/.exec(await (await admin.get('/error-analysis')).text())?.[1]
  if (slow === undefined) throw new Error('the history lacks the group of errors that is muted')
  await admin.submit(slow, { state: 'muted', note: 'Downloads are slow in the evening; nothing to do here.' })
  standAt(day + 2 * dayMs + 5 * hourMs)
  await signIn(openBrowser(service), users[0].name, userPassword)
}

async function fill(service: Running, key: string, history: Iterable<readonly SampleReport[]>): Promise<void> {
  let lines: string[] = []
  for (const reports of history) {
    lines.push(...reports.map((report) => JSON.stringify(report)))
    if (lines.length < batchReports) continue
    await send(service, key, lines)
    lines = []
  }
  if (lines.length > 0) await send(service, key, lines)
  await service.settle()
}

async function send(service: Running, key: string, lines: readonly string[]): Promise<void> {
  const answer = await service.ask('/telemetry/batch', { body: lines.join('\n'), key })
  if (answer.status !== 202) throw new Error(`the history was answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`)
  await service.settle()
}

/** What a service on the open net refuses every day. */
async function refuseSome({ ask }: Running): Promise<void> {
  const bodies = ['hello', '{"type":"lxc","status":"success"}', '{"random_id":"x","type":"lxc","nsapp":"docker"}', '']
  for (const [index, body] of bodies.entries()) {
    for (let times = index; times < 5; times += 1) await ask('/telemetry', { method: 'POST', body })
  }
  await ask('/telemetry', { body: '{}', key: 'ts_i_unknown' })
}
