/**
 * The body of an answer that came from outside, whole; undefined once it is longer than `bytesMax`, and the rest is then never read. Packed bodies count by
 * what they unpack to. Rejects as the body does when its connection breaks.
 */
export async function readBounded({ body }: Response, bytesMax: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (body === null) return new Uint8Array(0)
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of body) {
    bytes += piece.length
    if (bytes > bytesMax) return undefined // Leaving the loop cancels the stream, which closes the connection.
    pieces.push(piece)
  }
  const whole = new Uint8Array(bytes)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
