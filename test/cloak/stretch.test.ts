import { describe, expect, test } from 'bun:test'
import { bareText } from '../../src/cloak/bare-text.ts'
import { cloak } from '../../src/cloak/engine.ts'
import { fullRecognizers } from '../../src/cloak/recognizer/index.ts'
import { hiddenStretches } from '../../src/cloak/stretch.ts'
import { readLabelledSet } from './labelled-set.ts'

describe('what is hidden stands in the text', () => {
  test.each([
    ['nothing', 'up', []],
    ['one value', 'at 10.0.0.5 up', ['10.0.0.5']],
    ['values side by side', 'jo@nas7:~$', ['jo', 'nas7']],
    ['a password with the sign behind it', 'a://jo:p@w@nas/x', ['jo:p@w', 'nas']],
    ['a label that the text itself has', 'as <user> in 10.0.0.5', ['10.0.0.5']],
    ['a value within a terminal code', '\x1b[1mfrom 10.0.\x1b[1m0.5\x1b[0m', ['10.0.\x1b[1m0.5']],
    ['a value that hangs on to a spelled break', 'a\\n10.0.0.5\\nb', ['10.0.0.5']],
  ])('%s', (_, text, values) => {
    expect(hiddenStretches(text, 'full').map(({ start, end }) => text.slice(start, end))).toEqual(values)
  })
})

const texts = [
  ...fullRecognizers.flatMap(({ examples }) => [...examples.hidden.map(([text]) => text), ...examples.kept]),
  ...(await readLabelledSet('first')).map(({ text }) => text),
  ...(await readLabelledSet('secrets')).map(({ text }) => text),
]

test('with its labels in the place of the stretches a text is what the engine makes of it', () => {
  for (const text of texts) {
    const bare = bareText(text).text // Codes beside a value go as well.
    let labelled = ''
    let from = 0
    for (const { start, end, label } of hiddenStretches(bare, 'full')) {
      expect(start).toBeGreaterThanOrEqual(from)
      labelled += bare.slice(from, start) + label
      from = end
    }
    expect(labelled + bare.slice(from)).toBe(cloak(text, 'full').text)
  }
})
