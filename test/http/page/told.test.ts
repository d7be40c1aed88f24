import { expect, test } from 'bun:test'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { startRunning } from '../../part/running.ts'
import { temporaryFolder } from '../../store/folder.ts'
import { put, stateOf } from '../../store/run-fixture.ts'
import { until } from '../../wait.ts'

/** Runs of the last minute: half of them failed, of one error. */
function fill(path: string): void {
  const store = openStoreWriter(path)
  const at = Date.now() - 60_000
  for (let n = 0; n < 40; n++) {
    const failure = { status: 'failed', exitCode: 100, error: 'quagga cannot graze <here>', nsapp: 'immich' } as const
    put(store, n, stateOf({ at, repoSource: 'ProxmoxVE', ...(n % 2 === 0 && failure) }))
  }
  store.checkpoint()
  store.close()
}

test('what was told names the error and the scripts, and leads to them; so does the rule, and the list of the earlier service', async () => {
  using folder = temporaryFolder()
  fill(folder.file('store.db'))
  await using service = await startRunning({ DATA_DIR: folder.path, ALERT_ENABLED: 'true' })
  const key = await service.makeKey('read')
  const page = async (path: string) => (await service.ask(path, { key })).text()
  await until(async () => (await page('/alerts')).includes('Alert: a new error, 20 runs'), 'the rules were looked at')

  const html = await page('/alerts')
  const name = 'quagga cannot graze &lt;here&gt;'
  const path = /href="(\/errors\/[0-9a-f]{16})">Alert: a new error, 20 runs</.exec(html)?.[1] ?? ''
  expect(html.split(name)).toHaveLength(3) // Once beside its rule, once in what was told.
  expect(html.split(`href="${path}"`)).toHaveLength(3)
  expect(html).not.toContain(`>${path.slice('/errors/'.length)}<`)
  expect(html).toMatch(
    /href="\/records\?from=[-0-9]+&amp;to=[-0-9]+&amp;source=ProxmoxVE&amp;status=failed">Alert: failure rate \(ProxmoxVE\), 50 %</,
  )
  expect(html).toContain('20 of 40 runs that ended in the last 24 hours failed: 50 %. The limit is 20 %.')
  const row = /<tr><th scope="row"><code><a href="\/alerts\/new-error">.*?<\/tr>/.exec(html)?.[0] ?? ''
  expect(row).toContain('<span>20 runs</span><span class="muted under">limit 3 runs</span>')
  expect(row).toMatch(/data-head="last sent \(UTC\)"><span><span>[-0-9: ]{16}<\/span><span class="muted under">there was no channel</)
  expect(row).toMatch(/data-head="next check \(UTC\)">[-0-9: ]{16}</)
  const quietRow = /<tr><th scope="row"><code><a href="\/alerts\/disk-full">.*?<\/tr>/.exec(html)?.[0] ?? ''
  expect(quietRow).toContain('<span class="muted">never</span>')
  expect(html.indexOf('href="/alerts/new-error"')).toBeLessThan(html.indexOf('href="/alerts/disk-full"')) // What fires stands on top.
  expect(await page('/alerts/new-error')).toContain(`<a href="${path}">${name}</a>`)
  expect((await service.ask(path, { key })).status).toBe(200)

  const list = await (await service.ask('/api/alerts', { key })).text()
  expect(list).toContain('"message":"Alert: a new error, 20 runs: quagga cannot graze <here>"')
})
