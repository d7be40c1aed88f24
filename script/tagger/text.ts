import { apiRecognizers } from '../../src/cloak/recognizer/api.ts'
import { fullRecognizers } from '../../src/cloak/recognizer/index.ts'
import type { Recognizer } from '../../src/cloak/recognizer.ts'
import { describeExitCode } from '../../src/event/exit-code.ts'
import { makeChance } from '../../test/chance.ts'
import { readCorpus } from '../../test/cloak/corpus.ts'
import { type LabelledSpan, type LabelledText, type LabelType, labelTypes, readLabelledSet } from '../../test/cloak/labelled-set.ts'
import { toolMessages } from './tool-message.ts'
import type { TrainingText } from './training-text.ts'

/** Sets that are learned from whole. Of the third and the fourth only the half that was worked on is: the other one says how well it went. */
const wholeSets = ['train', 'first', 'secrets', 'names', 'names/held-out'] as const
const halfSets = ['third', 'fourth'] as const

/** Each has words of ours, which may be all that is said of a failure. */
const exitCodes = Array.from({ length: 255 }, (_, code) => code + 1)

/** What a rule promises by its examples counts more than what somebody wrote once. */
const exampleWeight = 4

/** Those of ingest, and of the API what the tagger names and weighs. */
const learnedRecognizers: readonly Recognizer[] = apiRecognizers.filter(
  (one) => fullRecognizers.includes(one) || one.tags !== undefined || one.isWeighed === true,
)

/** All texts that the tagger learns from. */
export async function readTrainingTexts(): Promise<readonly TrainingText[]> {
  const whole = await Promise.all(wholeSets.map(readLabelledSet))
  const halves = await Promise.all(halfSets.map(readLabelledSet))
  const labelled = [...whole.flat(), ...halves.flat().filter(({ id }) => Number(id.slice(1)) % 2 === 0)]
  const specimens = await readCorpus()
  const harmless = await Promise.all(['harmless', 'harmless-log', 'look-alike'].map(readHarmless))
  return [
    ...labelled.map((one) => ({ ...one, weight: 1 })),
    ...toolMessages(makeChance(11)),
    ...exitCodes.map((code) => ({ text: `Exit code ${code}: ${describeExitCode(code)}`, spans: [], weight: exampleWeight })),
    ...labelled.flatMap(aloneOf),
    ...specimens.map(({ text, secrets }) => ({
      text,
      spans: secrets.map((secret) => ({ ...secret, type: typeOfLabel(secret.kind) })),
      weight: 1,
    })),
    ...harmless.map((text) => ({ text, spans: [], weight: 1 })),
    ...learnedRecognizers.flatMap(({ examples }) => [
      ...examples.hidden.map(([text, cloaked]) => ({ text, spans: spansBetween(text, cloaked), weight: exampleWeight })),
      ...examples.kept.map((text) => ({ text, spans: [], weight: exampleWeight })),
    ]),
  ]
}

/** Every fourth line of a harmless text as a text of its own: what is sent is often one line. */
function aloneOf({ text, spans }: Pick<LabelledText, 'text' | 'spans'>): readonly TrainingText[] {
  if (spans.length > 0) return []
  const lines = text.split('\n').filter((_, number) => number % 4 === 1)
  return lines.filter((line) => line.trim() !== '').map((line) => ({ text: line, spans: [], weight: 1 }))
}

async function readHarmless(name: string): Promise<string> {
  return await Bun.file(new URL(`../../test/fixture/cloak/${name}.txt`, import.meta.url).pathname).text()
}

const label = /<([a-z0-9-]{3,14}|[A-Z_]{3,16})>/g

/** Where labels stand in place of parts of a text; none where the two cannot be laid upon each other. */
function spansBetween(text: string, cloaked: string): readonly LabelledSpan[] {
  const spans: LabelledSpan[] = []
  let at = 0
  let from = 0
  let type: LabelType | undefined
  for (const { 0: whole, 1: name = '', index } of [...cloaked.matchAll(label), { 0: '', 1: '', index: cloaked.length }]) {
    const between = cloaked.slice(from, index)
    const start = between === '' && type !== undefined && index === cloaked.length ? text.length : text.indexOf(between, at)
    if (start < 0) return []
    if (type !== undefined && start > at) spans.push({ type, start: at, end: start })
    at = start + between.length
    type = typeOfLabel(name)
    from = index + whole.length
  }
  return spans
}

function typeOfLabel(name: string): LabelType {
  const type = labelTypes.find((one) => one === name)
  if (type !== undefined) return type
  if (name === 'user') return 'USERNAME'
  if (name === 'host' || name === 'share') return 'HOSTNAME'
  if (name === 'token') return 'API_KEY'
  if (['email', 'ipv4', 'ipv6', 'mac', 'x'].includes(name)) return 'IP_ADDRESS'
  return name === 'serial' ? 'ACCOUNT_ID' : 'PASSWORD'
}
