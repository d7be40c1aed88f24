import { describe, expect, test } from 'bun:test'
import { createDoctorRound, findingsOfTimers } from '../../src/app/doctor-round.ts'
import { readSettings, type Settings } from '../../src/config.ts'
import { mailbox } from '../part/mailbox.ts'
import { temporaryFolder } from '../store/folder.ts'

function settingsFor(env: Readonly<Record<string, string>>): Settings {
  const read = readSettings(env)
  if (!read.ok) throw new Error(read.fault.map(({ message }) => message).join('; '))
  return read.value.settings
}

const began = Date.UTC(2026, 2, 2, 2, 10)
const run = (name: string, result: 'running' | 'done' | 'failed') => ({ name, last: { beganAt: began, tookMs: 1, result, changed: 0 } })

describe('what doctor finds by the clock', () => {
  test('is nothing before the first look, and then what it finds outside, whatever was found before', async () => {
    const looks = [[{ name: 'webhook', state: 'bad', text: 'cannot be used (timeout)' }], []] as const
    let count = 0
    const { task, last } = createDoctorRound(settingsFor({}), async () => looks[count++] ?? [])
    expect(last()).toBeUndefined()
    await task.run(new AbortController().signal)
    expect(last()?.findings).toEqual(looks[0])
    expect(Math.abs((last()?.at ?? 0) - Date.now())).toBeLessThan(60_000)
    await task.run(new AbortController().signal)
    expect(last()?.findings).toEqual([])
  })

  test('comes from the same look as that of the command, and sends no mail', async () => {
    using folder = temporaryFolder()
    await using mail = await mailbox()
    const { task, last } = createDoctorRound(
      settingsFor({
        ...{ DATA_DIR: folder.path, ALERT_ENABLED: 'true', SMTP_HOST: 'localhost', SMTP_PORT: String(mail.port), SMTP_TO: 'a@b.test' },
        SMTP_CA_FILE: 'test/fixture/tls/expired.crt',
      }),
    )
    await task.run(new AbortController().signal)
    expect(last()?.findings.map(({ name, state }) => [name, state])).toEqual([
      ['PocketBase', 'off'],
      ['mail server', 'bad'],
      ['webhook', 'off'],
      ['GitHub', 'off'],
    ])
    expect(last()?.findings[1]?.todo).toContain('SMTP_CA_FILE')
    expect(mail.got).toEqual([])
  })

  test('of whole files and sums is what their timers found', () => {
    expect(findingsOfTimers([]).map(({ state }) => state)).toEqual(['off', 'off'])
    expect(findingsOfTimers([run('integrity', 'done'), run('sums', 'failed')])).toMatchObject([
      { name: 'integrity', state: 'good', text: 'every database was whole at 2026-03-02 02:10 UTC' },
      { name: 'roll-ups and column segments', state: 'bad', todo: expect.stringContaining('telemetry-service doctor') },
    ])
    expect(findingsOfTimers([run('integrity', 'running')])[0]).toMatchObject({ state: 'off', text: 'is being looked at' })
  })
})
