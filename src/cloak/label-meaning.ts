/** The one list of the labels that ingest writes, without their brackets: what stood there, in words for people. */
export const labelMeanings = {
  credential: 'a user and password',
  email: 'a mail address',
  hidden: 'a text that could not be cloaked',
  host: 'a host name',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  mac: 'a hardware address',
  'private-key': 'a private key',
  secret: 'a secret',
  serial: 'a serial number',
  share: 'the name of a share',
  'ssh-key': 'a key of SSH',
  token: 'a token',
  user: 'a user name',
  'wireguard-key': 'a key of WireGuard',
} as const satisfies Readonly<Record<string, string>>

export type IngestLabel = `<${keyof typeof labelMeanings}>`
