import { createTransport } from 'nodemailer'
import { err, ok, type Result } from '../base/result.ts'
import { threadId, writeMail } from './mail-text.ts'
import type { AlertMessage } from './message.ts'
import type { Channel } from './outbox.ts'

/** `implicit` speaks TLS from the first byte, `required` refuses a server that does not offer STARTTLS, `opportunistic` takes it where it is offered. */
export type MailSecurity = 'implicit' | 'required' | 'opportunistic'

export type MailOptions = {
  readonly host: string
  readonly port: number
  readonly security: MailSecurity
  readonly auth?: { readonly user: string; readonly pass: string }
  readonly from: string
  readonly to: readonly string[]
  readonly origin: () => string
  /** Certificates to trust instead of the system's. */
  readonly ca?: string
}

const connectMs = 10_000
const answerMs = 20_000
/** A server that answers each step slowly is slow all the same. */
const wholeMs = 60_000

/** Sends messages as mail to all recipients at once. Each mail has its own connection, so a server that forgot us does no harm. */
export function createMail(options: MailOptions): Channel {
  return { name: 'mail', send: (message) => sendMail(message, options) }
}

/** Connects, speaks TLS and signs in as for a mail, and sends none. */
export function greetMailServer(options: MailOptions): Promise<Result<void, string>> {
  return withTransport(options, (transport) => transport.verify())
}

function sendMail(message: AlertMessage, options: MailOptions): Promise<Result<void, string>> {
  return withTransport(options, (transport) => transport.sendMail(envelopeOf(message, options)))
}

async function withTransport(
  options: MailOptions,
  work: (transport: ReturnType<typeof openTransport>) => Promise<unknown>,
): Promise<Result<void, string>> {
  const transport = openTransport(options)
  const late = Promise.withResolvers<Result<void, string>>()
  const bound = setTimeout(() => late.resolve(err('timeout')), wholeMs)
  try {
    const done = work(transport).then(
      () => ok(undefined),
      (fault: unknown) => err(codeOf(fault)),
    )
    return await Promise.race([done, late.promise])
  } finally {
    clearTimeout(bound)
    transport.close()
  }
}

function openTransport(options: MailOptions) {
  return createTransport({
    host: options.host,
    port: options.port,
    secure: options.security === 'implicit',
    requireTLS: options.security === 'required',
    ...(options.auth && { auth: options.auth }),
    ...{ connectionTimeout: connectMs, greetingTimeout: connectMs, socketTimeout: answerMs },
    tls: { minVersion: 'TLSv1.2', ...(options.ca !== undefined && { ca: options.ca }) },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
}

function envelopeOf(message: AlertMessage, { from, to, origin }: MailOptions) {
  const domain = /@([A-Za-z0-9.-]+)>?$/.exec(from)?.[1] ?? 'localhost'
  const thread = threadId(message, domain)
  return {
    ...writeMail(message, origin()),
    from,
    to: [...to],
    messageId: `<${message.id}@${domain}>`,
    date: new Date(message.at),
    ...{ inReplyTo: thread, references: thread },
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}

/** The code that nodemailer gives (`EAUTH`), with the server's own where it refused (`EENVELOPE 550`). Its words may name recipients and are left out. */
function codeOf(fault: unknown): string {
  if (!(fault instanceof Error)) return 'unknown'
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : fault.name
  const answer = 'responseCode' in fault && typeof fault.responseCode === 'number' ? ` ${fault.responseCode}` : ''
  return `${code}${answer}`
}
