/** What an operator does about a webhook that takes no message, by the code of the fault. Names settings and never an address or an answer. */
export function webhookRemedy(fault: string): string {
  const status = Number(/^status_(\d{3})$/.exec(fault)?.[1])
  return Number.isNaN(status) ? (remedies[fault] ?? remedies['connection_failed'] ?? '') : remedyForStatus(status)
}

const remedies: Readonly<Record<string, string>> = {
  host_unknown:
    'No address is known for the host in ALERT_WEBHOOK_URL: check how it is spelt, and that this machine can look names up (DNS).',
  address_private:
    'The host in ALERT_WEBHOOK_URL leads to a private address: set ALERT_WEBHOOK_PRIVATE=true where that is meant. Addresses that stand for no single host, or for a machine’s own credentials, are never reached.',
  tls_required: 'ALERT_WEBHOOK_URL must begin with https:// unless it leads to a private address.',
  connection_refused: 'Nobody listens there: check the port in ALERT_WEBHOOK_URL, and that the receiver runs.',
  tls_failed:
    'No TLS that can be trusted: the certificate of the receiver must name the host in ALERT_WEBHOOK_URL, be valid now and come, with those that vouch for it, from a public authority; and the port must be one that speaks TLS.',
  timeout: 'There was no answer within 10 seconds: look for a firewall on the way, and whether the receiver is overloaded.',
  connection_failed: 'The connection broke off before there was an answer: check the way to the receiver, and its log.',
}

function remedyForStatus(status: number): string {
  if (status >= 500) return 'The receiver itself failed: look into its log. Messages wait, and are tried again for a week.'
  if (status === 401 || status === 403)
    return 'The receiver lets nobody in with that: check the secret part of ALERT_WEBHOOK_URL, and that it checks signatures with the same ALERT_WEBHOOK_SECRET.'
  if (status === 404 || status === 410)
    return 'The receiver has no such address: check the path in ALERT_WEBHOOK_URL, or make the webhook anew there.'
  if (status === 429)
    return 'The receiver wants fewer messages. They wait, and are tried again; where it stays so, raise thresholds or cooldowns.'
  if (status >= 400)
    return 'The receiver does not take the message: it must take JSON by POST, as docs/operations.md shows it under Alerts; its log says why.'
  if (status >= 300) return 'Redirects are not followed: set ALERT_WEBHOOK_URL to the address that it leads to.'
  return 'The receiver must answer with a status from 200 to 299.'
}
