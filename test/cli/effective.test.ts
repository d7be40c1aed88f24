import { describe, expect, test } from 'bun:test'
import { controlPath } from '../../src/base/control-path.ts'
import { ask } from '../../src/cli/ask.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { type SettingName, settingNames, settingOf } from '../../src/setting.ts'
import { startFakeGithub } from '../issue/fake-github.ts'
import { certificatePath, mailbox } from '../part/mailbox.ts'
import { startRunning } from '../part/running.ts'
import { temporaryFolder } from '../store/folder.ts'
import { sampleContext } from './desk-sample.ts'

type Finding = { readonly name: string; readonly state: string; readonly text: string }

/** A command in a shell that knows of the folder and of nothing else that the service was started with. */
async function run(folder: string, words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const context = sampleContext({ DATA_DIR: folder, ...env })
  const code = await runCommandLine(words, context)
  return { code, out: context.out(), told: context.told() }
}

async function doctor(folder: string, env: Readonly<Record<string, string>> = {}) {
  const findings: readonly Finding[] = JSON.parse((await run(folder, ['doctor', '--json'], env)).out)
  return (name: string) => findings.filter((finding) => finding.name === name).map(({ state, text }) => [state, text])
}

const alerts = {
  ...{ ALERT_ENABLED: 'true', SMTP_HOST: 'localhost', SMTP_TO: 'ops@b.test', SMTP_CA_FILE: certificatePath },
  ...{ PUBLIC_URL: 'https://telemetry.example.org', SMTP_FROM: 'telemetry@example.org' },
}

describe('doctor beside a service', () => {
  test('goes by the settings of the service, which looks outside with its own secrets', async () => {
    const names: string[] = []
    await using mail = await mailbox({
      authOptional: false,
      onAuth: ({ username, password }, _session, done) => {
        names.push(`${username} ${password}`)
        done(null, { user: 'u' })
      },
    })
    await using github = startFakeGithub()
    await using service = await startRunning({
      ...{ ...alerts, SMTP_PORT: String(mail.port), SMTP_USER: 'u', SMTP_PASSWORD: 'the password' },
      ...{ GITHUB_TOKEN: 'a-token', GITHUB_OWNER: 'an-owner', GITHUB_REPO: 'a-repo' },
      ...{ GITHUB_API_URL: github.origin, GITHUB_API_PRIVATE: 'true', REQUIRE_HTTPS: 'true' },
    })
    const found = await doctor(service.folder)
    expect(found('settings')).toEqual([['good', 'are those of the running service']])
    expect(found('alerts')).toEqual([['good', 'are told by mail']])
    expect([found('mail server'), names]).toEqual([[['good', 'answers, and takes the sign-in']], ['u the password']])
    expect(found('GitHub')).toEqual([['good', 'takes the token, and shows an-owner/a-repo']])
    expect(found('TLS')).toEqual([['good', 'is a proxy’s; plain requests are refused']])
    expect(found('recipient').map(([state]) => state)).toEqual(['off', 'good', 'off', 'good'])
  })

  test('is not misled by what its own shell is set to', async () => {
    await using service = await startRunning()
    const found = await doctor(service.folder, { ...alerts, GITHUB_TOKEN: 'a-token' })
    expect(found('alerts')).toEqual([['off', 'are off']])
    expect(found('GitHub')).toEqual([['off', 'no issues are opened']])
  })

  test('goes by its own where no service runs, and says so', async () => {
    using folder = temporaryFolder()
    const found = await doctor(folder.path, alerts)
    expect(found('settings')).toEqual([['good', `are those of this command: no service runs on ${folder.path}`]])
    expect(found('alerts')).toEqual([['good', 'are told by mail']])
  })

  test('goes by its own where the service does not know the question, and says so', async () => {
    using folder = temporaryFolder()
    const earlier = Bun.serve({ unix: controlPath(folder.path), fetch: () => Response.json({ error: 'no such request' }, { status: 404 }) })
    const found = await doctor(folder.path, alerts)
    expect(found('settings')).toEqual([['odd', 'are those of this command: the running service is of another version']])
    await earlier.stop(true)
  })
})

test('alert list says whether rules are looked at by the settings of the service, and whose settings those are', async () => {
  await using service = await startRunning(alerts)
  const served = await run(service.folder, ['alert', 'list'])
  expect([served.code, served.told]).toEqual([0, 'The settings are those of the running service. Alerts are told by mail.\n'])
  await service.stop()
  const alone = await run(service.folder, ['alert', 'list', '--json'], { ALERT_ENABLED: 'false' })
  expect(alone.told).toBe(
    `The settings are those of this command: no service runs on ${service.folder}. ALERT_ENABLED is false: no rule is looked at.\n`,
  )
  expect(JSON.parse(alone.out).length).toBeGreaterThan(0)
})

test('P23 no secret leaves the service by its socket, nor the query of an address', async () => {
  const secrets = settingNames.filter((name) => settingOf(name).secret)
  const canaries = Object.fromEntries(secrets.map((name: SettingName) => [name, `canary-of-${name}`]))
  await using service = await startRunning({
    ...{ ...alerts, ...canaries, PB_URL: 'http://127.0.0.1:9', SMTP_USER: 'u' },
    ALERT_WEBHOOK_URL: 'https://hook.example.org/in?key=canary',
  })
  const reply = await ask({ to: { socketPath: controlPath(service.folder) }, method: 'GET', path: '/settings', timeoutMs: 5_000 })
  if (!reply.ok) throw new Error(reply.fault)
  expect(reply.value.text).not.toContain('canary')
  expect(JSON.parse(reply.value.text)).toMatchObject({ smtpPassword: '********', alertWebhookUrl: 'https://hook.example.org/in?********' })
})
