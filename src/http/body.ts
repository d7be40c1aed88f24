import { gunzip } from 'node:zlib'
import { err, ok, type Result } from '../base/result.ts'
import { type Refusal, refusal } from '../event/refusal.ts'

export type BodyReader = {
  /** The body, unpacked, of at most `bytesMax` bytes both packed and unpacked; refused when it is larger, broken or does not arrive in time. */
  read(request: Request, bytesMax: number): Promise<Result<Uint8Array, Refusal>>
  stop(): void
}

/** How often slow bodies are looked for. One timer serves all requests: a timer each would cost more than the check of an event. */
const sweepMs = 250

type Waiting = { readonly deadline: number; readonly expire: () => void }

const tooLarge = err(refusal('body_too_large', 'body', 'too_large'))
const unreadable = err(refusal('body_unreadable', 'body', 'unreadable'))
const tooSlow = err(refusal('body_unreadable', 'body', 'too_slow'))

/** Reads request bodies, each within `timeoutMs`. A client that drips its body is answered and cut off; it holds nothing but its socket. */
export function createBodyReader(timeoutMs: number): BodyReader {
  const waiting = new Set<Waiting>() // In the order of their deadlines, since all have the same time.
  const sweep = setInterval(expireOverdue, sweepMs)

  function expireOverdue(): void {
    const now = performance.now()
    for (const one of waiting) {
      if (one.deadline > now) return
      waiting.delete(one)
      one.expire()
    }
  }

  async function read(request: Request, bytesMax: number): Promise<Result<Uint8Array, Refusal>> {
    const declared = Number(request.headers.get('content-length') ?? Number.NaN)
    if (declared > bytesMax) return tooLarge
    const body = await inTime(Number.isNaN(declared) ? readStream(request, bytesMax) : readWhole(request))
    if (!body.ok) return body
    const encoding = request.headers.get('content-encoding')
    if (encoding === null || encoding === 'identity') return body
    return encoding.toLowerCase() === 'gzip'
      ? unpack(body.value, bytesMax)
      : err(refusal('body_unreadable', 'content-encoding', 'gzip_or_none'))
  }

  function inTime(reading: Promise<Result<Uint8Array, Refusal>>): Promise<Result<Uint8Array, Refusal>> {
    return new Promise((resolve) => {
      const one: Waiting = { deadline: performance.now() + timeoutMs, expire: () => resolve(tooSlow) }
      waiting.add(one)
      reading.then((result) => {
        waiting.delete(one)
        resolve(result)
      })
    })
  }

  return { read, stop: () => clearInterval(sweep) }
}

async function readWhole(request: Request): Promise<Result<Uint8Array, Refusal>> {
  try {
    return ok(new Uint8Array(await request.arrayBuffer()))
  } catch {
    return unreadable // The client hung up.
  }
}

/** A body without a length is counted while it comes. */
async function readStream(request: Request, bytesMax: number): Promise<Result<Uint8Array, Refusal>> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.length
      if (bytes > bytesMax) return tooLarge
      chunks.push(chunk)
    }
  } catch {
    return unreadable
  }
  return ok(Buffer.concat(chunks))
}

/** Stops unpacking at the limit, so that a small body cannot fill the memory. */
function unpack(packed: Uint8Array, bytesMax: number): Promise<Result<Uint8Array, Refusal>> {
  return new Promise((resolve) => {
    gunzip(packed, { maxOutputLength: bytesMax }, (fault, unpacked) => {
      if (fault === null) resolve(ok(unpacked))
      else resolve('code' in fault && fault.code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge : err(refusal('body_unreadable', 'body', 'gzip')))
    })
  })
}
