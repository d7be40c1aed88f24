/**
 * A text without what was cut out of it. `seams` are the places in it, ascending, where that brought two signs together that are no blanks;
 * `cuts` is everything that was cut, ascending.
 */
export type CutText = { readonly text: string; readonly seams: readonly number[]; readonly cuts: readonly Cut[] }

/** What stood from `start` to `end` (exclusive), and where in the text without it that is; `blanks` stand there in its place, 0 or 1. */
export type Cut = { readonly start: number; readonly end: number; readonly at: number; readonly blanks: number }

/**
 * The escape character as itself and as logs spell it: matches `\u001b`, `\\x1b`, `\033`, `\e`, `^[`, `#033` (syslog), `&#27;`, `␛`.
 * Any of them counts only before a code.
 */
const spelledEscape = '(?:\\u241b|\\\\{1,4}(?:u001[bB]|u\\{1[bB]\\}|x1[bB]|0?33|e)|\\^\\[|#033|&#(?:27|x1[bB]);|%1[bB])'
const parameters = '[?>=!]?\\d{0,4}(?:;\\d{0,4}|:\\d{1,4}){0,15}'

/** Colours and cursor moves, titles and links with their text, character sets, single letters; nothing that begins with ESC stays. */
const rawCodes = [
  '(?:\\x1b\\[[0-?]{0,64}|\\x9b\\??[\\d;:]{1,64})[ -/]{0,4}[@-~]',
  '\\x9b[HJKm]',
  '(?:\\x1b\\[|\\x9b)[\\d;:?]{1,64}$',
  '\\x1b[\\]PX^_][^\\x07\\x1b\\n]{0,256}(?:\\x07|\\x1b\\\\)?',
  '\\x1b[()*+][0-9A-Z]',
  '\\x1b(?:[78=>]|[A-Zc\\\\])(?![\\w.:-])',
  '\\x1b\\[?',
].join('|')

/** With a spelled escape: matches `\033[0;31m`, `^[[K`, `\e]0;`, `\033(B`; must not match `^[[:space:]]`. */
const spelledCodes = `${spelledEscape}(?:\\[${parameters}[ -/]?[A-HJKSTXfhlmnrsu]|\\]\\d{1,4};|\\([0AB])`

/** Colours by their number, so that `[15m` is none. Behind it no quantity goes on: `[5m]`, `[5ms]`, `[31min ago`. */
const colour = '(?:0?\\d|2[1-9]|[34]\\d|5[0-5]|9[0-7]|10[0-7])'
const noQuantity = '(?![a-zA-Z]{0,8}\\]|(?:s|in|ins|inutes?|b|iB|B|m|V|A|W|Hz)\\b)'
const bareCodes = [
  `\\[(?:${colour}m${noQuantity}|\\d{1,3}(?:[;:]\\d{1,3}){1,15}m(?!\\]))`,
  '\\[\\?\\d{1,4}[hl]',
  '\\[[0-3][JK](?![A-Za-z]{0,8}[\\]/]|i?[bB])',
  '\\[\\d{1,3};\\d{1,3}[Hfr](?!\\])',
  '\\[m\\[K',
  '\\[K(?=\\s|$|\\[)',
].join('|')

/** Too short to be told from text (`[Kernel]`, `[3D]`) unless a further code stands beside it. */
const likelyCode = '\\[(?:\\d{1,3}[A-HJKSTm]|[HJKm])'
const certainCode = `(?:${rawCodes}|${spelledCodes}|${bareCodes})`

/** Codes as they stand side by side: matches `ESC[1mESC[31m`, `[01;31m[K`, `\033[0m`; must not match `[main]`, `a[m]`, `[10de:2504]`, `[5ms]`. */
const codes = new RegExp(`(?=[\\x1b\\x9b\\u241b\\\\^#&%[])(?:${likelyCode}){0,8}${certainCode}(?:${likelyCode}|${certainCode})*`, 'g')

/** Cuts terminal codes out of a text, whole, however their escape character is written or lost. What is left has none, so cutting again changes nothing. */
export function cutTerminalCodes(text: string, seams: readonly number[] = []): CutText {
  return cutOut(text, codes, seams, makesCode)
}

/** Cuts out all that matches; `earlier` are seams of the text, which stay seams. Where `isApart`, a blank takes the place of what was cut. */
export function cutOut(
  text: string,
  pattern: RegExp,
  earlier: readonly number[] = [],
  isApart: (before: string, behind: string) => boolean = () => false,
): CutText {
  const seams: number[] = []
  const cuts: Cut[] = []
  const pieces: string[] = []
  let length = 0
  // The last signs so far: looking at the end of a long text that is still being put together would copy it each time.
  let tail = ''
  let end = 0
  let next = 0
  const keep = (piece: string): void => {
    for (; (earlier[next] ?? text.length) < end + piece.length; next += 1) seams.push((earlier[next] ?? 0) + length - end)
    pieces.push(piece)
    length += piece.length
    tail = (tail + piece.slice(-codeLengthMax)).slice(-codeLengthMax)
  }
  for (const { 0: found, index } of text.matchAll(pattern)) {
    keep(text.slice(end, index))
    end = index + found.length
    while ((earlier[next] ?? end + 1) <= end) next += 1
    const blanks = isApart(tail, text.slice(end, end + codeLengthMax)) ? 1 : 0
    cuts.push({ start: index, end, at: length, blanks })
    if (blanks === 1) {
      pieces.push(' ')
      length += 1
      tail += ' '
    } else if (isInk(tail.at(-1)) && isInk(text[end])) seams.push(length)
  }
  if (end === 0) return { text, seams: earlier, cuts }
  keep(text.slice(end))
  return { text: pieces.join(''), seams, cuts }
}

function isInk(sign: string | undefined): boolean {
  return sign !== undefined && /[^\s\x00-\x1f]/.test(sign)
}

/** No code is longer, apart from its company. */
const codeLengthMax = 112
const openCode = /(?:\\[\w{}]{0,6}|[\^#&%][#\w;[]{0,6}|[\u241b\x9b[][?>=!\d;:[]{0,96})$/

/** Whether two pieces would make a code where they meet. */
function makesCode(before: string, behind: string): boolean {
  if (!openCode.test(before)) return false
  return [...(before + behind).matchAll(codes)].some(({ 0: found, index }) => index < before.length && index + found.length > before.length)
}

/** Whether a code may stand at a sign `[`, `\` or `%`, or just before it; true for every text that has one but those that begin with ESC, C1 or `␛`. */
export function mayBeCode(text: string, at: number): boolean {
  codeAt.lastIndex = at
  if (codeAt.test(text)) return true
  codeAt.lastIndex = at - 1
  return text[at - 1] === '^' && codeAt.test(text)
}
const codeAt = new RegExp(`${spelledCodes}|${bareCodes}|(?<=#033|&#(?:27|x1[bB]);)\\[`, 'y')
