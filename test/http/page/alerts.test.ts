import { expect, test } from 'bun:test'
import { startRunning } from '../../part/running.ts'

test('the page of alerts shows the first rules and where messages go', async () => {
  await using service = await startRunning({ ALERT_ENABLED: 'true', SMTP_HOST: 'localhost', SMTP_TO: 'a@b.test' })
  const key = await service.makeKey('read')
  const html = await (await service.ask('/alerts', { key })).text()
  expect(html).toContain('told by mail')
  for (const id of ['failure-rate', 'script-worse', 'new-error', 'stuck-runs', 'disk-full']) expect(html).toContain(`<code>${id}</code>`)
  expect(html).toContain('Nothing was told yet.')
  const other = await (await service.ask('/alerts', { key: await service.makeKey('read', { tenant: 'other' }) })).text()
  expect(other).toContain('There is no rule.')
})

test('the page of alerts says how they are switched on', async () => {
  await using service = await startRunning()
  const html = await (await service.ask('/alerts', { key: await service.makeKey('read') })).text()
  expect(html).toContain('off: set ALERT_ENABLED=true')
})
