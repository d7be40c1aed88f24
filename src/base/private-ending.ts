/**
 * The one list of endings that exist only inside a network and that no public name has: RFC 6762 keeps `local` and names others in use,
 * RFC 8375 keeps `home.arpa`, RFC 2606 and 6761 keep names for examples and tests, ICANN keeps `internal`; the rest is what networks are called.
 */
export const privateEndings = {
  /** End hardly anything but names of machines. */
  networks: [
    ...['local', 'lan', 'home', 'internal', 'intranet', 'localdomain', 'corp', 'private', 'intern', 'lokal', 'homelab', 'lab'],
    ...['intra', 'localnet', 'homenet'],
  ],
  /** Short ones, which code has for words too. */
  words: ['loc', 'priv', 'dmz', 'vpn'],
  /** Kept for examples and tests, so files and code are called like that too. */
  samples: ['test', 'example', 'invalid'],
} as const satisfies Readonly<Record<string, readonly string[]>>

const lastParts: ReadonlySet<string> = new Set(['localhost', ...Object.values(privateEndings).flat()])

/** Whether a name, in lower case, ends as no public one does: matches `nas.lan`, `pve1.home.arpa`, `a.localhost`, must not match `lan`, `nas.example.org`. */
export function hasPrivateEnding(name: string): boolean {
  const dot = name.lastIndexOf('.')
  return dot >= 0 && (lastParts.has(name.slice(dot + 1)) || name.endsWith('.home.arpa'))
}
