/**
 * Finds whole phrases in a log, in any letter case: `apt-get` in `E: apt-get failed`, but neither in `adapt-get` nor in `apt-getter`.
 * A hyphen before a phrase belongs to its word, so that the option `--connect-timeout` is no timeout.
 */
export function phraseFinder(phrases: readonly string[]): (text: string) => boolean {
  const pattern = new RegExp(phrases.map((phrase) => `${leftEdge(phrase)}${phrase}${rightEdge(phrase)}`).join('|'), 'i')
  return (text) => pattern.test(text)
}

function leftEdge(phrase: string): string {
  return /^\w/.test(phrase) ? '(?<![\\w-])' : ''
}

function rightEdge(phrase: string): string {
  return /\w$/.test(phrase) ? '(?!\\w)' : ''
}
