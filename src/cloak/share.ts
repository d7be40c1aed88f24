import { isPublicHost } from './public-host.ts'

/** Where a path on another machine may begin, and its host. */
export const pathStart = '(?<![^\\s"\'`=(@[])'
export const hostForm = '[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{0,62}'
/** A host and its share in one path: matches `//nas/share`; must not match `http://nas/x`, `///x/y`, `// x/y`. */
export const shareForm = `${pathStart}//(${hostForm})/([\\p{L}\\p{N}_][\\p{L}\\p{N}_.$-]{0,62})`

/** First folders of paths with two slashes, and what is written before a path without being a host. */
const notHost =
  /^(?:usr|opt|etc|var|bin|sbin|lib|home|mnt|media|tmp|dev|root|srv|run|proc|sys|data|app|src|boot|localhost|local|overlay|tmpfs|volume|line|[a-z])$/i

/** Whether a name before a path may be a host that somebody gave it; addresses have recognizers of their own. */
export function isPathHost(name: string): boolean {
  return /\p{L}/u.test(name) && !notHost.test(name) && !isPublicHost(name)
}
