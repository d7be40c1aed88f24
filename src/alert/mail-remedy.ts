/** What an operator does about a mail server that takes no mail, by the code of the fault. Names settings and never an address or an answer. */
export function mailRemedy(fault: string): string {
  const [code = '', status = ''] = fault.split(' ')
  return remedies[`${code} ${status.slice(0, 1)}`] ?? remedies[code] ?? remedies['connection_failed'] ?? ''
}

const wayOfTls =
  'SMTP_USE_TLS=true is for a port that speaks TLS from the first byte (usually 465), SMTP_USE_TLS=false for one that begins plain and takes STARTTLS (usually 587): check it together with SMTP_PORT.'
const certificate =
  'The certificate of the server must name the host in SMTP_HOST, be valid now and come from an authority of the system or of SMTP_CA_FILE.'

const remedies: Readonly<Record<string, string>> = {
  ca_unreadable: 'Put a file with certificates in PEM where SMTP_CA_FILE says, readable for this service.',
  host_unknown: 'No address is known for SMTP_HOST: check how it is spelt, and that this machine can look names up (DNS).',
  address_private:
    'SMTP_HOST leads to an address that stands for no single host, or for a machine’s own credentials: name the mail server.',
  connection_failed: 'No connection: check SMTP_HOST and SMTP_PORT, that the mail server runs, and the firewalls on the way.',
  timeout: `The server did not answer in time: check SMTP_PORT and the firewalls on the way. ${wayOfTls}`,
  ETIMEDOUT: `The server was reached and did not greet in time. ${wayOfTls}`,
  ESOCKET: `TLS could not be agreed on: what answers there speaks none at that moment, or none from version 1.2 on. ${wayOfTls}`,
  certificate_name: `The certificate of the server is for another name: set SMTP_HOST to a name that stands in it, as the operator of the server says. ${certificate}`,
  certificate_date: `The certificate of the server does not hold now: have it renewed, and check the clock of this machine. ${certificate}`,
  certificate_untrusted: `Nobody whom this machine trusts vouches for the certificate of the server: set SMTP_CA_FILE to the certificate of its authority, or have the server send those that lie between. ${certificate}`,
  ETLS: `The server offers no TLS, and none may be missing: ${wayOfTls} SMTP_STARTTLS=opportunistic goes without in a private network alone. ${certificate}`,
  EPROTOCOL: `What answers there is no mail server: check SMTP_HOST and SMTP_PORT. ${wayOfTls}`,
  ECONNECTION: `The connection broke off before there was an answer: check SMTP_PORT, and the log of the mail server. ${wayOfTls}`,
  EAUTH: 'The server does not take the sign-in: check SMTP_USER and SMTP_PASSWORD; many servers want a password made for programs.',
  ENOAUTH: 'The server wants a sign-in: set SMTP_USER and SMTP_PASSWORD.',
  EENVELOPE: 'The server refuses the sender or a recipient: check SMTP_FROM and SMTP_TO, and whether it wants a sign-in (SMTP_USER).',
  'EENVELOPE 4': 'The server does not take the sender or a recipient now: check SMTP_FROM and SMTP_TO. It is tried again.',
  EMESSAGE: 'The server does not take the mail: check SMTP_FROM, and its log. A filter may refuse what it says.',
}
