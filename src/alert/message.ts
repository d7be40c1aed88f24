import { createHash } from 'node:crypto'
import { formatSeconds } from '../base/format.ts'
import { defaultTenant } from '../base/tenant.ts'
import { visibleText } from '../base/visible-text.ts'
import { sayMoment } from './figure.ts'
import { type Breach, kindWords } from './kind-words.ts'
import { type Fact, type MessageLink, shownText } from './message-part.ts'
import type { ReportFigures } from './report-figures.ts'
import type { Rule } from './rule.ts'
import type { Phase, Reading } from './state.ts'

/**
 * What a human is told. It holds counts, names of scripts and the cloaked name of an error; never a trace, an id of a run or an address.
 * No text in it but `subject` has a sign that breaks, turns or hides what stands around it.
 */
export type AlertMessage = {
  readonly id: string
  readonly tenant: string
  readonly rule: string
  readonly kind: string
  readonly subject: string
  readonly phase: Phase | 'report' | 'test'
  readonly at: number
  readonly title: string
  /** What happened, in a sentence or two; of a new error its cloaked name. */
  readonly summary: string
  readonly facts: readonly Fact[]
  /** Where it is seen, the best place first. */
  readonly links: readonly MessageLink[]
  /** What to do about it. */
  readonly advice?: string
  readonly value?: number
  readonly report?: ReportFigures
}

export type Telling = {
  readonly rule: Rule
  readonly subject: string
  readonly phase: Phase
  /** When the phase began: the period that the message is about. */
  readonly since: number
  /** When the alarm that is over was told. */
  readonly alarmedAt?: number | undefined
  readonly reading: Reading
  /** Since when there is no data, where what is told of waited so long. */
  readonly silentSince?: number
  readonly at: number
}

/** The same for the same rule, subject, phase and period: whoever gets it twice can tell. */
export function messageId(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}

const phaseWords: Readonly<Record<Phase, string>> = { firing: 'Alert', no_data: 'No data', ok: 'Recovered' }
const minuteMs = 60_000

/** The message about a phase that began: what happened, since when and by how much, where it is seen and what to do. */
export function composeMessage(telling: Telling): AlertMessage {
  const { rule, subject, phase, since, reading, at } = telling
  const { advice, links } = kindWords[rule.kind]
  const begun = { ...telling, since: Math.min(since, at) } // A period that begins ahead was numbered before the clock was set back.
  const said = phase === 'ok' ? sayEnd(begun) : sayAlarm(begun, phase)
  return {
    id: messageId(rule.id, subject, phase, since),
    ...{ tenant: rule.tenant, rule: rule.id, kind: rule.kind, subject, phase, at },
    title: shownText(said.title),
    summary: shownText(said.summary),
    facts: [...said.facts, ...silenceFact(telling), ...tenantFact(rule)].map(({ name, text }) => ({ name, text: shownText(text) })),
    links: [...links(telling), { text: `Rule ${rule.id}`, path: `/alerts/${rule.id}` }],
    ...(phase !== 'ok' && { advice }),
    ...(reading.value !== undefined && { value: reading.value }),
  }
}

/** The first line of a message wherever it is told in one: of a new error with its name. */
export function headlineOf({ kind, title, summary }: Pick<AlertMessage, 'kind' | 'title' | 'summary'>): string {
  return kind === 'new_error' ? `${title}: ${summary}` : title
}

/** What a rule and its subject are about, in words. */
export function ruleTitle(rule: Rule, subject = ''): string {
  return visibleText(scoped(kindWords[rule.kind].bad, { rule, subject }))
}

type Said = Pick<AlertMessage, 'title' | 'summary' | 'facts'>

function sayAlarm(telling: Telling, phase: Phase): Said {
  const { rule, since, reading } = telling
  const { bad, figure, say, limit, facts } = kindWords[rule.kind]
  const value = figure(telling)
  return {
    title: `${phaseWords[phase]}: ${scoped(bad, telling)}${value === '' ? '' : `, ${value}`}`,
    summary: rule.kind === 'new_error' ? say(telling) : sentences(say(telling), limit(rule)),
    facts: [{ name: 'Since', text: sayMoment(reading.since ?? since - rule.holdMin * minuteMs) }, ...facts(telling)],
  }
}

function sayEnd(telling: Telling): Said {
  const { rule, since, alarmedAt } = telling
  const { well, figure, limit } = kindWords[rule.kind]
  const value = figure(telling)
  return {
    title: `${phaseWords.ok}: ${scoped(well, telling)}`,
    summary: value === '' ? 'Nothing of it is seen any more.' : sentences(`Now ${value}.`, limit(rule)),
    facts: [
      { name: 'Well since', text: sayMoment(since) },
      ...(alarmedAt === undefined
        ? []
        : [{ name: 'Alarm of', text: `${sayMoment(alarmedAt)}, ${formatSeconds(Math.max(0, since - alarmedAt) / 1_000)} before` }]),
    ],
  }
}

function silenceFact({ silentSince }: Telling): readonly Fact[] {
  return silentSince === undefined ? [] : [{ name: 'No data since', text: sayMoment(silentSince) }]
}

/** One recipient gets the messages of all tenants. */
function tenantFact({ tenant }: Rule): readonly Fact[] {
  return tenant === defaultTenant ? [] : [{ name: 'Tenant', text: tenant }]
}

function sentences(...said: readonly string[]): string {
  return said.filter((text) => text !== '').join(' ')
}

/** A fingerprint tells nobody anything: of a new error the name stands behind the title. */
function scoped(words: string, { rule, subject }: Pick<Breach, 'rule' | 'subject'>): string {
  const about = subject === '' || rule.kind === 'new_error' ? undefined : subject
  const names = [rule.source, rule.script ?? about].filter((name) => name !== undefined)
  return names.length === 0 ? words : `${words} (${names.join(', ')})`
}
