const charactersMax = 2_048
/** Where a sign-in never leads to: it would be a circle, or end what has just begun. */
const circles = ['/sign-in', '/sign-out', '/setup/']

/** The path of ours that a browser goes to after it signed in; `/` for everything else. A link must not be able to lead from here to another host. */
export function readNextPath(text: string | null): `/${string}` {
  const path = readOwnPath(text)
  return circles.some((circle) => path.startsWith(circle)) ? '/' : path
}

/** Any path of ours; `/` for everything else. */
export function readOwnPath(text: string | null): `/${string}` {
  // Matches `/records?status=failed`; not `//evil.example`, `/\evil.example`, `https://evil.example`, or a path with a line end in it.
  if (text === null || text.length > charactersMax || !/^\/(?:[\x21-\x2e\x30-\x5b\x5d-\x7e][\x21-\x5b\x5d-\x7e]*)?$/.test(text)) return '/'
  return text as `/${string}`
}
