import type { RepairRule } from './repair-rule.ts'

/**
 * Reads the inside of a JSON text leniently. Line breaks, tabs and what terminal codes are made of may stand raw, other control characters become spaces,
 * `\xNN` is the character NN, and a backslash before anything else stays one. A backslash that is itself escaped starts nothing.
 */
export function unescapeText(raw: string): { readonly text: string; readonly rules: readonly RepairRule[] } {
  if (!special.test(raw)) return { text: raw, rules: [] }
  const rules = new Set<RepairRule>()
  const text = raw.replace(specials, (found: string, code: string | undefined) => {
    if (code === undefined) {
      rules.add(found === '\\' ? 'invalid_escape' : 'control_character')
      return rawSigns.has(found) ? found : ' '
    }
    const simple = simpleEscapes.get(code)
    if (simple !== undefined) return simple
    if (code.startsWith('x')) rules.add('hex_escape')
    return String.fromCharCode(Number.parseInt(code.slice(1), 16))
  })
  return { text, rules: [...rules] }
}

const special = /[\\\x00-\x1f]/

/** A control character or a backslash with its escape: matches `\n`, `\u00e4`, `\x1b`; of `\_` only the backslash, of `\\x41` only `\\`. */
const specials = /\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|["\\/bfnrt])?|[\x00-\x1f]/g

/** ESC and BEL stay, since terminal codes are cut out later and only whole: half of one (`[31m`) would hang on to the value beside it. */
const rawSigns: ReadonlySet<string> = new Set(['\\', '\n', '\r', '\t', '\x1b', '\x07'])

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])
