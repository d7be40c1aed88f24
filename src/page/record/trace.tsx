import { Html } from '@elysiajs/html'
import { type HiddenKind, hiddenKinds } from '../../cloak/hidden-kind.ts'
import { formatCount } from '../format.ts'

/** The log of a run as it was stored, with its lines as they were and a mark wherever something was hidden. `rules` are those that fired in the run. */
export function Trace(props: { readonly text: string; readonly rules: readonly string[] }): string {
  const { text, rules } = props
  const safeText = markHidden(text, rules)
  const summary = summarize(text)
  const element = (
    <div class="trace">
      <pre>
        <code>{safeText}</code>
      </pre>
      {summary === '' ? (
        ''
      ) : (
        <p class="muted" safe>
          {summary}
        </p>
      )}
    </div>
  )
  return String(element)
}

/** A label, what is left of an address (`192.x.x.x`), or a sign that would turn the text around it. */
const marked = new RegExp(
  `<(${Object.keys(hiddenKinds).join('|')})>|\\b\\d{1,3}\\.(x\\.x\\.x)\\b|([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])`,
  'g',
)

/** The text as HTML: everything from outside is escaped, and what stands for something hidden is marked. */
function markHidden(text: string, rules: readonly string[]): string {
  let safeText = ''
  let end = 0
  for (const { 0: found, 1: label, 2: residue, 3: sign, index } of text.matchAll(marked)) {
    const start = residue === undefined ? index : index + found.length - residue.length
    safeText += Html.escapeHtml(text.slice(end, start))
    end = index + found.length
    if (label !== undefined) safeText += mark(`▒${label}▒`, explain(hiddenKinds[label], rules))
    else if (residue !== undefined) safeText += mark(residue, 'hidden: the rest of an IPv4 address')
    else if (sign !== undefined) safeText += mark(nameSign(sign), 'a sign that turns the text around it')
  }
  return safeText + Html.escapeHtml(text.slice(end))
}

function mark(text: string, title: string): string {
  return String(
    <mark title={title} safe>
      {text}
    </mark>,
  )
}

/** Names the rules that can have written the label in this run, where any of them did. */
function explain(kind: HiddenKind | undefined, rules: readonly string[]): string {
  const fired = kind?.rules.filter((rule) => rules.includes(rule)) ?? []
  return `hidden: ${kind?.what ?? 'a text'}${fired.length === 0 ? '' : ` (rule ${fired.join(', ')})`}`
}

function nameSign(sign: string): string {
  return `U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** What a pointer over a mark tells, once for all marks: for print, for touch and for readers without sight. */
function summarize(text: string): string {
  const counts = new Map<string, number>()
  for (const { 1: label } of text.matchAll(marked)) if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1)
  const parts = [...counts].map(([label, count]) => `${label} (${hiddenKinds[label]?.what}) ${formatCount(count)} ×`)
  return parts.length === 0 ? '' : `Hidden before it was stored: ${parts.join(', ')}.`
}
