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

/** The names of the canaries that a text holds a trace of, in any case. */
export function findCanaries(text: string): readonly string[] {
  const lower = text.toLowerCase()
  return [...canaries, ...spokenCanaries, ...plainCanaries]
    .filter(({ traces }) => traces.some((trace) => lower.includes(trace.toLowerCase())))
    .map(({ name }) => name)
}

/** Texts that nothing gives away, sent only where nothing of the text is kept at all: headers, queries, paths, unknown keys, broken bodies, values of closed lists. */
export const plainCanaries: readonly Canary[] = [{ name: 'plain', text: 'plaincanary7e57', traces: ['plaincanary7e57'] }]
