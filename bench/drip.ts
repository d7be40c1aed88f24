/**
 * What 2,000 clients that drip headers or bodies cost everybody else: `node script/bun.mjs run bench/drip.ts [--rounds 3] [--seconds 5] [--binary PATH]`.
 * Rounds without drippers, with headers and with bodies take turns; prints the p99 of ordinary ingest in each and the ratio of the medians to idle.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startServiceProcess } from '../test/part/service.ts'
import type { DripReport } from './drip-clients.ts'
import { makeTemplates } from './ingest/mix.ts'
import { runWrk } from './ingest/wrk.ts'
import { median } from './median.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    binary: { type: 'string', default: 'dist/telemetry-service' },
  },
})
const drippers = 2_000
const connections = 16
const parts = ['idle', 'headers', 'body'] as const

const folder = mkdtempSync(join(tmpdir(), 'bench-drip-'))
const bodies = join(folder, 'bodies.ndjson')
writeFileSync(
  bodies,
  makeTemplates(500, 7)
    .map(({ body }) => body)
    .join('\n'),
)
const service = await startServiceProcess({
  command: [join(process.cwd(), values.binary)],
  env: { RATE_LIMIT_RPM: '600', RATE_BURST: '200', LOG_LEVEL: 'error' },
})
const results: Record<(typeof parts)[number], number[]> = { idle: [], headers: [], body: [] }
try {
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    for (const part of parts) {
      const drip = part === 'idle' ? undefined : await startDrippers(part)
      const result = await measure()
      results[part].push(result.p99)
      console.log(
        `round ${round}, ${part}: ${Math.round(result.perSecond)}/s, p50 ${result.p50} ms, p99 ${result.p99} ms, refused ${result.refused}`,
      )
      drip?.kill()
      await drip?.exited
    }
  }
  const idle = median(results.idle)
  for (const part of parts) console.log(`${part}: p99 ${median(results[part])} ms, ${(median(results[part]) / idle).toFixed(2)} x idle`)
} finally {
  await service.dispose()
  rmSync(folder, { recursive: true })
}

function measure() {
  const script = join(import.meta.dir, 'ingest', 'load.lua')
  const args = [bodies, '3', '/telemetry', '10000', '-', '1']
  return runWrk({ url: service.url, seconds: Number(values.seconds), connections, script, args })
}

/** Resolves once all of them are connected. */
async function startDrippers(part: string) {
  const command = [
    process.execPath,
    'run',
    join(import.meta.dir, 'drip-clients.ts'),
    String(service.port),
    String(drippers),
    part,
    '1000',
    'again',
  ]
  const child = Bun.spawn(command, { stdin: 'pipe', stdout: 'pipe', stderr: 'inherit' })
  const connected = Promise.withResolvers<void>()
  const read = async () => {
    for await (const chunk of child.stdout) {
      const line = new TextDecoder().decode(chunk).trim().split('\n').at(-1) ?? ''
      if ((JSON.parse(line) as DripReport).open >= drippers) connected.resolve()
    }
  }
  read().catch(connected.reject)
  await connected.promise
  return child
}
