import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { anything, classesAt } from '../../src/cloak/character.ts'
import { fullRecognizers } from '../../src/cloak/recognizer/index.ts'
import type { Recognizer, Sign } from '../../src/cloak/recognizer.ts'
import { readCorpus } from './corpus.ts'

const corpus = await readCorpus()

/** Values and what they are made of, so that pieces meet in ways no example has. */
const pieces = [
  ...fullRecognizers.flatMap(({ examples }) => examples.hidden.map(([text]) => text)),
  ...corpus.flatMap(({ secrets }) => secrets.map(({ value }) => value)),
  ...[
    '10.0.0.5',
    'fe80::1',
    '1:2:3:4:5:6:7:8',
    'aa:bb:cc:dd:ee:ff',
    '001a.2b3c.4d5e',
    'nas.local',
    'a.b-.com',
    'x.com.-',
    '~jo/',
    '//nas/x',
  ],
  ...['.', ':', '-', '@', '/', '~', '::', 'x', '1', 'f', ' ', '\n', '"', 'é', '中', '_'],
]
const mixedText = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(''))

const withSigns = fullRecognizers.flatMap((recognizer) =>
  (recognizer.signs ?? []).map((sign) => [recognizer.name, sign.sign, recognizer, sign] as const),
)

test.each(withSigns)('%s finds nothing at a sign %s where the characters beside it are of other classes', (_, __, recognizer, sign) => {
  for (const { text } of corpus) expectFoundBeside(text, recognizer, sign)
  fc.assert(
    fc.property(mixedText, (text) => expectFoundBeside(text, recognizer, sign)),
    { numRuns: 3000, seed: 13 },
  )
})

function expectFoundBeside(text: string, recognizer: Recognizer, { sign, before = anything, after }: Sign): void {
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
    const isBeside =
      (classesAt(text, at - 1) & before) !== 0 && after.every((one, offset) => (classesAt(text, at + sign.length + offset) & one) !== 0)
    const isOther = recognizer.anchors.some((anchor) => text.toLowerCase().startsWith(anchor, at)) || otherSigns(recognizer, sign, text, at)
    if (!isBeside && !isOther) expect(recognizer.find(text, at)).toEqual([])
  }
}

/** Whether another sign of the same literal, or a longer one, stands here too. */
function otherSigns({ signs = [] }: Recognizer, own: string, text: string, at: number): boolean {
  return signs.some(({ sign }) => sign !== own && text.startsWith(sign, at))
}
