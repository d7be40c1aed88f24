import { parseJson } from '../../src/event/decode.ts'
import type { RepairCode } from '../../src/event/repair-rule.ts'

/**
 * What stands in the way of `JSON.parse` and is no text: a comma before a bracket, numbers that JSON does not have, and the values of MongoDB's shell.
 * Matches `,` of `[1, ]`, `NaN`, `-Infinity`, `NumberLong("4")`, `new Date(1772366400000)`; a text in quotes matches whole, so nothing within it does.
 */
const loose =
  /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|,(?=\s*[}\]])|-?\b(?:NaN|Infinity|undefined)\b|\b(?:new\s+)?(NumberLong|NumberInt|NumberDecimal|ObjectId|ISODate|Date)\s*\(\s*("[^"\\]*"|-?[\d.]*)\s*\)/g

/** The value of a text that is nearly JSON, and what had to be repaired; undefined when it is not even that. */
export function parseLoose(text: string): { readonly value: unknown; readonly repairs: readonly RepairCode[] } | undefined {
  const repairs = new Set<RepairCode>()
  const strict = text.replace(loose, (found, shell: string | undefined, inner: string | undefined) => {
    if (found.startsWith('"')) return found
    if (shell !== undefined) return shellValue(shell, inner ?? '')
    repairs.add(found === ',' ? 'body:comma' : 'body:empty_value')
    return found === ',' ? '' : 'null'
  })
  const value = strict === text ? undefined : parseJson(strict)
  return value === undefined ? undefined : { value, repairs: [...repairs] }
}

/** A number, or a text in quotes, as JSON. */
function shellValue(shell: string, inner: string): string {
  const bare = inner.replaceAll('"', '')
  if (bare === '') return 'null'
  const isNumber = shell.startsWith('Number') || !inner.startsWith('"')
  return isNumber ? (Number.isFinite(Number(bare)) ? String(Number(bare)) : 'null') : inner
}
