import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { renewalOf, renewedWithinMs } from '../../src/app/tls.ts'
import { silentLog } from '../../src/base/log.ts'
import { readSettings } from '../../src/config.ts'
import { idleMs } from '../../src/http/listener.ts'
import { readTlsPair } from '../../src/http/tls/pair.ts'
import { settingTable } from '../../src/setting.ts'

test('the papers name the time after which every new connection has another certificate, as the timer and the sockets make it', () => {
  const files = { certFile: 'test/fixture/tls/localhost.crt', keyFile: 'test/fixture/tls/localhost.key' }
  const pair = readTlsPair(files)
  const config = readSettings({ TLS_CERT_FILE: files.certFile, TLS_KEY_FILE: files.keyFile })
  if (!pair.ok || !config.ok) throw new Error('the fixture is gone')
  const [timer] = renewalOf(config.value.settings, { tls: pair.value, renew: () => undefined }, silentLog)
  const takenUpMs = 2 * (timer?.everyMs ?? 0) // What two looks have seen alike counts.
  expect(renewedWithinMs).toBe(takenUpMs + idleMs)
  const said = readFileSync('docs/operations.md', 'utf8')
  expect(said).toContain(`taken up within ${takenUpMs / 1_000} seconds`)
  expect(said).toContain(`for ${idleMs / 1_000} seconds more`)
  expect(said).toContain(`within ${renewedWithinMs / 1_000} seconds`)
  expect(settingTable.TLS_CERT_FILE.meaning).toContain(`within ${renewedWithinMs / 1_000} seconds`)
})
