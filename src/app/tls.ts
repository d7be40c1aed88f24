import type { Access } from '../access/access.ts'
import { systemClock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Settings } from '../config.ts'
import { idleMs } from '../http/listener.ts'
import { isValidAt, readTlsPair, type TlsFault, type TlsFiles, type TlsPair } from '../http/tls/pair.ts'
import { createPlainGuard } from '../http/tls/plain-guard.ts'
import { createRenewal } from '../http/tls/renewal.ts'
import type { Task } from '../timer/timetable.ts'
import { beat } from './task.ts'

/** How often it is looked whether the files hold another certificate. */
const renewalMs = 5_000
/** After so long every new connection has the certificate that lies in the files: two looks, then what is left of the socket of before. */
export const renewedWithinMs = 2 * renewalMs + idleMs

/** What the settings ask of the listeners. Throws with a message for the operator when the files cannot be served. */
export function secureOptionsOf(settings: Settings, { clientAddress }: Pick<Access, 'clientAddress'>, log: Log) {
  const files = tlsFilesOf(settings)
  if (files === undefined) return settings.requireHttps ? { plain: createPlainGuard(clientAddress) } : {}
  const pair = readTlsPair(files)
  if (!pair.ok) throw new Error(explainTls(pair.fault, files))
  const validTo = new Date(pair.value.validTo).toISOString()
  // It is served all the same: clients refuse it, or were told to trust it, and either is better than nobody listening.
  if (!isValidAt(pair.value, systemClock.now())) log.error({ valid_to: validTo }, 'certificate does not hold now')
  return { tls: pair.value }
}

/** The timer that serves another certificate once the files hold one; none without TLS. */
export function renewalOf(
  settings: Settings,
  server: { readonly tls: TlsPair | undefined; readonly renew: (pair: TlsPair) => void },
  log: Log,
): readonly Task[] {
  const files = tlsFilesOf(settings)
  if (files === undefined || server.tls === undefined) return []
  const renewal = createRenewal({ files, served: server.tls, renew: server.renew, clock: systemClock, log })
  return [beat('certificate', 'takes up a new certificate', renewalMs, renewal.look)]
}

/** Where certificate and key lie; undefined when TLS is off. */
export function tlsFilesOf({ tlsCertFile: certFile, tlsKeyFile: keyFile }: Settings): TlsFiles | undefined {
  return certFile === undefined || keyFile === undefined ? undefined : { certFile, keyFile }
}

/** What is wrong with the pair, by the setting that it comes from. */
export function explainTls(fault: TlsFault, { certFile, keyFile }: TlsFiles): string {
  const cert = `TLS_CERT_FILE is ${JSON.stringify(certFile)}: `
  const key = `TLS_KEY_FILE is ${JSON.stringify(keyFile)}: `
  const words: Readonly<Record<TlsFault, string>> = {
    cert_unreadable: `${cert}the file cannot be read`,
    cert_invalid: `${cert}must be a certificate in PEM`,
    key_unreadable: `${key}the file cannot be read`,
    key_invalid: `${key}must be a private key in PEM, without a passphrase`,
    key_foreign: `${key}is not the key of the first certificate in TLS_CERT_FILE`,
  }
  return words[fault]
}
