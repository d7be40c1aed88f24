/** More characters than nearly all texts have; a longer one gets an array of its own. */
const sharedLength = 65_536
const shared = new Uint16Array(sharedLength)
const sharedBytes = Buffer.from(shared.buffer)

/** As many zeros follow the codes, so that a look a little beyond the end needs no test. */
const zeros = 4

/** Below this length the call that copies a text costs more than copying it. */
const shortLength = 24

/** The codes of a text, for what reads each of them: from an array that takes half the time. The next call may write over them. */
export function codesOf(text: string): Uint16Array {
  const isShared = text.length + zeros <= sharedLength
  const codes = isShared ? shared : new Uint16Array(text.length + zeros)
  if (text.length < shortLength) for (let index = 0; index < text.length; index += 1) codes[index] = text.charCodeAt(index)
  else (isShared ? sharedBytes : Buffer.from(codes.buffer)).write(text, 0, 'utf16le')
  for (let index = text.length; index < text.length + zeros; index += 1) codes[index] = 0
  return codes
}
