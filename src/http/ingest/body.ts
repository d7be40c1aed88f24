import { err, ok, type Result } from '../../base/result.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import type { Hold } from './hold.ts'

/** A body as it came: all of it, and whether it is gzip. */
export type Arrived = { readonly bytes: Uint8Array; readonly isPacked: boolean }

export type BodyReader = {
  /** The body, of at most `bytesMax` bytes, in the memory of `hold`; refused when it is larger, broken, does not arrive in time or finds no room. */
  read(request: Request, bytesMax: number, hold: Hold): Promise<Result<Arrived, Refusal>>
  stop(): void
}

/** How often slow bodies are looked for. One timer serves all requests: a timer each would cost more than the check of an event. */
const sweepMs = 250
/**
 * Bodies given up in one turn. Bun closes a connection whose body it did not read from within the answer, and runs the next answer from within that
 * close: thousands at once overflow the stack and leave the process spinning.
 */
const expiriesPerTurn = 50
/** A body of a declared length up to this is read in one call; a larger one is counted while it comes. */
const wholeBytesMax = 64 * 1024

type Body = Result<Uint8Array, Refusal>
/** A body on its way. `cancel` gives it up: what came so far is let go. */
type Reading = { readonly body: Promise<Body>; readonly cancel: () => void }
type Waiting = { readonly deadline: number; readonly expire: () => void }

export const tooLarge = err(refusal('body_too_large', 'body', 'too_large'))
const unreadable = err(refusal('body_unreadable', 'body', 'unreadable'))
const tooSlow = err(refusal('body_unreadable', 'body', 'too_slow'))
/** The answer to a body for which there is no room now. */
export const tooMany = err(refusal('too_busy', 'body', 'too_many_at_once'))
const unknownEncoding = err(refusal('body_unreadable', 'content-encoding', 'gzip_or_none'))

/** Reads request bodies, each within `timeoutMs`. A client that drips its body is answered and cut off; it holds nothing but its socket. */
export function createBodyReader(timeoutMs: number): BodyReader {
  const waiting = new Set<Waiting>() // In the order of their deadlines, since all have the same time.
  const sweep = setInterval(expireOverdue, sweepMs)

  function expireOverdue(): void {
    const now = performance.now()
    let expired = 0
    for (const one of waiting) {
      if (one.deadline > now) return
      if (++expired > expiriesPerTurn) {
        setImmediate(expireOverdue)
        return
      }
      waiting.delete(one)
      one.expire()
    }
  }

  async function read(request: Request, bytesMax: number, hold: Hold): Promise<Result<Arrived, Refusal>> {
    const encoding = request.headers.get('content-encoding')
    const isPacked = encoding !== null && gzipNames.test(encoding)
    if (encoding !== null && !isPacked && !plainNames.test(encoding)) return unknownEncoding
    const declared = Number(request.headers.get('content-length') ?? Number.NaN)
    if (declared > bytesMax) return tooLarge
    const body = declared <= wholeBytesMax ? await readWhole(request) : await inTime(readStream(request, bytesMax, hold))
    if (!body.ok) return body
    if (declared <= wholeBytesMax && !hold.take(body.value.length)) return tooMany
    return ok({ bytes: body.value, isPacked })
  }

  /** A small body mostly came with its headers: then there is nothing to wait for, and nothing to watch over. */
  function readWhole(request: Request): Body | Promise<Body> {
    const bytes = request.arrayBuffer()
    const arrived = Bun.peek(bytes)
    if (arrived instanceof ArrayBuffer) return ok(new Uint8Array(arrived))
    const body = bytes.then(
      (whole): Body => ok(new Uint8Array(whole)),
      () => unreadable, // The client hung up.
    )
    return inTime({ body, cancel: nothing })
  }

  function inTime({ body, cancel }: Reading): Promise<Body> {
    return new Promise((resolve) => {
      function expire(): void {
        cancel()
        resolve(tooSlow)
      }
      const one: Waiting = { deadline: performance.now() + timeoutMs, expire }
      waiting.add(one)
      body.then((result) => {
        waiting.delete(one)
        resolve(result)
      })
    })
  }

  return { read, stop: () => clearInterval(sweep) }
}

/** Match `gzip`, `x-gzip`, `identity`, in any case (RFC 9110); not `gzip, gzip`. */
const gzipNames = /^(?:x-)?gzip$/i
const plainNames = /^(?:identity)?$/i

function nothing(): void {}

/** A large body, or one without a length, is counted while it comes. */
function readStream(request: Request, bytesMax: number, hold: Hold): Reading {
  const reader = request.body?.getReader()
  if (reader === undefined) return { body: Promise.resolve(ok(new Uint8Array())), cancel: nothing }
  const cancel = () => void reader.cancel().catch(nothing)

  async function gather(from: NonNullable<typeof reader>): Promise<Body> {
    const pieces: Uint8Array[] = []
    let bytes = 0
    try {
      for (;;) {
        const { done, value } = await from.read()
        if (done) return ok(hold.join(pieces))
        bytes += value.length
        const refused = bytes > bytesMax ? tooLarge : hold.take(value.length) ? undefined : tooMany
        if (refused !== undefined) {
          cancel()
          return refused
        }
        hold.own(value)
        pieces.push(value)
      }
    } catch {
      return unreadable
    }
  }

  return { body: gather(reader), cancel }
}
