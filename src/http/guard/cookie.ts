/** The two cookies of ours: the session, and what ties a form to the browser that got it before anybody signed in. */
export type CookieName = 'session' | 'form'

/**
 * The name on the wire. With `__Host-` a browser takes the cookie from this very host alone, over TLS, for all paths: no neighbour below the same domain
 * can set one.
 */
export function wireName(name: CookieName, isSecure: boolean): string {
  return `${isSecure ? '__Host-' : ''}telemetry_${name}`
}

/** Letters and digits are all that values of ours hold. */
const valuePattern = /^[0-9A-Za-z]{1,128}$/
const headerCharactersMax = 16_384

/** The value of a cookie of ours in the request; undefined without one, or when it cannot be one of ours. Of several with one name the first counts. */
export function readCookie(headers: Pick<Headers, 'get'>, name: CookieName, isSecure: boolean): string | undefined {
  const header = headers.get('cookie')
  if (header === null || header.length > headerCharactersMax) return undefined
  const start = `${wireName(name, isSecure)}=`
  const found = header.split(';').find((part) => part.trimStart().startsWith(start))
  const value = found?.trim().slice(start.length)
  return value !== undefined && valuePattern.test(value) ? value : undefined
}

/** Sets a cookie that no script reads and no other site sends along. Without a number of seconds it ends with the browser; with 0 at once. */
export function writeCookie(name: CookieName, value: string, { isSecure, seconds }: { isSecure: boolean; seconds?: number }): string {
  const age = seconds === undefined ? '' : `; Max-Age=${Math.floor(seconds)}`
  return `${wireName(name, isSecure)}=${value}; Path=/${age}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`
}
