import { gunzipSync } from 'node:zlib'

/** One answer: how long it took from the request to its last byte, in milliseconds, its size as sent, and its text. */
export type Seen = { readonly took: number; readonly bytes: number; readonly status: number; readonly text: string }

/** Somebody signed in who asks for pages over one connection, as a browser does: gzip accepted, nothing kept from earlier. */
export type Visitor = { see(path: string): Promise<Seen> }

/** Signs in with a read key at the form of the service. Throws when it is not let in. */
export async function signInWith(url: string, key: string): Promise<Visitor> {
  const form = await fetch(`${url}/sign-in`)
  const token = /name="token" value="([^"]*)"/.exec(await form.text())?.[1] ?? ''
  const answer = await fetch(`${url}/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ token, key }).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: cookiesOf(form) },
    redirect: 'manual',
  })
  if (answer.status !== 303) throw new Error(`signing in answered ${answer.status}`)
  const headers = { Cookie: cookiesOf(answer), 'Accept-Encoding': 'gzip' }
  return { see: (path) => see(`${url}${path}`, headers) }
}

function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ')
}

async function see(address: string, headers: Readonly<Record<string, string>>): Promise<Seen> {
  const started = performance.now()
  const answer = await fetch(address, { headers, decompress: false })
  const body = new Uint8Array(await answer.arrayBuffer())
  const took = performance.now() - started
  const isPacked = answer.headers.get('content-encoding') === 'gzip'
  return { took, bytes: body.length, status: answer.status, text: new TextDecoder().decode(isPacked ? gunzipSync(body) : body) }
}
