/** Personal data and secrets that no one else has: each as clients may come to send it, and the parts of it that must be found nowhere. */
export type Canary = { readonly name: string; readonly text: string; readonly traces: readonly string[] }

/** Hidden wherever they stand, in free text and in short fields. */
export const canaries: readonly Canary[] = [
  { name: 'ipv4', text: '198.51.100.214', traces: ['198.51.100.214', '51.100.214'] },
  { name: 'ipv6', text: '2001:db8:ca4a:7e57::5eed', traces: ['2001:db8:ca4a', 'ca4a:7e57', '7e57::5eed'] },
  { name: 'mac', text: '52:54:ca:4a:7e:57', traces: ['52:54:ca', 'ca:4a:7e'] },
  { name: 'mail', text: 'cana.person@firma-canary.de', traces: ['cana.person', 'firma-canary'] },
  { name: 'user and host', text: 'canauser@canahost', traces: ['canauser', 'canahost'] },
  { name: 'path', text: '/home/canahome/install.log', traces: ['canahome'] },
  { name: 'GitHub token', text: 'ghp_canary7e57ABCDEFGHIJKLMNOPQRSTUVWX01', traces: ['ghp_canary', 'canary7e57'] },
  { name: 'password', text: 'password=canapass7e57', traces: ['canapass7e57'] },
  { name: 'credential in a URL', text: 'https://canalogin:canaword@git.canafirm-intern.de/x', traces: ['canalogin', 'canaword'] },
  { name: 'bearer', text: 'Authorization: Bearer canabearer7e57abcdef0123456789', traces: ['canabearer7e57'] },
]

/** Hidden in free text, where the words beside them tell what they are. */
export const spokenCanaries: readonly Canary[] = [
  { name: 'host', text: 'Could not resolve host: canabox7e57', traces: ['canabox7e57'] },
  { name: 'domain', text: 'Connecting to node7e57.canadomain-lan.de:443 failed', traces: ['node7e57', 'canadomain-lan'] },
  { name: 'serial', text: 'Serial Number: CANASN7E57X1', traces: ['canasn7e57x1'] },
  { name: 'user', text: "User 'canaspoken7e57' not found", traces: ['canaspoken7e57'] },
]

/** What a log puts around a value: terminal codes raw, escaped, spelled or without their escape character, line breaks and tabs as they are escaped, signs of no width. */
export const veils: readonly (readonly [name: string, wrap: (text: string) => string])[] = [
  ['raw codes', (text) => `peer \x1b[36m${text}\x1b[0m up`],
  ['raw codes without a blank', (text) => `peer\x1b[1;36m${text}\x1b[0mup`],
  ['a title', (text) => `\x1b]0;x\x07${text}\x1b[K`],
  ['escaped codes', (text) => `peer \\u001b[0;31m${text}\\u001b[0m up`],
  ['codes in hexadecimal', (text) => `peer \\x1b[31m${text}\\x1b[0m`],
  ['codes in octal', (text) => `\\033[01;31m${text}\\033[m`],
  ['codes of echo -e', (text) => `\\e[31m${text}\\e[0m`],
  ['codes of cat -v', (text) => `^[[31m${text}^[[0m`],
  ['codes of syslog', (text) => `#033[31m${text}#033[0m`],
  ['codes without their escape character', (text) => `peer [31m${text} [0m`],
  ['two numbers without their escape character', (text) => `[0;32m${text}[0m`],
  ['codes of grep without their escape character', (text) => `[01;31m[K${text}[m[K up`],
  ['an erased line', (text) => `[K${text}`],
  ['a code inside', (text) => `at ${text.slice(0, 5)}\x1b[01;31m\x1b[K${text.slice(5)}\x1b[m`],
  ['spelled line breaks', (text) => `one\\n\\n${text}\\ntwo`],
  ['spelled tabs', (text) => `one\\t${text}\\ttwo`],
  ['spelled line breaks of Windows', (text) => `one\\r\\n${text}\\r\\ntwo`],
  ['twice escaped line breaks', (text) => `one\\\\n${text}\\\\ntwo`],
  ['blanks of a URL', (text) => `one%20${text}%20two`],
  ['a sign of no width inside', (text) => `${text.slice(0, 5)}\u200b${text.slice(5)}`],
  ['a sign of no width before', (text) => `x \ufeff${text}`],
  ['full-width signs', (text) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))],
]

/** The names of the canaries that a text holds a trace of, in any case. */
export function findCanaries(text: string): readonly string[] {
  const lower = text.toLowerCase()
  return [...canaries, ...spokenCanaries, ...plainCanaries]
    .filter(({ traces }) => traces.some((trace) => lower.includes(trace.toLowerCase())))
    .map(({ name }) => name)
}

/** Texts that nothing gives away, sent only where nothing of the text is kept at all: headers, queries, paths, unknown keys, broken bodies, values of closed lists. */
export const plainCanaries: readonly Canary[] = [{ name: 'plain', text: 'plaincanary7e57', traces: ['plaincanary7e57'] }]
