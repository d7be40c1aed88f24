import { readFileSync } from 'node:fs'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

const key = readFileSync('test/fixture/tls/localhost.key', 'utf8')
/** Vouches for the server; it is its own authority. */
export const certificatePath = 'test/fixture/tls/localhost.crt'
const cert = readFileSync(certificatePath, 'utf8')

/** A real server of mail that keeps what it gets. */
export async function mailbox(options: SMTPServerOptions = {}) {
  const got: { readonly source: string; readonly isSecure: boolean; readonly to: readonly string[] }[] = []
  const server = new SMTPServer({
    ...{ authOptional: true, logger: false, key, cert },
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        got.push({ source: Buffer.concat(parts).toString('utf8'), isSecure: session.secure, to })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  const started = Promise.withResolvers<void>()
  const listener = server.listen(0, '127.0.0.1', () => started.resolve())
  await started.promise
  const address = listener.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const close = () => new Promise<void>((done) => server.close(() => done()))
  return { got, port, [Symbol.asyncDispose]: close }
}
