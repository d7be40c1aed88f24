import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { eventBody } from '../part/running.ts'
import { startServiceProcess } from '../part/service.ts'

/** What the service may hold, whatever is sent to it. */
const residentMegabytesMax = 256
const blanks = Buffer.alloc(8_300_000, ' ')
const blankLines = Buffer.alloc(8_300_000, '\n')

type Flood = { readonly requests: number; readonly body: Uint8Array; readonly headers: readonly string[] }

/** The largest resident memory that a process ever had. */
function peakMegabytes(pid: number): number {
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024)
}

/** Sends all requests at once, from a few forwarded addresses. Resolves with the status of each, 0 where the connection was just closed. */
function flood(port: number, { requests, body, headers }: Flood): Promise<readonly number[]> {
  return Promise.all(
    Array.from({ length: requests }, (_, index) => sendOne(port, body, [...headers, `X-Forwarded-For: 198.51.100.${index % 5}`])),
  )
}

function sendOne(port: number, body: Uint8Array, headers: readonly string[]): Promise<number> {
  const answered = Promise.withResolvers<number>()
  let text = ''
  const socket = connect(port, '127.0.0.1', () => {
    socket.write(
      ['POST /telemetry/batch HTTP/1.1', 'Host: localhost', 'Connection: close', ...headers, `Content-Length: ${body.length}`, '', ''].join(
        '\r\n',
      ),
    )
    socket.write(body)
  })
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
  })
  socket.on('error', () => undefined) // The service may close before it read all.
  socket.on('close', () => answered.resolve(Number(text.split(' ')[1] ?? 0)))
  return answered.promise
}

const gzip = ['Content-Encoding: gzip']

test.each<[name: string, flood: Flood, env: Readonly<Record<string, string>>]>([
  ['packed blanks', { requests: 100, body: gzipSync(blanks), headers: gzip }, {}],
  ['packed blanks, no limit being on', { requests: 200, body: gzipSync(blanks), headers: gzip }, { RATE_LIMIT_RPM: '0' }],
  [
    'more than the limit, packed, no limit being on',
    { requests: 100, body: gzipSync(Buffer.alloc(100_000_000)), headers: gzip },
    { RATE_LIMIT_RPM: '0' },
  ],
  ['large bodies', { requests: 60, body: blankLines, headers: [] }, {}],
  ['large bodies, no limit being on', { requests: 100, body: blankLines, headers: [] }, { RATE_LIMIT_RPM: '0' }],
])('a flood of %s leaves memory within bounds, and events are taken meanwhile', async (_, requests, env) => {
  const service = await startServiceProcess({ env: { LOG_LEVEL: 'warn', ...env } })
  try {
    const flooded = flood(service.port, requests)
    const sent = await fetch(`${service.url}/telemetry`, { method: 'POST', body: eventBody() })
    expect(sent.status).toBe(202)
    for (const status of await flooded) expect([0, 400, 429, 503]).toContain(status)
    expect(peakMegabytes(service.pid)).toBeLessThanOrEqual(residentMegabytesMax)
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200)
  } finally {
    await service.dispose()
  }
})
