import { expect, test } from 'bun:test'
import { eventBody, startRunning } from '../../part/running.ts'

const hourMs = 3_600_000

test('the overview names a script that began to fail and runs whose end nobody knows, and its links show these and no others', async () => {
  await using service = await startRunning()
  const [ingest, key] = [await service.makeKey('ingest'), await service.makeKey('read')]
  const send = async (hoursAgo: number, count: number, event: Readonly<Record<string, unknown>>) => {
    const at = new Date(Date.now() - hoursAgo * hourMs).toISOString()
    const bodies = Array.from({ length: count }, () => eventBody({ ...event, at }))
    const answer = await service.ask('/telemetry/batch', { body: bodies.join('\n'), key: ingest })
    expect(answer.status).toBe(202)
  }
  await send(240, 60, { nsapp: 'immich', status: 'success' })
  await send(240, 60, { nsapp: 'docker', status: 'success' })
  await send(0, 30, { nsapp: 'immich', status: 'failed', exit_code: 100, error: 'E: broken' })
  await send(0, 30, { nsapp: 'docker', status: 'success' })
  await send(240, 3, { nsapp: 'plex', status: 'unknown' })
  await send(4, 2, { nsapp: 'plex', status: 'installing' })
  await send(5, 3, { nsapp: 'plex', status: 'unknown' })
  await send(100, 3, { nsapp: 'plex', status: 'configuring' })
  await send(1, 4, { nsapp: 'plex', status: 'installing' })
  await send(1, 4, { nsapp: 'plex', status: 'unknown' })
  await send(1_000, 5, { nsapp: 'plex', status: 'installing' })
  await service.settle()
  const text = async (path: string) => (await service.ask(path, { key })).text()

  const html = await text('/dashboard?period=90d')
  const looks = /<section class="card looks bad".*?<\/section>/s.exec(html)?.[0] ?? ''
  expect(looks).toContain('immich fails 100.0 % of its runs in the last two days (0.0 % in the 28 days before, n 30).')
  expect(looks).not.toContain('docker')
  expect(looks).toContain('The end of 5 runs of the last two days is not known (6.8 % of all; 4.8 % in the 28 days before).')
  const [errors = '', script = '', records = ''] = [...looks.matchAll(/href="([^"]*)"/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&'),
  )
  expect(looks).toContain('50.0 % of all runs failed in the last two days (0.0 % in the 28 days before, n 60).')
  expect(await text(errors)).toContain('E: broken')
  expect(await text(script)).toContain('status=failed">30</a>')
  expect(await text(records)).toContain('<h2>5 runs</h2>')
  expect((await text(`${records}&format=jsonl`)).trimEnd().split('\n')).toHaveLength(5)

  expect(html).toMatch(/E: broken.*?<b class="tag">new<\/b>/s)
  expect(await text('/dashboard?script=docker')).toContain('Nothing needs a look')
})
