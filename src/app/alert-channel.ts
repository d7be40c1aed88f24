import { hasPrivateEnding } from '../base/private-ending.ts'
import type { Settings } from '../config.ts'
import { findMailCaFault } from './alert.ts'

/** What is wrong with the ways to a human, in a sentence that names its setting, and what to do. `isBad`: nothing is sent. */
export type ChannelFault = { readonly setting: string; readonly text: string; readonly todo: string; readonly isBad: boolean }

/** What keeps messages from those they are for, or makes them of little use. Nothing while none is sent. */
export function findChannelFaults(settings: Settings): readonly ChannelFault[] {
  const { alertEnabled, smtpHost, smtpFrom, alertWebhookUrl, publicUrl } = settings
  if (!alertEnabled || (smtpHost === undefined && alertWebhookUrl === undefined)) return []
  const faults: ChannelFault[] = []
  const caFault = findMailCaFault(settings)
  if (caFault !== undefined)
    faults.push({ setting: 'SMTP_CA_FILE', text: `Mails wait: SMTP_CA_FILE, ${caFault}.`, todo: 'Put the file back.', isBad: true })
  if (publicUrl === undefined) {
    const text = 'PUBLIC_URL is not set: links in messages lead to localhost, which opens on this machine alone.'
    faults.push({ setting: 'PUBLIC_URL', text, todo: 'Set PUBLIC_URL to the address that browsers use.', isBad: false })
  }
  if (smtpHost !== undefined && !isPublicDomain(smtpFrom)) {
    const text = 'SMTP_FROM has no domain of the public DNS: many mail servers refuse such a sender, or sort its mails out.'
    faults.push({ setting: 'SMTP_FROM', text, todo: 'Set SMTP_FROM to an address of a domain of yours.', isBad: false })
  }
  return faults
}

/** Whether the address may be of a domain that others can look up: `a@b.org`, not `a@b.local`, `a@host` or `a@[10.0.0.1]`. */
function isPublicDomain(address: string): boolean {
  const domain = address
    .slice(address.lastIndexOf('@') + 1)
    .replace(/>$/, '')
    .toLowerCase()
  return /\.[a-z][a-z0-9-]*[a-z0-9]$/.test(domain) && !hasPrivateEnding(domain)
}
