/** A place on this service. */
export type Href = `/${string}`

/** A page with parameters; those without a value are left out. */
export function pathWith(path: Href, parameters: Readonly<Record<string, string | undefined>>): Href {
  let address = path
  let sign = path.includes('?') ? '&' : '?'
  for (const name in parameters) {
    const value = parameters[name]
    if (value === undefined || value === '') continue
    address += `${sign}${name}=${encodeValue(value)}`
    sign = '&'
  }
  return address
}

/** As forms encode it. Nearly every value of the four hundred addresses of a page stands for itself. */
function encodeValue(value: string): string {
  return plainValue.test(value) ? value : new URLSearchParams([['', value]]).toString().slice('='.length)
}

/** Matches `30d`, `script-12` and `2026-03-01`; not `a b`, `a/b` or `ä`. */
const plainValue = /^[\w.*-]*$/

/** The page of a script. Browsers drop `.` and `..` from a path, however they are spelled: scripts of these names are found in the list. */
export function scriptPath(name: string): Href {
  if (name === '.' || name === '..') return `/script-analysis?script=${name}`
  return `/scripts/${encodeURIComponent(name)}`
}

/** The page of an error group. */
export function errorPath(fingerprint: string): Href {
  return `/errors/${encodeURIComponent(fingerprint)}`
}
