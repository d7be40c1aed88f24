/** A place on this service. */
export type Href = `/${string}`

/** A page with parameters; those without a value are left out. */
export function pathWith(path: Href, parameters: Readonly<Record<string, string | undefined>>): Href {
  const said = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value] as [string, string]],
  )
  const query = new URLSearchParams(said).toString()
  return query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`
}

/** The page of a script. Browsers drop `.` and `..` from a path, however they are spelled: scripts of these names are found in the list. */
export function scriptPath(name: string): Href {
  if (name === '.' || name === '..') return `/script-analysis?script=${name}`
  return `/scripts/${encodeURIComponent(name)}`
}

/** The page of an error group. */
export function errorPath(fingerprint: string): Href {
  return `/errors/${encodeURIComponent(fingerprint)}`
}
