import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { err, ok, type Result } from '../../base/result.ts'

/** A certificate with what vouches for it, and the key that belongs to it; both in PEM. */
export type TlsPair = {
  readonly cert: string
  readonly key: string
  /** When the certificate begins and ceases to hold, in milliseconds since 1970. */
  readonly validFrom: number
  readonly validTo: number
}

export type TlsFiles = { readonly certFile: string; readonly keyFile: string }

/** `key_foreign`: the key is not that of the certificate, as it is for a moment while both are being replaced. */
export type TlsFault = 'cert_unreadable' | 'cert_invalid' | 'key_unreadable' | 'key_invalid' | 'key_foreign'

/** Reads both files. The first certificate of the file must belong to the key; whether it holds now is for the caller to say. */
export function readTlsPair({ certFile, keyFile }: TlsFiles): Result<TlsPair, TlsFault> {
  const cert = readText(certFile)
  if (cert === undefined) return err('cert_unreadable')
  const key = readText(keyFile)
  if (key === undefined) return err('key_unreadable')
  const certificate = parse(() => new X509Certificate(cert))
  if (certificate === undefined) return err('cert_invalid')
  const privateKey = parse(() => createPrivateKey(key))
  if (privateKey === undefined) return err('key_invalid')
  if (!certificate.checkPrivateKey(privateKey)) return err('key_foreign')
  return ok({ cert, key, validFrom: Date.parse(certificate.validFrom), validTo: Date.parse(certificate.validTo) })
}

/** Whether clients may believe the certificate at that moment. */
export function isValidAt({ validFrom, validTo }: TlsPair, now: number): boolean {
  return validFrom <= now && now < validTo
}

function readText(path: string): string | undefined {
  return parse(() => readFileSync(path, 'utf8'))
}

/** What a reader gives, or undefined where it throws. */
function parse<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
