import { expect, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { eventBody, startRunning } from '../part/running.ts'
import { until } from '../wait.ts'

/** The next moment of a schedule lies at most a minute away, and cannot be hurried in a service that runs by the real clock. */
const minuteMs = 75_000

test(
  'P27 a service makes backups by its schedule, proves each, keeps the newest and shows them among its timers',
  async () => {
    await using service = await startRunning({ BACKUP_CRON: '* * * * *', BACKUP_KEEP: '1' })
    await service.ask('/telemetry', { body: eventBody() })
    await until(
      () => readdirSync(service.folder).includes('backup') && readdirSync(`${service.folder}/backup`).some((name) => name.endsWith('Z')),
      'a backup',
      minuteMs,
    )
    const key = await service.makeKey('read')
    const metrics = async () => (await service.ask('/metrics', { key })).text()
    await until(async () => /timer="backup"/.test(await metrics()), 'the timer in the metrics')
    await until(
      () => readdirSync(`${service.folder}/backup`).filter((name) => name !== 'erasures.json').length === 1,
      'the proof is done and leaves nothing',
    )
    expect(service.lines.filter(({ level }) => level === 'error')).toEqual([])
  },
  2 * minuteMs,
)
