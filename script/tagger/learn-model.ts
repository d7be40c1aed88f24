import type { Model } from '../../src/cloak/tagger/model.ts'
import { makeChance } from '../../test/chance.ts'
import { examplesOf } from './example.ts'
import { learnGate } from './gate.ts'
import { learn } from './learn.ts'
import { packWeights } from './pack.ts'
import type { TrainingText } from './training-text.ts'
import { makeVocabulary } from './vocabulary.ts'

/** What was learned, from how many examples, and how many features found no place in the table. */
export type LearnedModel = { readonly model: Model; readonly examples: number; readonly features: number; readonly lost: number }

/** Learns a model from texts; the same texts make the same model. */
export async function learnModel(texts: readonly TrainingText[]): Promise<LearnedModel> {
  const chance = makeChance(7)
  const vocabulary = await makeVocabulary(texts)
  const examples = texts.flatMap((text) => examplesOf(text, vocabulary, chance))
  const learned = learn(examples, chance)
  const { prints, weights, lost } = packWeights(learned)
  const gate = learnGate(texts, vocabulary, chance)
  return { model: { vocabulary, gate, prints, weights }, examples: examples.length, features: learned.rowOf.size, lost }
}
