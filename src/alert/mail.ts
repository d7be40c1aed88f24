import type { Socket } from 'node:net'
import { createTransport } from 'nodemailer'
import { readCertificates } from '../access/certificate-file.ts'
import type { Lookup } from '../access/outbound.ts'
import { connectOutbound, type OutboundSocket } from '../access/outbound-socket.ts'
import { faultCode } from '../base/fault-code.ts'
import { err, ok, type Result } from '../base/result.ts'
import { late, within } from '../base/within.ts'
import { idWithin, type Sender } from './installation.ts'
import { mailRemedy } from './mail-remedy.ts'
import { threadId, writeMail } from './mail-text.ts'
import type { AlertMessage } from './message.ts'
import type { Channel } from './outbox.ts'

/**
 * `implicit` speaks TLS from the first byte, `required` refuses a server that does not offer STARTTLS, `opportunistic` takes it where it is offered. Outside
 * private networks it is required all the same.
 */
export type MailSecurity = 'implicit' | 'required' | 'opportunistic'

export type MailOptions = {
  readonly host: string
  readonly port: number
  readonly security: MailSecurity
  readonly auth?: { readonly user: string; readonly pass: string }
  readonly from: string
  readonly to: readonly string[]
  readonly origin: () => string
  readonly lookup: Lookup
  /** Certificates to trust instead of the system's. Read for each mail, so that a file that was replaced counts. */
  readonly caFile?: string
}

const connectMs = 10_000
const answerMs = 20_000
/** A server that answers each step slowly is slow all the same. */
const wholeMs = 60_000

/** Sends messages as mail to all recipients at once. Each mail has its own connection, so a server that forgot us does no harm. */
export function createMail(options: MailOptions & Sender): Channel {
  return { name: 'mail', send: (message) => sendMail(message, options), remedyFor: mailRemedy }
}

/** Connects, speaks TLS and signs in as for a mail, and sends none. */
export function greetMailServer(options: MailOptions): Promise<Result<void, string>> {
  return atServer(options, (transport) => transport.verify())
}

function sendMail(message: AlertMessage, options: MailOptions & Sender): Promise<Result<void, string>> {
  return atServer(options, (transport) => transport.sendMail(envelopeOf(message, options)))
}

type Transport = ReturnType<typeof openTransport>

/** Does work at the server, over a connection to an address that was checked. */
async function atServer(options: MailOptions, work: (transport: Transport) => Promise<unknown>): Promise<Result<void, string>> {
  const ca = options.caFile === undefined ? ok(undefined) : readCertificates(options.caFile)
  if (!ca.ok) return err('ca_unreadable')
  const connected = await connectOutbound({ ...options, allowsPrivate: true }, connectMs)
  if (!connected.ok) return connected
  const transport = openTransport(options, connected.value, ca.value)
  try {
    const done = work(transport).then(
      () => ok(undefined),
      (fault: unknown) => err(codeOf(fault)),
    )
    const sent = await within(wholeMs, done)
    return sent === late ? err('timeout') : sent
  } finally {
    transport.close()
    connected.value.socket.destroy()
  }
}

function openTransport(options: MailOptions, { socket, isPrivate }: OutboundSocket, ca: string | undefined) {
  const security = securityAt(isPrivate, options.security)
  return createTransport({
    host: options.host,
    port: options.port,
    getSocket: (_options: unknown, done: (fault: null, place: { readonly connection: Socket }) => void) =>
      done(null, { connection: socket }),
    secure: security === 'implicit',
    requireTLS: security === 'required',
    ...(options.auth && { auth: options.auth }),
    ...{ connectionTimeout: connectMs, greetingTimeout: connectMs, socketTimeout: answerMs },
    tls: { minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
}

/** Outside private networks nothing goes without TLS, whatever the server's name says of where it lies. */
export function securityAt(isPrivate: boolean, wanted: MailSecurity): MailSecurity {
  return isPrivate || wanted === 'implicit' ? wanted : 'required'
}

function envelopeOf(message: AlertMessage, { from, to, origin, installation }: MailOptions & Sender) {
  const domain = /@([A-Za-z0-9.-]+)>?$/.exec(from)?.[1] ?? 'localhost'
  const thread = threadId(message, { domain, installation })
  return {
    ...writeMail(message, origin()),
    from,
    to: [...to],
    messageId: `<${idWithin(installation, message.id)}@${domain}>`,
    date: new Date(message.at),
    ...{ inReplyTo: thread, references: thread },
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}

/** The code that nodemailer gives (`EAUTH`), with the server's own where it refused (`EENVELOPE 550`). Its words may name recipients and are left out. */
function codeOf(fault: unknown): string {
  const code = faultCode(fault)
  if (code === 'ESOCKET') return codeOfSocket(fault instanceof Error && 'originalCode' in fault ? fault.originalCode : undefined)
  const answer = fault instanceof Error && 'responseCode' in fault && typeof fault.responseCode === 'number' ? ` ${fault.responseCode}` : ''
  return `${code}${answer}`
}

/** What befell the connection itself: nodemailer has one code for a certificate that is not to be trusted, a server that speaks no TLS here, and an end. */
function codeOfSocket(cause: unknown): string {
  if (cause === 'ECONNRESET' || cause === 'EPIPE') return 'ECONNECTION'
  if (cause === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'certificate_name'
  if (cause === 'CERT_HAS_EXPIRED' || cause === 'CERT_NOT_YET_VALID') return 'certificate_date'
  return typeof cause === 'string' && certificateFault.test(cause) ? 'certificate_untrusted' : 'ESOCKET'
}

/** Codes of OpenSSL about a chain of certificates: matches DEPTH_ZERO_SELF_SIGNED_CERT and UNABLE_TO_VERIFY_LEAF_SIGNATURE, not ERR_SSL_WRONG_VERSION_NUMBER. */
const certificateFault = /^(?!ERR_SSL_).*(?:CERT|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|CHAIN|CRL)/
