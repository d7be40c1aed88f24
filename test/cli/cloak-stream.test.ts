import { beforeAll, describe, expect, test } from 'bun:test'
import { builtBinary } from '../part/binary.ts'

const mebibyte = 1024 * 1024
const log = [
  'Nov 22 11:40:42 pve1 sshd[77]: Failed password for max from 10.0.0.5 port 4022 ssh2',
  'Reading package lists... Building dependency tree... Reading state information...',
  'Setting up libc6:amd64 (2.36-9+deb12u4) ... Processing triggers for man-db (2.11.2-2) ...',
]
const lines = `${[...log, ...Array.from({ length: 9 }, () => 'Reading package lists...')].join('\n')}\n`.repeat(400)
/** Enough that the collector is at its usual pace. */
const shortBytes = 20 * mebibyte
/** What the collector leaves lying about; less than what was sent, or than what comes out of it as JSON. */
const grownMax = 40 * mebibyte

/** On a machine that has other work to do; what is judged is memory. */
const waitMs = 300_000

beforeAll(async () => {
  await builtBinary()
}, waitMs)

describe('a stream that is longer than what may be held', () => {
  test(
    'begins to come out before it ends, and takes no more memory than a short one',
    async () => {
      const short = await pipe(lines, shortBytes)
      const long = await pipe(lines, 50 * mebibyte)
      expect(long.outBytes).toBeGreaterThan(45 * mebibyte)
      expect(long.sentBeforeOutput).toBeLessThan(4 * mebibyte)
      expect(long.start).toStartWith('Nov 22 11:40:42 <host> sshd[77]: Failed password for <user> from <ipv4> port 4022 ssh2\n')
      expect(long.peakBytes - short.peakBytes).toBeLessThan(grownMax)
    },
    waitMs,
  )

  test(
    'as lines of JSON takes no more either',
    async () => {
      const short = await pipe(lines, shortBytes, '--json')
      const long = await pipe(lines, 40 * mebibyte, '--json')
      expect(long.sentBeforeOutput).toBeLessThan(4 * mebibyte)
      expect(JSON.parse(long.start.slice(0, long.start.indexOf('\n')))).toMatchObject({ entities_found: expect.any(Array) })
      expect(long.peakBytes - short.peakBytes).toBeLessThan(grownMax)
    },
    waitMs,
  )

  test(
    'as one line without an end is no exception',
    async () => {
      const { sentBeforeOutput, start, peakBytes } = await pipe(lines.replaceAll('\n', ' '), 40 * mebibyte)
      expect(sentBeforeOutput).toBeLessThan(4 * mebibyte)
      expect(start).toContain('Failed password for <user> from <ipv4> port')
      expect(start).not.toContain('10.0.0.5')
      expect(peakBytes - (await pipe(lines.replaceAll('\n', ' '), shortBytes)).peakBytes).toBeLessThan(grownMax)
    },
    waitMs,
  )
})

test('a key of which the first lines arrive before the others is one finding, of its first line', async () => {
  const key = `-----BEGIN PRIVATE KEY-----\n${`${'A'.repeat(64)}\n`.repeat(20)}-----END PRIVATE KEY-----\n`
  const child = await start('--explain')
  child.stdin.write(`one\n${key.slice(0, 300)}`)
  await child.stdin.flush()
  const reader = child.stdout.getReader()
  let out = new TextDecoder().decode((await reader.read()).value) // What is before the key comes out: the part of the key was read too.
  child.stdin.write(`${key.slice(300)}10.0.0.5\n`)
  await child.stdin.end()
  for (let read = await reader.read(); !read.done; read = await reader.read()) out += new TextDecoder().decode(read.value)
  expect(out).toBe('one\n<private-key>\n<ipv4>\n')
  expect(await child.stderr.text()).toBe('line 2: PRIVATE_KEY by pem (1.00)\nline 24: IP_ADDRESS by ipv4 (0.85)\n')
})

async function start(...options: readonly string[]) {
  return Bun.spawn([await builtBinary(), 'cloak', ...options], { env: {}, stdin: 'pipe', stdout: 'pipe', stderr: 'pipe' })
}

/** Sends a text again and again until so many bytes went in, no faster than they are taken. */
async function pipe(text: string, bytes: number, ...options: readonly string[]) {
  const child = await start(...options)
  let sent = 0
  let sentBeforeOutput = Number.POSITIVE_INFINITY
  let out = { bytes: 0, start: '' }
  const reading = readStart(child.stdout, (read) => {
    sentBeforeOutput = Math.min(sentBeforeOutput, sent)
    out = read
  })
  while (sent < bytes) {
    child.stdin.write(text)
    await child.stdin.flush()
    sent += text.length
  }
  const peakBytes = await peakOf(child.pid) // While it waits for more: once it ended, nobody knows.
  await child.stdin.end()
  await reading
  expect(await child.exited).toBe(0)
  return { sentBeforeOutput, start: out.start, outBytes: out.bytes, peakBytes }
}

const startMax = 4096

/** Reads to the end and keeps the beginning. */
async function readStart(stream: ReadableStream<Uint8Array>, note: (read: { bytes: number; start: string }) => void): Promise<void> {
  const decoder = new TextDecoder()
  let bytes = 0
  let start = ''
  for await (const chunk of stream) {
    bytes += chunk.length
    if (start.length < startMax) start += decoder.decode(chunk.subarray(0, startMax), { stream: true })
    note({ bytes, start })
  }
}

/** The most memory that a process had at any time, as the kernel counts it. */
async function peakOf(pid: number): Promise<number> {
  const status = await Bun.file(`/proc/${pid}/status`).text()
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
}

test('output that cannot be written is told, and the command fails', async () => {
  const child = Bun.spawn([await builtBinary(), 'cloak'], { stdin: new Blob([lines]), stdout: Bun.file('/dev/full'), stderr: 'pipe' })
  const [told, code] = await Promise.all([child.stderr.text(), child.exited])
  expect([code, told]).toEqual([1, 'error: the output could not be written: ENOSPC\n'])
})
