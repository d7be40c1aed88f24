import { defaultTenant } from '../base/tenant.ts'
import type { Body, PrepareOptions } from './door.ts'
import { prepareGroup } from './prepare-group.ts'

/** Enough for the engine to compile what logs are prepared by; a tenth of a second on a busy processor. */
const rounds = 24
const lines = [
  'E: Unable to locate package example-server',
  'curl: (7) Failed to connect to 192.0.2.7 port 443 after 12 ms: Could not connect to server',
  "2026-01-02T03:04:05Z setting up libexample1:amd64 (3.11.2-1ubuntu2) ... see /var/log/example/install.log for 'details'",
  'root@node:/home/alex# docker login -u alex -p example registry.example.org # [12345] 00:11:22:33:44:55 2001:db8::7',
  'at Module.load (node:internal/modules/cjs/loader:1205:32) {"token":"example","mail":"alex@example.org"}',
]

/** A made-up failure with a log of some 4 kB, in which many rules hide something. */
export function sampleBody(): Body {
  const fields = { random_id: '00000000-0000-4000-8000-000000000000', type: 'lxc', nsapp: 'example', status: 'failed', exit_code: 1 }
  const error = `exit_code=1 | General error\n---\n${lines.join('\n').repeat(8)}`
  return { bytes: new TextEncoder().encode(JSON.stringify({ ...fields, error })), sender: { tenant: defaultTenant, mayDate: false } }
}

/**
 * Prepares the sample and throws the result away. The first logs of a thread that never did so take many times as long, and all that come with them wait:
 * 32 to 100 ms at the 99th percentile of the first four seconds under full load, 24 to 31 after this.
 */
export function warmUp(options: PrepareOptions): void {
  const bodies = [sampleBody()]
  for (let round = 0; round < rounds; round++) prepareGroup(bodies, options)
}
