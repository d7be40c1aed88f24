import { connect } from 'node:net'
import { until } from '../wait.ts'

export type RawAnswer = {
  readonly status: number
  readonly headers: Headers
  readonly body: string
  /** Whether the server closed the connection after it. */
  readonly isClosed: boolean
}

export type RawOptions = {
  /** Wait until the server closes the connection rather than until the first answer is whole. */
  readonly toEnd?: boolean
  readonly from?: string
  /** Sent over the same connection once the first answer is whole. */
  readonly next?: string
}

/** Sends bytes over a connection of its own, as no HTTP client would let one, and reads the first answer. Status 0 when the server just closed. */
export async function sendRaw(
  port: number,
  bytes: string | Uint8Array,
  { toEnd = false, from, next }: RawOptions = {},
): Promise<RawAnswer> {
  const chunks: Buffer[] = []
  let isClosed = false
  const socket = connect({ port, host: '127.0.0.1', ...(from !== undefined && { localAddress: from }) }, () => void socket.write(bytes))
  socket.on('data', (chunk) => void chunks.push(Buffer.from(chunk)))
  socket.on('error', () => undefined) // The server may close before it read all; what it answered counts.
  socket.on('close', () => {
    isClosed = true
  })
  const hasBody = !(typeof bytes === 'string' && bytes.startsWith('HEAD '))
  const hasAnswer = () => readAnswer(Buffer.concat(chunks).toString('latin1'), hasBody) !== undefined
  if (next !== undefined) {
    await until(() => isClosed || hasAnswer(), 'an answer to the first request')
    socket.write(next)
  }
  await until(() => isClosed || (!toEnd && hasAnswer()), 'an answer')
  socket.destroy()
  const answer = readAnswer(Buffer.concat(chunks).toString('latin1'), hasBody) ?? { status: 0, headers: new Headers(), body: '' }
  return { ...answer, isClosed }
}

/** One request as text, with a Host and the length of its body unless the headers say otherwise. */
export function requestText(line: string, headers: readonly string[] = [], body = ''): string {
  const given = headers.map((header) => header.split(':')[0]?.toLowerCase())
  const length =
    body === '' || given.includes('content-length') || given.includes('transfer-encoding')
      ? []
      : [`Content-Length: ${Buffer.byteLength(body)}`]
  const host = given.includes('host') ? [] : ['Host: localhost']
  return `${[`${line} HTTP/1.1`, ...host, ...headers, ...length].join('\r\n')}\r\n\r\n${body}`
}

function readAnswer(text: string, hasBody: boolean): Omit<RawAnswer, 'isClosed'> | undefined {
  const rest = text.replace(/^HTTP\/1\.1 100 [^\r]*\r\n\r\n/, '')
  const end = rest.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [line = '', ...fields] = rest.slice(0, end).split('\r\n')
  const headers = new Headers(
    fields.map((field) => [field.slice(0, field.indexOf(':')), field.slice(field.indexOf(':') + 1).trim()] as [string, string]),
  )
  const body = rest.slice(end + 4)
  if (hasBody && body.length < Number(headers.get('content-length') ?? 0)) return undefined
  return { status: Number(line.split(' ')[1]), headers, body }
}
