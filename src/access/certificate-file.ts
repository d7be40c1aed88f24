import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { faultCode } from '../base/fault-code.ts'
import { err, ok, type Result } from '../base/result.ts'

/** The text of a file with certificates in PEM. The fault says in words what is wrong with the file. */
export function readCertificates(path: string): Result<string, string> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    return err(`the file cannot be read (${faultCode(cause)})`)
  }
  try {
    new X509Certificate(text)
    return ok(text)
  } catch {
    return err('the file holds no certificate in PEM')
  }
}
