import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** A key and a certificate for this machine that names its subject, made by openssl in the folder. */
export function makeCertificate(folder: string, name: string, days = 30): { readonly certFile: string; readonly keyFile: string } {
  const [certFile, keyFile] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)]
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', `/CN=${name}`],
    ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', keyFile, '-out', certFile, '-days', String(days)],
  ])
  if (made.status !== 0) throw new Error(`openssl made no certificate: ${made.stderr}`)
  return { certFile, keyFile }
}
