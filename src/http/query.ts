/** The parameters behind the path. Read from the text itself: a request's URL holds the Host header, and with a broken one it is no URL at all. */
export function queryOf({ url }: Pick<Request, 'url'>): URLSearchParams {
  const at = url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1))
}

/** The path of a request, without its parameters. */
export function pathOf({ url }: Pick<Request, 'url'>): string {
  const scheme = url.indexOf('://')
  const start = url.indexOf('/', scheme < 0 ? 0 : scheme + 3)
  const query = url.indexOf('?')
  return start < 0 ? '/' : url.slice(start, query < 0 ? url.length : query)
}

/** A number by its leading digits, as the earlier API read them: `7abc` is 7. Junk is none. */
export function leadingNumber(text: string | null): number | undefined {
  const digits = /^-?\d{1,9}/.exec(text ?? '')?.[0]
  return digits === undefined ? undefined : Number(digits)
}
