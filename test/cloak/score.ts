import { type LabelledSpan, type LabelledText, type LabelType, labelTypes } from './labelled-set.ts'

/** A stretch of a text that was hidden, `end` exclusive, in UTF-16 units; `type` where it is known what was taken for what. */
export type HiddenStretch = { readonly start: number; readonly end: number; readonly type?: string }

/** How many values there are, how many of them are hidden whole, and how many only in part. */
export type Recall = { readonly all: number; readonly found: number; readonly partly: number }

/** A value of which something can still be read. */
export type Leak = { readonly id: string; readonly type: LabelType; readonly value: string; readonly isPartly: boolean }

/** Something hidden that is part of no value. */
export type Damage = { readonly id: string; readonly hidden: string }

/** Of names, by overlap: a stretch and a value of one type are the same where they share at least half of the characters of both. */
export type NameScore = { readonly recall: number; readonly precision: number }

export type Score = {
  readonly recall: ReadonlyMap<LabelType, Recall>
  /** Of the harmless texts. */
  readonly harmless: { readonly all: number; readonly damaged: number }
  /** Of the other texts, in characters outside of values. */
  readonly outside: { readonly all: number; readonly hidden: number }
  readonly names: ReadonlyMap<LabelType, NameScore>
  readonly leaks: readonly Leak[]
  readonly damages: readonly Damage[]
}

const nameTypes = ['PERSON', 'ORGANIZATION', 'LOCATION'] as const satisfies readonly LabelType[]
const indirectTypes: ReadonlySet<LabelType> = new Set([...nameTypes, 'ADDRESS', 'NRP', 'DATE_TIME'])

/** Secrets and direct identifiers. */
export const directTypes: readonly LabelType[] = labelTypes.filter((type) => !indirectTypes.has(type))

/** Those that are hidden at ingest. Domains and URLs are not among them: public ones say what broke, and of the others only the host goes. */
export const ingestTypes = [
  ...(['EMAIL_ADDRESS', 'IP_ADDRESS', 'MAC_ADDRESS', 'HOSTNAME', 'URL_CREDENTIALS', 'HOME_PATH', 'USERNAME'] as const),
  ...(['PASSWORD', 'API_KEY', 'JWT', 'PRIVATE_KEY'] as const),
] as const satisfies readonly LabelType[]

/** What is hidden of a text. */
export type Hide = (text: string) => readonly HiddenStretch[]

/** Counts what `hide` finds in a set. Only values of the given types count as leaks, but hiding any other is no damage. */
export function scoreSet(set: readonly LabelledText[], types: readonly LabelType[], hide: Hide): Score {
  const read = set.map((one) => ({ ...one, hidden: hide(one.text) }))
  const leaks = read.flatMap((one) => findLeaks(one, types))
  const damages = read.flatMap(findDamages)
  const damaged = new Set(damages.map(({ id }) => id))
  const harmless = read.filter(({ spans }) => spans.length === 0)
  const others = read.filter(({ spans }) => spans.length > 0)
  return {
    recall: new Map(types.map((type) => [type, recallOf(type, set, leaks)])),
    harmless: { all: harmless.length, damaged: harmless.filter(({ id }) => damaged.has(id)).length },
    outside: {
      all: sum(others, ({ text, spans }) => text.length - lengthOf(spans)),
      hidden: sum(others, (one) => sum(findDamages(one), ({ hidden }) => hidden.length)),
    },
    names: new Map(nameTypes.map((type) => [type, scoreNames(type, read)])),
    leaks,
    damages,
  }
}

/** All types taken together. */
export function totalRecall({ recall }: Pick<Score, 'recall'>): Recall {
  const parts = [...recall.values()]
  return { all: sum(parts, ({ all }) => all), found: sum(parts, ({ found }) => found), partly: sum(parts, ({ partly }) => partly) }
}

type Read = LabelledText & { readonly hidden: readonly HiddenStretch[] }

function findLeaks({ id, text, spans, hidden }: Read, types: readonly LabelType[]): readonly Leak[] {
  const isHidden = markHidden(text, hidden)
  return spans.flatMap(({ type, start, end }) => {
    const shown = isHidden.subarray(start, end).filter((mark) => mark === 0).length
    if (shown === 0 || !types.includes(type)) return []
    return [{ id, type, value: text.slice(start, end), isPartly: shown < end - start }]
  })
}

function findDamages({ id, text, spans, hidden }: Read): readonly Damage[] {
  const isHidden = markHidden(text, hidden)
  for (const { start, end } of spans) isHidden.fill(0, start, end)
  const damages: Damage[] = []
  for (let start = isHidden.indexOf(1); start >= 0; start = isHidden.indexOf(1, start)) {
    const next = isHidden.indexOf(0, start)
    const end = next < 0 ? text.length : next
    damages.push({ id, hidden: text.slice(start, end) })
    start = end
  }
  return damages
}

/** One mark for each character, 1 where it is hidden. */
function markHidden(text: string, hidden: readonly HiddenStretch[]): Uint8Array {
  const marks = new Uint8Array(text.length)
  for (const { start, end } of hidden) marks.fill(1, start, end)
  return marks
}

function recallOf(type: LabelType, set: readonly LabelledText[], leaks: readonly Leak[]): Recall {
  const all = sum(set, ({ spans }) => spans.filter((span) => span.type === type).length)
  const own = leaks.filter((leak) => leak.type === type)
  return { all, found: all - own.length, partly: own.filter(({ isPartly }) => isPartly).length }
}

function scoreNames(type: LabelType, set: readonly Read[]): NameScore {
  const pairs = set.map(({ spans, hidden }) => ({
    spans: spans.filter((span) => span.type === type),
    hidden: hidden.filter((stretch) => stretch.type === type),
  }))
  const found = sum(pairs, ({ spans, hidden }) => spans.filter((span) => hidden.some((stretch) => isSame(span, stretch))).length)
  const right = sum(pairs, ({ spans, hidden }) => hidden.filter((stretch) => spans.some((span) => isSame(span, stretch))).length)
  return {
    recall: share(
      found,
      sum(pairs, ({ spans }) => spans.length),
    ),
    precision: share(
      right,
      sum(pairs, ({ hidden }) => hidden.length),
    ),
  }
}

function isSame(span: LabelledSpan, stretch: HiddenStretch): boolean {
  const shared = Math.min(span.end, stretch.end) - Math.max(span.start, stretch.start)
  return shared > 0 && 2 * shared >= span.end - span.start && 2 * shared >= stretch.end - stretch.start
}

/** Nothing of nothing is all of it. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole
}

function lengthOf(spans: readonly LabelledSpan[]): number {
  return sum(spans, ({ start, end }) => end - start)
}

function sum<Item>(items: readonly Item[], count: (item: Item) => number): number {
  return items.reduce((total, item) => total + count(item), 0)
}
