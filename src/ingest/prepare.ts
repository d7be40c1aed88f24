import { cloak } from '../cloak/engine.ts'
import type { Profile } from '../cloak/profile.ts'
import { cutBytes, cutCharacters } from '../event/cut.ts'
import type { Cloaked, TelemetryEvent } from '../event/entry.ts'
import { replaceIds } from '../event/identity.ts'
import { errorCharactersMax, type InstallEvent, installFields, traceCharactersMax } from '../event/install.ts'
import { normalizeInstall } from '../event/normalize.ts'
import type { Wire } from '../event/wire.ts'
import type { IngestPolicy } from './door.ts'

/**
 * Makes of a checked event what may be written: normalized, every text cloaked, ids in their stored form. The only place that gives the mark `Cloaked`.
 * Texts are cloaked before they are cut, so that no half of a secret slips through unrecognized.
 */
export function prepareInstall(wire: Wire, policy: Pick<IngestPolicy, 'repoOwners' | 'idSecret'>): Cloaked<TelemetryEvent> {
  const { install, repairs } = normalizeInstall(wire, policy)
  const rules = new Set<string>()
  const texts = cloakTexts(install, rules)
  const event: TelemetryEvent = {
    kind: 'install',
    install: replaceIds({ ...install, ...texts }, policy.idSecret),
    repairs,
    rules: rules.size === 0 ? noRules : [...rules].sort(),
  }
  return event as Cloaked<TelemetryEvent>
}

const noRules: readonly string[] = []
const shortTexts = installFields.flatMap((field) =>
  field.kind === 'text' && field.profile !== 'id' && field.name !== 'error'
    ? [{ name: field.name, bytesMax: field.bytesMax, profile: field.profile }]
    : [],
)

/** The event's texts that cloaking or its limit changed. */
function cloakTexts(install: InstallEvent, rules: Set<string>): Partial<InstallEvent> {
  const texts: Record<string, string> = {}
  for (const { name, bytesMax, profile } of shortTexts) {
    const before = install[name]
    if (typeof before !== 'string') continue
    // A sign of no width that the cloak took out may have stood before a blank: names that differ in nothing but that are one.
    const after = cutBytes(cloakInto(rules, before, profile).trim(), bytesMax, 'head').trimEnd()
    if (after !== before) texts[name] = after
  }
  if (install.error !== undefined) texts['error'] = cutCharacters(cloakInto(rules, install.error, 'full'), errorCharactersMax, 'head')
  // The end of a log says what failed.
  if (install.trace !== undefined) texts['trace'] = cutCharacters(cloakInto(rules, install.trace, 'full'), traceCharactersMax, 'tail')
  return texts
}

function cloakInto(rules: Set<string>, text: string, profile: Profile): string {
  const result = cloak(text, profile)
  for (const rule of result.rules) rules.add(rule)
  return result.text
}
