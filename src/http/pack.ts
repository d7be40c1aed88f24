import { pageTextOf } from './answer.ts'

/** Below this an answer fits into one packet of the network as it is. */
const packedFromBytes = 1_400
/**
 * Measured on an overview of 100 KB: level 6 of libdeflate takes as long as that of zlib (0.5 ms) for 1.6 % less, which is 12.5 KB; higher levels take
 * two to three times as long for 2 to 4 % less.
 */
const packing = { library: 'libdeflate', level: 6 } as const
/** What is packed once and sent often may take its time. */
const tightest = { library: 'libdeflate', level: 12 } as const

/** A body as it is sent, with the headers that say how it is packed. */
export type Packed = { readonly body: string | Uint8Array<ArrayBuffer>; readonly headers: Readonly<Record<string, string>> }

/**
 * Packs a text for clients that take gzip. The length of a packed page tells something of what is in it; that is no way to the form's token, since no
 * other site can have a browser ask for a page with its cookie (SameSite=Strict).
 */
export function pack(text: string, { headers }: Pick<Request, 'headers'>): Packed {
  if (text.length < packedFromBytes || !takesGzip(headers.get('accept-encoding'))) return { body: text, headers: {} }
  return packedOf(packText(text))
}

function packedOf(body: Uint8Array<ArrayBuffer>): Packed {
  return { body, headers: { 'Content-Encoding': 'gzip' } }
}

/** The same for a text that stays as it is: packed with the first request that takes it, and as tight as it goes. */
export function packKept(text: string): (request: Pick<Request, 'headers'>) => Packed {
  let kept: Uint8Array<ArrayBuffer> | undefined
  return ({ headers }) => {
    if (!takesGzip(headers.get('accept-encoding'))) return { body: text, headers: {} }
    kept ??= Bun.gzipSync(text, tightest)
    return packedOf(kept)
  }
}

/** A text as it goes over the wire. */
export function packText(text: string): Uint8Array<ArrayBuffer> {
  return Bun.gzipSync(text, packing)
}

/** A page as it is sent, packed for who takes that, whichever route made it; any other answer as it is, at the price of one look. */
export function packPage(answer: Response, request: Pick<Request, 'headers'>): Response {
  const text = pageTextOf(answer)
  if (text === undefined) return answer
  const packed = pack(text, request)
  if (packed.body === text) return answer
  const { status, headers } = answer
  for (const [name, value] of Object.entries(packed.headers)) headers.set(name, value)
  return new Response(packed.body, { status, headers })
}

/** Matches `gzip, deflate, br` and `gzip;q=0.5`; not `identity` or `gzip;q=0`. */
function takesGzip(accepted: string | null): boolean {
  return (accepted ?? '').split(',').some((coding) => /^\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*$)[\d.]+\s*)?$/i.test(coding))
}
