import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** One request on its way: the fault decides by it. `writes` is how many records it writes or deletes, `token` what it signs itself with. */
export type Passing = {
  readonly method: string
  readonly path: string
  readonly body: string
  readonly writes: number
  readonly token: string
}

/** What the proxy does to a request. `undefined` lets it pass. */
export type Mischief =
  /** Closes the connection at once. */
  | { readonly kind: 'down' }
  /** Answers by itself. */
  | { readonly kind: 'answer'; readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  /** Passes the request on, then closes the connection instead of answering. */
  | { readonly kind: 'drop_answer' }
  /** Answers 200 with the first half of the body. */
  | { readonly kind: 'cut_answer' }
  /** Answers 200 to a batch that it did not pass on, with this answer to each write. */
  | { readonly kind: 'answer_inside'; readonly entry: unknown }
  /** Passes on the first half of a batch alone, then closes the connection. */
  | { readonly kind: 'half_applied' }
  /** Answers 200 and writes into a string of the body without an end. */
  | { readonly kind: 'endless' }
  /** Holds the request until the client gives up. */
  | { readonly kind: 'hang' }

export type FaultyProxy = {
  readonly url: string
  /** What each request passed through; the newest last, at most `passedMax`. */
  readonly passed: readonly Passing[]
  /** Decides from now on. Gives back to good behaviour with `undefined`. */
  misbehave(decide: ((passing: Passing) => Mischief | undefined) | undefined): void
  [Symbol.asyncDispose](): Promise<void>
}

const passedMax = 10_000

/** A loopback HTTP proxy before `target` that misbehaves as it is told to. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const passed: Passing[] = []
  let decide: ((passing: Passing) => Mischief | undefined) | undefined

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/'
    const passing = await readPassing(request, path)
    passed.push(passing)
    if (passed.length > passedMax) passed.shift()
    const mischief = decide?.(passing)
    if (mischief?.kind === 'down') return void request.socket.destroy()
    if (mischief?.kind === 'hang') return
    if (mischief?.kind === 'endless') return writeEndlessly(response)
    if (mischief?.kind === 'answer') {
      response.writeHead(mischief.status, { 'Content-Type': 'application/json', ...mischief.headers })
      return void response.end(JSON.stringify(mischief.body ?? { data: {}, message: '', status: mischief.status }))
    }
    if (mischief?.kind === 'answer_inside') {
      response.writeHead(200, { 'Content-Type': 'application/json' })
      return void response.end(JSON.stringify(Array.from({ length: passing.writes }, () => mischief.entry)))
    }
    const sent = mischief?.kind === 'half_applied' ? firstHalf(passing.body) : passing.body
    const answer = await pass(`${target}${path}`, request, sent)
    if (answer === undefined || mischief?.kind === 'drop_answer' || mischief?.kind === 'half_applied') return void request.socket.destroy()
    response.writeHead(answer.status, { 'Content-Type': 'application/json' })
    response.end(mischief?.kind === 'cut_answer' ? answer.body.slice(0, answer.body.length >> 1) : answer.body)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    passed,
    misbehave: (next) => {
      decide = next
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Writes as fast as the client reads, until it hangs up. */
async function writeEndlessly(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/json' })
  response.write('{"token":"')
  const closed = new Promise((resolve) => response.once('close', resolve))
  const piece = 'a'.repeat(endlessPieceBytes)
  while (!response.destroyed)
    if (!response.write(piece)) await Promise.race([closed, new Promise((resolve) => response.once('drain', resolve))])
}

const endlessPieceBytes = 256 * 1024

async function readPassing(request: IncomingMessage, url: string): Promise<Passing> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const [method, path, body] = [request.method ?? 'GET', url.split('?')[0] ?? '', Buffer.concat(chunks).toString()]
  return { method, path, body, writes: countWrites(method, path, body), token: request.headers.authorization ?? '' }
}

async function pass(
  url: string,
  request: IncomingMessage,
  body: string,
): Promise<{ readonly status: number; readonly body: string } | undefined> {
  const headers = { Authorization: request.headers.authorization ?? '', 'Content-Type': 'application/json' }
  const hasBody = request.method !== 'GET' && body !== ''
  const answer = await fetch(url, { method: request.method ?? 'GET', headers, ...(hasBody && { body }) }).catch(() => undefined)
  return answer === undefined ? undefined : { status: answer.status, body: await answer.text() }
}

function countWrites(method: string, path: string, body: string): number {
  if (path === '/api/batch') return requestsOf(body).length
  return method !== 'GET' && path.includes('/records') ? 1 : 0
}

function firstHalf(body: string): string {
  const requests = requestsOf(body)
  return JSON.stringify({ requests: requests.slice(0, Math.max(1, requests.length >> 1)) })
}

function requestsOf(body: string): readonly unknown[] {
  const parsed: unknown = JSON.parse(body)
  return typeof parsed === 'object' && parsed !== null && 'requests' in parsed && Array.isArray(parsed.requests) ? parsed.requests : []
}
