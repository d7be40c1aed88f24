import { describe, expect, test } from 'bun:test'
import { analyze } from '../../src/cloak/analyze.ts'
import { loadNameFinder } from '../../src/cloak/name-finder.ts'
import { resolve } from '../../src/cloak/resolve.ts'
import { hiddenStretches } from '../../src/cloak/stretch.ts'
import { type LabelledText, readLabelledSet } from './labelled-set.ts'
import { directTypes, type Hide, ingestTypes, scoreSet, totalRecall } from './score.ts'

/** How many values of a half are hidden whole, and how many harmless texts are damaged; a change may make this better, never worse. */
type Floor = { readonly found: number; readonly damaged: number }

const [third, fourth] = [await readLabelledSet('third'), await readLabelledSet('fourth')]
const findNames = await loadNameFinder({})
const atIngest: Hide = (text) => hiddenStretches(text, 'full')
const byApi: Hide = (text) => resolve(analyze(text, { threshold: 0.4 }, findNames))

/** Those with an even number were worked on, and learned from by the tagger; of the others only the sums were ever looked at. */
const isWorkedOn = ({ id }: LabelledText): boolean => Number(id.slice(1)) % 2 === 0

const isLeftAlone = (text: LabelledText): boolean => !isWorkedOn(text)

const halves: readonly (readonly [name: string, half: readonly LabelledText[], ingest: Floor, api: Floor])[] = [
  ['the half of the third set that was worked on', third.filter(isWorkedOn), { found: 304, damaged: 0 }, { found: 407, damaged: 0 }],
  ['its other half, which nobody looked into', third.filter(isLeftAlone), { found: 315, damaged: 1 }, { found: 409, damaged: 4 }],
  ['the half of the fourth set that was worked on', fourth.filter(isWorkedOn), { found: 335, damaged: 1 }, { found: 413, damaged: 1 }],
  ['its other half as well', fourth.filter(isLeftAlone), { found: 352, damaged: 1 }, { found: 442, damaged: 1 }],
]

describe.each(halves)('%s', (_, half, ingest, api) => {
  test.each([
    ['at ingest', ingestTypes, atIngest, ingest],
    ['by the API', directTypes, byApi, api],
  ] as const)('hides no fewer secrets and direct identifiers %s, and damages no more', (_where, types, hide, floor) => {
    const score = scoreSet(half, types, hide)
    expect(totalRecall(score).found).toBeGreaterThanOrEqual(floor.found)
    expect(score.harmless.damaged).toBeLessThanOrEqual(floor.damaged)
  })
})
