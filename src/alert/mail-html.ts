import { sayMoment } from './figure.ts'
import { type MessageLink, shownText } from './message-part.ts'

/** HTML that is made of our own signs and of escaped text. */
export type SafeHtml = { readonly safeHtml: string }

type Part = string | number | SafeHtml | readonly SafeHtml[]

/** HTML from a template: whatever is put into it is escaped, unless it is such HTML itself. Values stand in elements and between double quotes. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): SafeHtml {
  return { safeHtml: texts.map((text, index) => (index === 0 ? text : spell(parts[index - 1] ?? '') + text)).join('') }
}

function spell(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  return 'safeHtml' in part ? part.safeHtml : part.map(({ safeHtml }) => safeHtml).join('\n')
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign)
}

/** Colours of the pages in light and dark, by what they are for. */
const tones = {
  page: ['#f6f7f9', '#10151c'],
  card: ['#ffffff', '#171e27'],
  text: ['#1c2430', '#e3e8ef'],
  muted: ['#566070', '#9aa6b2'],
  line: ['#d9dee5', '#2a333f'],
  link: ['#1f5fbf', '#79b0ff'],
  success: ['#1a7f45', '#4cc38a'],
  failed: ['#c2293a', '#ff7b84'],
  aborted: ['#7a4fc2', '#b79cff'],
  warning: ['#8f5f00', '#e3b341'],
  other: ['#5b6572', '#9aa6b2'],
} as const

export type Tone = keyof typeof tones

/** Text in a colour, as attributes. Light colours stand in the element, for clients that drop the head; dark ones come by the class. */
export function ink(tone: Tone, style = ''): SafeHtml {
  return { safeHtml: `class="ink-${tone}" style="color:${tones[tone][0]};${style}"` }
}

/** A ground in a colour, as attributes. */
export function ground(tone: Tone, style = ''): SafeHtml {
  return { safeHtml: `class="ground-${tone}" bgcolor="${tones[tone][0]}" style="background-color:${tones[tone][0]};${style}"` }
}

const darkRules = Object.entries(tones)
  .map(([tone, [, dark]]) => `.ink-${tone}{color:${dark}!important}.ground-${tone}{background-color:${dark}!important}`)
  .join('')

const font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;font-size:15px;line-height:1.45"

/** A whole mail: one column of at most 600 px, made of tables, since clients of mail know little else. Nothing in it is fetched from anywhere. */
export function mailPage(title: string, content: readonly SafeHtml[]): string {
  const { safeHtml } = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${title}</title>
<style>${{ safeHtml: `a{text-decoration:underline}@media (prefers-color-scheme:dark){${darkRules}}` }}</style></head>
<body ${ground('page', 'margin:0;padding:0')}>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" ${ground('page')}><tr><td align="center" style="padding:16px 8px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" ${ground('card', `max-width:600px;text-align:left;border-radius:8px;${font}`)}><tr><td ${ink('text', `padding:20px 16px;${font};overflow-wrap:anywhere;word-break:break-word`)}>
${content}
</td></tr></table>
</td></tr></table>
</body></html>
`
  return safeHtml
}

/** The first line of a mail. */
export function heading(text: string, tone: Tone = 'text'): SafeHtml {
  return html`<h1 ${ink(tone, 'margin:0 0 8px;font-size:20px;line-height:1.3')}>${text}</h1>`
}

/** The name of a part. */
export function subheading(text: string): SafeHtml {
  return html`<h2 ${ink('text', 'margin:24px 0 6px;font-size:16px;line-height:1.3')}>${text}</h2>`
}

/** A link to http or https; any other address leaves its text alone. */
export function linkTo(address: string, text: string): SafeHtml {
  return /^https?:\/\/[^/]/.test(address) ? html`<a href="${address}" ${ink('link')}>${text}</a>` : html`${text}`
}

/** A link that is to be pressed first. */
export function buttonTo(address: string, text: string): SafeHtml {
  if (!/^https?:\/\/[^/]/.test(address)) return html`<p>${text}</p>`
  return html`<table role="presentation" cellpadding="0" cellspacing="0" style="margin:16px 0"><tr><td ${ground('link', 'border-radius:6px')}><a href="${address}" ${ink('card', 'display:inline-block;padding:10px 18px;font-weight:bold;text-decoration:none')}>${text}</a></td></tr></table>`
}

/** The further links of a message, and when it was written. */
export function footOf(links: readonly MessageLink[], origin: string, at: number): SafeHtml {
  const shown = links.map(({ text, path }) => html`${linkTo(`${origin}${path}`, shownText(text))} · `)
  return html`<p ${ink('muted', 'margin:16px 0 0;font-size:13px')}>${shown}sent ${sayMoment(at)}</p>`
}
