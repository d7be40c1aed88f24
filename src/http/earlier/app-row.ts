import { installFields } from '../../event/install.ts'
import { sumOf } from '../../page/outcome.ts'
import type { Totals } from '../../store/count/totals.ts'
import { dimensionRules } from '../../store/dimension.ts'
import { type Asker, analyse } from '../question/analyst.ts'
import type { Question } from '../question/question.ts'

/** Runs of one script of one type: the earlier API told a container and a virtual machine of one name apart. */
export type AppRow = { readonly app: string; readonly type: string; readonly total: number; readonly counts: Totals }

export type TypeRows = { readonly type: string; readonly total: number; readonly apps: readonly AppRow[] }

const types = installFields.flatMap((field) => (field.wire === 'type' && field.kind === 'oneOf' ? field.values : []))

/** The scripts of each type, those with the most runs first. One question to the roll-ups for each of the six types. */
export async function readTypeRows(asker: Asker, question: Question): Promise<readonly TypeRows[]> {
  return Promise.all(
    types.map(async (type) => {
      const selection = { ...question.selection, filter: { ...question.selection.filter, type } }
      const { by, total } = await analyse(asker, { ...question, selection }, { by: { script: dimensionRules.script.valuesMax } })
      const apps = (by.script?.groups ?? []).map(({ value, counts }) => ({ app: value, type, total: sumOf(counts), counts }))
      return { type, total: sumOf(total.counts), apps }
    }),
  )
}

/** Runs that did not end yet, in whatever stage. */
export function pendingOf({ installing, validation, configuring }: Totals): number {
  return installing + validation + configuring
}

/** `part` of `whole` in per cent, with two digits; 0 of nothing. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100
}

/** How many questions that cross two filters one answer may ask: each reads the runs of its whole period. */
export function crossedMax(days: number | undefined): number {
  if (days === undefined || days > 30) return 3
  return days > 7 ? 8 : 15
}
