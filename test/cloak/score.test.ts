import { describe, expect, test } from 'bun:test'
import { hiddenStretches } from '../../src/cloak/stretch.ts'
import { type LabelledText, type LabelType, readLabelledSet, readLabelledTexts } from './labelled-set.ts'
import { directTypes, type HiddenStretch, ingestTypes, scoreSet, totalRecall } from './score.ts'

describe('a score', () => {
  const set = readLabelledTexts('=== p1 chat\nask ⟦PERSON|Jana Weiß⟧ at ⟦EMAIL_ADDRESS|jo@nas.lan⟧\n=== h1 docs\nask Will')
  const scoreOf = (ofFirst: readonly HiddenStretch[], ofSecond: readonly HiddenStretch[] = [], types: readonly LabelType[] = directTypes) =>
    scoreSet(set, types, (text) => (text.startsWith('ask J') ? ofFirst : ofSecond))

  test('counts a value that is hidden whole, by one stretch or by several', () => {
    for (const hidden of [
      [{ start: 17, end: 27 }],
      [
        { start: 15, end: 20 },
        { start: 20, end: 27 },
      ],
    ]) {
      expect(scoreOf(hidden).recall.get('EMAIL_ADDRESS')).toEqual({ all: 1, found: 1, partly: 0 })
      expect(scoreOf(hidden).leaks).toEqual([])
    }
  })

  test('tells a value of which a part can be read from one that nobody hid', () => {
    const score = scoreOf([{ start: 17, end: 20 }], [], ['PERSON', 'EMAIL_ADDRESS'])
    expect(score.leaks).toEqual([
      { id: 'p1', type: 'PERSON', value: 'Jana Weiß', isPartly: false },
      { id: 'p1', type: 'EMAIL_ADDRESS', value: 'jo@nas.lan', isPartly: true },
    ])
    expect(totalRecall(score)).toEqual({ all: 2, found: 0, partly: 1 })
  })

  test('leaves types out that were not asked for, and takes hiding them for no damage', () => {
    const score = scoreOf([{ start: 4, end: 13 }], [], ['JWT'])
    expect(score.leaks).toEqual([])
    expect(score.damages).toEqual([])
  })

  test('counts what is hidden outside of values, and the harmless texts apart', () => {
    const score = scoreOf([{ start: 2, end: 6 }], [{ start: 4, end: 8 }])
    expect(score.damages).toEqual([
      { id: 'p1', hidden: 'k ' },
      { id: 'h1', hidden: 'Will' },
    ])
    expect(score.outside).toEqual({ all: 8, hidden: 2 })
    expect(score.harmless).toEqual({ all: 1, damaged: 1 })
  })

  test('takes a name for found where stretch and value share half of both', () => {
    const person = (start: number, end: number) => ({ start, end, type: 'PERSON' })
    expect(scoreOf([person(4, 13)]).names.get('PERSON')).toEqual({ recall: 1, precision: 1 })
    expect(scoreOf([person(9, 13)]).names.get('PERSON')).toEqual({ recall: 0, precision: 0 })
    expect(scoreOf([person(0, 16)], [person(4, 8)]).names.get('PERSON')).toEqual({ recall: 1, precision: 0.5 })
    expect(scoreOf([{ start: 4, end: 13 }]).names.get('PERSON')).toEqual({ recall: 0, precision: 1 })
  })
})

type Floor = { readonly found: Partial<Record<LabelType, number>>; readonly harmlessDamagedMax: number; readonly outsideHiddenMax: number }

const secrets = await readLabelledSet('secrets')
/** Every second text was held out while the first rules of this set were written; it is worked on since. */
const isHeldOut = ({ id }: { readonly id: string }): boolean => Number(id.slice(1)) % 2 === 0

/** Values that the rules found when they were last changed, and what they damaged; a change may make this better, never worse. */
const floors: readonly (readonly [name: string, set: readonly LabelledText[], floor: Floor])[] = [
  [
    'the first set',
    await readLabelledSet('first'),
    {
      found: {
        ...{ EMAIL_ADDRESS: 65, IP_ADDRESS: 214, MAC_ADDRESS: 34, HOSTNAME: 195, URL_CREDENTIALS: 22, HOME_PATH: 33, USERNAME: 150 },
        ...{ PASSWORD: 111, API_KEY: 138, JWT: 9, PRIVATE_KEY: 13 },
      },
      harmlessDamagedMax: 0,
      outsideHiddenMax: 377,
    },
  ],
  [
    'the first half of the set of secrets',
    secrets.filter((text) => !isHeldOut(text)),
    {
      found: {
        ...{ EMAIL_ADDRESS: 18, IP_ADDRESS: 53, MAC_ADDRESS: 7, HOSTNAME: 63, URL_CREDENTIALS: 10, HOME_PATH: 7, USERNAME: 76 },
        ...{ PASSWORD: 63, API_KEY: 56, JWT: 2, PRIVATE_KEY: 5 },
      },
      harmlessDamagedMax: 0,
      outsideHiddenMax: 196,
    },
  ],
  [
    'its second half, which was held out at first',
    secrets.filter(isHeldOut),
    {
      found: {
        ...{ EMAIL_ADDRESS: 6, IP_ADDRESS: 64, MAC_ADDRESS: 12, HOSTNAME: 55, URL_CREDENTIALS: 9, HOME_PATH: 7, USERNAME: 69 },
        ...{ PASSWORD: 71, API_KEY: 61, JWT: 1, PRIVATE_KEY: 6 },
      },
      harmlessDamagedMax: 0,
      outsideHiddenMax: 177,
    },
  ],
]

describe.each(floors)('%s as it is cloaked at ingest', (_, set, { found, harmlessDamagedMax, outsideHiddenMax }) => {
  const score = scoreSet(set, ingestTypes, (text) => hiddenStretches(text, 'full'))

  test.each(ingestTypes.map((type) => [type]))('no value of %s comes back to light', (type) => {
    expect(score.recall.get(type)?.found).toBeGreaterThanOrEqual(found[type] ?? Number.POSITIVE_INFINITY)
  })

  test('no harmless text is damaged that was whole', () => {
    expect(score.harmless.damaged).toBeLessThanOrEqual(harmlessDamagedMax)
  })

  test('no more is hidden beside the values', () => {
    expect(score.outside.hidden).toBeLessThanOrEqual(outsideHiddenMax)
  })
})
