import { err, ok, type Result } from '../../base/result.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import { rateRunsMin, successRate } from '../../event/success-rate.ts'
import { sumOf } from '../../page/outcome.ts'
import type { Order } from '../../page/part/sort-head.tsx'
import { scriptColumns } from '../../page/script/script-table.tsx'
import type { Group } from '../../store/analysis-port.ts'

export const scriptOrderDefault = '-runs'

/** An order that the heads of the table of scripts can name. */
export function readScriptOrder(text: string | null): Result<Order, Refusal> {
  const order = text?.trim() || scriptOrderDefault
  const isKnown = scriptColumns.some(({ name }) => name !== undefined && name === order.replace(/^-/, ''))
  return isKnown ? ok(order) : err(refusal('parameter_invalid', 'sort', `nearest_value_${scriptOrderDefault}`))
}

/** Groups in an order; those without a figure come last either way, and of equal ones the one with the lesser name first. */
export function sortScripts(groups: readonly Group[], order: Order): readonly Group[] {
  const isDown = order.startsWith('-')
  const figure = figures[order.replace(/^-/, '')] ?? sumOfGroup
  return groups.toSorted((one, other) => compare(figure(one), figure(other), isDown) || compare(one.value, other.value, false))
}

type Figure = number | string | undefined

function compare(one: Figure, other: Figure, isDown: boolean): number {
  if (one === other) return 0
  if (one === undefined || other === undefined) return one === undefined ? 1 : -1
  return one < other === isDown ? 1 : -1
}

const sumOfGroup = ({ counts }: Group): number => sumOf(counts)

/** What each column of `scriptColumns` orders by. */
const figures: Readonly<Record<string, (group: Group) => Figure>> = {
  script: ({ value }) => value,
  runs: sumOfGroup,
  change: ({ counts, previous }) => (previous === undefined || sumOf(previous) === 0 ? undefined : sumOf(counts) / sumOf(previous)),
  success: ({ counts }) => (successRate(counts).runs < rateRunsMin ? undefined : successRate(counts).share), // What is not shown orders nothing.
  median: ({ durations }) => durations?.p50,
  last: ({ lastDay }) => lastDay,
}
