import { cloak } from '../cloak/engine.ts'
import type { Profile } from '../cloak/profile.ts'
import { sortedSet } from '../event/byte-order.ts'
import { cutBytes, cutCharacters } from '../event/cut.ts'
import type { Cloaked, RunEvent, TelemetryEvent } from '../event/entry.ts'
import { isHashedId, replaceIds, storedId } from '../event/identity.ts'
import { errorCharactersMax, type InstallEvent, installFields, traceCharactersMax } from '../event/install.ts'
import { setSizeMax } from '../event/merge.ts'
import { normalizeInstall } from '../event/normalize.ts'
import type { DescriptiveName, RunState } from '../event/run.ts'
import type { Wire } from '../event/wire.ts'
import type { IngestPolicy } from './door.ts'

/**
 * Makes of a checked event what may be written: normalized, every text cloaked, ids in their stored form. Here alone the mark `Cloaked` is given.
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
    ? [{ name: field.name, bytesMax: field.bytesMax, profile: field.profile, harmless: new Set<string>() }]
    : [],
)

/** Texts remembered of each field, and their length at most: a cloak leaves most short ones as they are, and most events say what others said. */
const harmlessMax = 1_000
const harmlessCharactersMax = 64

/** The event's texts that cloaking or its limit changed. */
function cloakTexts(install: InstallEvent, rules: Set<string>): Partial<InstallEvent> {
  const texts: Record<string, string> = {}
  for (const short of shortTexts) {
    const before = install[short.name]
    if (typeof before !== 'string') continue
    const after = cloakShort(before, rules, short)
    if (after !== before) texts[short.name] = after
  }
  if (install.error !== undefined || install.trace !== undefined) Object.assign(texts, cloakFailure(install, rules))
  return texts
}

function cloakShort(text: string, rules: Set<string>, { bytesMax, profile, harmless }: (typeof shortTexts)[number]): string {
  if (harmless.has(text)) return text
  const cloaked = cloak(text, profile)
  for (const rule of cloaked.rules) rules.add(rule)
  // A sign of no width that the cloak took out may have stood before a blank: names that differ in nothing but that are one.
  const stored = cutBytes(cloaked.text.trim(), bytesMax, 'head').trimEnd()
  if (stored === text && cloaked.rules.length === 0) rememberHarmless(harmless, text)
  return stored
}

/** What may be stored as it is may also be remembered. */
function rememberHarmless(harmless: Set<string>, text: string): void {
  if (text.length > harmlessCharactersMax) return
  if (harmless.size >= harmlessMax) harmless.clear()
  harmless.add(text)
}

function cloakFailure({ error, trace }: Failure, rules: Set<string>): Failure {
  return {
    ...(error !== undefined && { error: cutCharacters(cloakInto(rules, error, 'full'), errorCharactersMax, 'head') }),
    // The end of a log says what failed.
    ...(trace !== undefined && { trace: cutCharacters(cloakInto(rules, trace, 'full'), traceCharactersMax, 'tail') }),
  }
}

type Failure = Pick<InstallEvent, 'error' | 'trace'>

/**
 * The same of a run that is known whole: every text of it is cloaked again, since the file it stood in may be another hand's. What was hidden before stays as
 * it is. The stamp of the log is kept: it decides which report of a run wins, whatever a newer cloak hides.
 */
export function prepareState(state: RunState, idSecret: Uint8Array): Cloaked<RunEvent> {
  const rules = new Set<string>(state.rules)
  const fields: Record<string, unknown> = { ...state.fields }
  for (const short of shortTexts) {
    const ranked = state.fields[short.name as DescriptiveName]
    if (typeof ranked?.value !== 'string') continue
    const value = cloakShort(ranked.value, rules, short)
    if (value !== ranked.value) fields[short.name] = { ...ranked, value }
  }
  for (const name of ['randomId', 'executionId'] as const) {
    const ranked = state.fields[name]
    if (ranked !== undefined && !isHashedId(ranked.value)) fields[name] = { ...ranked, value: storedId(ranked.value, idSecret) }
  }
  const event: RunEvent = {
    kind: 'run',
    state: {
      ...state,
      fields: fields as RunState['fields'],
      ...(state.outcome && { outcome: { ...state.outcome, ...cloakFailure(state.outcome, rules) } }),
      rules: sortedSet([...rules], setSizeMax),
    },
  }
  return event as Cloaked<RunEvent>
}

function cloakInto(rules: Set<string>, text: string, profile: Profile): string {
  const result = cloak(text, profile)
  for (const rule of result.rules) rules.add(rule)
  return result.text
}
