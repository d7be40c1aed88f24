/**
 * Domains that package registries and mirrors are found under; a sign within each, so that this list names none of them.
 * Where the packages of a build come from is a matter of the machine that builds; a file that names such a host ties the project to one.
 */
export const registryHosts: readonly string[] = [
  ...['py+pi.org', 'py+pi.python.org', 'python+hosted.org', 'npm+js.org', 'npm+js.com', 'cra+tes.io', 'de+bian.org', 'de+bian.net'],
  ...['proxy.go+lang.org', 'sum.go+lang.org', 'index.go+lang.org', 'ma+ven.org', 'ma+ven.apache.org', 'central.sona+type.com'],
].map((name) => name.replace('+', ''))

const registry = new RegExp(`(?<![\\w-])(?:${registryHosts.map((host) => host.replaceAll('.', '\\.')).join('|')})(?![\\w-]|\\.[a-z])`, 'gi')

/** Places where a text names the host of a registry, itself or one below it; none for a file that is no text. */
export function findRegistries(path: string, text: string): readonly string[] {
  if (text.includes('\0')) return []
  return [...text.matchAll(registry)].map(({ index }) => `${path}:${text.slice(0, index).split('\n').length} names a registry`)
}
