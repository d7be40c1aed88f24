import type { Body, Sender } from './door.ts'

/** Bodies on their way to another thread, as few objects as can be: each one costs on both sides of a message. */
export type Parcel = {
  /** All bodies, one behind the other. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where each body ends. */
  readonly ends: Uint32Array
  readonly senders: readonly Sender[]
  /** Whose each body is, as a place in `senders`. */
  readonly senderOf: Uint32Array
}

/** Packs bodies into one buffer, which can be handed over without another copy. */
export function packBodies(bodies: readonly Body[]): Parcel {
  const bytes = new Uint8Array(bodies.reduce((sum, { bytes: { length } }) => sum + length, 0))
  const ends = new Uint32Array(bodies.length)
  const senderOf = new Uint32Array(bodies.length)
  const senders: Sender[] = []
  let end = 0
  for (const [index, body] of bodies.entries()) {
    bytes.set(body.bytes, end)
    end += body.bytes.length
    ends[index] = end
    senderOf[index] = placeOf(senders, body.sender)
  }
  return { bytes, ends, senders, senderOf }
}

/** The bodies in their order, as views into the parcel's buffer. */
export function unpackBodies({ bytes, ends, senders, senderOf }: Parcel): readonly Body[] {
  return Array.from(ends, (end, index) => {
    const sender = senders[senderOf[index] ?? 0]
    if (sender === undefined) throw new Error('a body without a sender')
    return { bytes: bytes.subarray(index === 0 ? 0 : ends[index - 1], end), sender }
  })
}

/** A parcel has few senders, mostly one. */
function placeOf(senders: Sender[], { tenant, mayDate }: Sender): number {
  const found = senders.findIndex((one) => one.tenant === tenant && one.mayDate === mayDate)
  return found < 0 ? senders.push({ tenant, mayDate }) - 1 : found
}
