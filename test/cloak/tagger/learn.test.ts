import { expect, test } from 'bun:test'
import { kindsOf } from '../../../script/tagger/example.ts'
import { learnModel } from '../../../script/tagger/learn-model.ts'
import { readTrainingTexts } from '../../../script/tagger/text.ts'
import { codesOf } from '../../../src/cloak/codes.ts'
import { featuresMax, readFeatures } from '../../../src/cloak/tagger/feature.ts'
import { readTokens } from '../../../src/cloak/tagger/read-tokens.ts'
import { classify } from '../../../src/cloak/tagger/score.ts'
import { tagClasses } from '../../../src/cloak/tagger/tag-class.ts'

const texts = await readTrainingTexts()
/** Every fortieth, so that learning takes seconds. */
const few = texts.filter((_, number) => number % 40 === 0)

test('the same texts make the same model, and it knows what it has learned', async () => {
  const { model } = await learnModel(few)
  expect((await learnModel(few)).model).toEqual(model)
  const features = new Int32Array(featuresMax)
  let [values, right] = [0, 0]
  for (const { text, spans } of few) {
    const tokens = readTokens(text, codesOf(text), { from: 0, to: text.length }, model.vocabulary)
    for (const [number, kind] of kindsOf(tokens, spans).entries()) {
      if (kind === 0) continue
      values += 1
      const shares = classify(model, features, readFeatures(text, tokens, number, features))
      if (shares.indexOf(Math.max(...shares)) === kind) right += 1
    }
  }
  expect(values).toBeGreaterThan(300)
  expect(right / values).toBeGreaterThan(0.9)
})

test('every span has a class, and every example of a rule its spans', () => {
  const kinds = new Set(
    texts.flatMap(({ text, spans }) =>
      kindsOf(readTokens(text, codesOf(text), { from: 0, to: text.length }, new Uint8Array(2 ** 20)), spans),
    ),
  )
  expect([...kinds].map((kind) => tagClasses[kind]).sort()).toEqual([...tagClasses].sort())
})
