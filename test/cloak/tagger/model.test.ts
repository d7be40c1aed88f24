import { describe, expect, test } from 'bun:test'
import { isUnknownWord, loadModel, packModel, unpackModel } from '../../../src/cloak/tagger/model.ts'
import { classify } from '../../../src/cloak/tagger/score.ts'
import { tagClasses } from '../../../src/cloak/tagger/tag-class.ts'

describe('the model', () => {
  test('is the same after it was packed and read', () => {
    const model = loadModel()
    expect(unpackModel(packModel(model))).toEqual(model)
  })

  test('is refused when its length is another', () => {
    expect(() => unpackModel(new Uint8Array(3))).toThrow('a model of 3 bytes is none of ours')
  })

  test('is read once', () => {
    expect(loadModel()).toBe(loadModel())
  })
})

describe('shares', () => {
  test('are those of a token that stays where nothing is known of it', () => {
    const shares = classify(loadModel(), new Int32Array(192), 0)
    expect([...shares]).toEqual(tagClasses.map(() => 1 / tagClasses.length))
  })

  test('sum up to 1 whatever the features', () => {
    const features = Int32Array.from({ length: 192 }, (_, number) => Math.imul(number + 1, 0x9e3779b1))
    const shares = classify(loadModel(), features, features.length)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
  })
})

test.each(['server', 'paperless', 'Datenbank', 'kubelet'])('%s is a known word', (word) => {
  expect(isUnknownWord(word)).toBe(false)
})

test('most words that nobody has seen are unknown; others share their place with a known one', () => {
  const madeUp = ['qxtormel', 'jwrzesniewska', 'bravendiek', 'ollikkala', 'dthornquist', 'zemborain', 'fquillmann', 'ykorhonenb']
  expect(madeUp.filter(isUnknownWord).length).toBeGreaterThan(madeUp.length / 2)
})
