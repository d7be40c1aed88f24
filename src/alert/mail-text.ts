import { visibleText } from '../base/visible-text.ts'
import { cutCharacters } from '../event/cut.ts'
import { sayMoment } from './figure.ts'
import { idWithin, type Sender } from './installation.ts'
import { buttonTo, footOf, heading, html, ink, mailPage, type SafeHtml, type Tone } from './mail-html.ts'
import { type AlertMessage, headlineOf } from './message.ts'
import { type Fact, shownText } from './message-part.ts'
import { reportHtml } from './report-html.ts'
import { reportLines } from './report-text.ts'

export type MailText = { readonly subject: string; readonly text: string; readonly html: string }

const subjectCharactersMax = 160

/** A message as a mail, in plain text and in HTML. Its links begin with PUBLIC_URL, never with what a request said. */
export function writeMail(message: AlertMessage, origin: string): MailText {
  const { report } = message
  const subject = cutCharacters(`[telemetry] ${visibleText(headlineOf(message))}`, subjectCharactersMax, 'head')
  const content = report === undefined ? alertHtml(message, origin) : reportHtml(message, report, origin)
  return { subject, text: writeText(message, origin), html: mailPage(subject, content) }
}

/** A message as plain text: what happened, the facts, where it is seen, what to do. */
export function writeText(message: AlertMessage, origin: string): string {
  const { title, summary, facts, links, advice, report } = message
  const parts = [
    [title, '', summary],
    facts.map(({ name, text }) => `${name}: ${text}`),
    report === undefined ? [] : reportLines(report),
    links.map(({ text, path }) => `${text}: ${origin}${path}`),
    advice === undefined ? [] : [`What to do: ${advice}`],
    [`Sent ${sayMoment(message.at)}`],
  ]
  return `${parts.flatMap((lines) => (lines.length === 0 ? [] : [...lines.map(plain), ''])).join('\n')}`
}

const titleTones: Readonly<Record<AlertMessage['phase'], Tone>> = {
  ...{ firing: 'failed', no_data: 'failed', ok: 'success', report: 'text', test: 'text' },
}

function alertHtml(message: AlertMessage, origin: string): readonly SafeHtml[] {
  const { title, summary, facts, links, advice, phase } = message
  const [first, ...others] = links
  return [
    heading(shownText(title), titleTones[phase]),
    html`<p style="margin:0 0 12px;font-size:16px"><bdi>${shownText(summary)}</bdi></p>`,
    ...(facts.length === 0 ? [] : [factTable(facts)]),
    ...(first === undefined ? [] : [buttonTo(`${origin}${first.path}`, first.text)]),
    ...(advice === undefined ? [] : [html`<p style="margin:12px 0"><b>What to do.</b> ${shownText(advice)}</p>`]),
    footOf(others, origin, message.at),
  ]
}

function factTable(facts: readonly Fact[]): SafeHtml {
  const rows = facts.map(
    ({ name, text }) =>
      html`<tr><th scope="row" align="left" valign="top" ${ink('muted', 'padding:3px 16px 3px 0;font-weight:normal;white-space:nowrap')}>${name}</th><td valign="top" ${ink('text', 'padding:3px 0')}><bdi>${shownText(text)}</bdi></td></tr>`,
  )
  return html`<table cellpadding="0" cellspacing="0">${rows}</table>`
}

/** Mails of one rule and subject stand in one thread: each answers a mail that only gives the thread its name. */
export function threadId(
  { rule, subject }: Pick<AlertMessage, 'rule' | 'subject'>,
  { domain, installation }: Sender & { readonly domain: string },
): string {
  return `<thread.${idWithin(installation, rule, subject)}@${domain}>`
}

/** An empty line stays one: it parts what stands above from what stands below. */
function plain(line: string): string {
  return line === '' ? '' : shownText(line)
}
