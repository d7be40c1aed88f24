import { describe, expect, test } from 'bun:test'
import { copyFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { simpleParser } from 'mailparser'
import { readSettings } from '../../src/config.ts'
import { certificatePath, mailbox } from '../part/mailbox.ts'
import { startRunning } from '../part/running.ts'
import { temporaryFolder } from '../store/folder.ts'

const mailSettings = (port: number) => ({
  ALERT_ENABLED: 'true',
  SMTP_HOST: 'localhost',
  SMTP_PORT: String(port),
  SMTP_TO: 'ops@b.test, more@b.test',
  SMTP_CA_FILE: certificatePath,
})

describe('P15 a service with a mail server', () => {
  test('sends a test alert to every recipient, by TLS where it is offered', async () => {
    await using there = await mailbox()
    await using service = await startRunning({ ...mailSettings(there.port), ALERT_FAILURE_THRESHOLD: '20.0' })
    const key = await service.makeKey('admin')
    const answer = await service.ask('/api/alerts/test', { method: 'POST', key })
    expect([answer.status, await answer.text()]).toEqual([200, 'test alert sent\n'])
    const [got] = there.got
    expect([got?.to, got?.isSecure]).toEqual([['ops@b.test', 'more@b.test'], true])
    expect((await simpleParser(got?.source ?? '')).subject).toBe('[telemetry] Test alert')
    expect(await (await service.ask('/api/alerts', { key })).json()).toEqual({ enabled: true, history: [] })
  })

  test('says by a code what went wrong', async () => {
    const there = await mailbox()
    await there[Symbol.asyncDispose]()
    await using service = await startRunning(mailSettings(there.port))
    const answer = await service.ask('/api/alerts/test', { method: 'POST', key: await service.makeKey('admin') })
    expect([answer.status, await answer.text()]).toEqual([
      500,
      expect.stringMatching(/^mail: connection_failed\. No connection: check SMTP_HOST and SMTP_PORT/),
    ])
  })

  test('stays up when the file of SMTP_CA_FILE goes: the page says so, mails wait, and go out once it is back', async () => {
    await using there = await mailbox()
    using folder = temporaryFolder()
    const caFile = folder.file('ca.pem')
    copyFileSync(certificatePath, caFile)
    await using service = await startRunning({ ...mailSettings(there.port), SMTP_CA_FILE: caFile })
    const key = await service.makeKey('admin')
    const page = async () => {
      const answer = await service.ask('/alerts', { key })
      return [answer.status, (await answer.text()).includes('SMTP_CA_FILE, the file cannot be read (ENOENT)')]
    }
    const tell = async () => (await service.ask('/api/alerts/test', { method: 'POST', key })).text()
    expect(await page()).toEqual([200, false])
    unlinkSync(caFile)
    expect([await page(), await tell()]).toEqual([
      [200, true],
      expect.stringMatching(/^mail: ca_unreadable\. Put a file with certificates/),
    ])
    copyFileSync(certificatePath, caFile)
    expect([await page(), await tell(), there.got.length]).toEqual([[200, false], 'test alert sent\n', 1])
  })

  test.each([
    ['that is missing', undefined, 'the file cannot be read (ENOENT)'],
    ['without a certificate', 'nothing', 'the file holds no certificate in PEM'],
  ])('does not start with a file of SMTP_CA_FILE %s', async (_, text, fault) => {
    using folder = temporaryFolder()
    const caFile = folder.file('ca.pem')
    if (text !== undefined) writeFileSync(caFile, text)
    await expect(startRunning({ ...mailSettings(25), SMTP_CA_FILE: caFile })).rejects.toThrow(`SMTP_CA_FILE is "${caFile}": ${fault}`)
  })

  test('sends nothing while alerts are off', async () => {
    await using there = await mailbox()
    await using service = await startRunning({ ...mailSettings(there.port), ALERT_ENABLED: 'false' })
    const answer = await service.ask('/api/alerts/test', { method: 'POST', key: await service.makeKey('admin') })
    expect([answer.status, await answer.text(), there.got]).toEqual([500, 'alerting not configured\n', []])
  })
})

describe('settings of the alerts', () => {
  test.each([
    ['a mail server without recipients', { SMTP_HOST: 'localhost' }, 'SMTP_TO'],
    ['a webhook without a secret', { ALERT_WEBHOOK_URL: 'https://hook.test' }, 'ALERT_WEBHOOK_SECRET'],
    ['a threshold in words', { ALERT_FAILURE_THRESHOLD: '20,0' }, 'ALERT_FAILURE_THRESHOLD'],
    ['a threshold over all', { ALERT_FAILURE_THRESHOLD: '100.1' }, 'ALERT_FAILURE_THRESHOLD'],
    ['no time between two looks', { ALERT_CHECK_INTERVAL_MIN: '0' }, 'ALERT_CHECK_INTERVAL_MIN'],
  ])('refuse %s', (_, env, name) => {
    const config = readSettings(env)
    expect(config.ok ? [] : config.fault.map(({ setting }) => setting)).toEqual([name])
  })

  test('take a threshold as the earlier service wrote it', () => {
    const config = readSettings({ ALERT_FAILURE_THRESHOLD: '20.5' })
    expect(config.ok && config.value.settings.alertFailureThreshold).toBe(20.5)
  })
})
