import { createHash } from 'node:crypto'
import type { AlertMessage } from './message.ts'

export type MailText = { readonly subject: string; readonly text: string; readonly html: string }

/** A message as a mail, in plain text and in HTML. Its link is PUBLIC_URL, never what a request said. */
export function writeMail(message: AlertMessage, origin: string): MailText {
  const link = `${origin}/alerts`
  const title = plain(message.title)
  const lines = message.lines.map(plain)
  const time = new Date(message.at).toISOString()
  return {
    subject: `[telemetry] ${title}`,
    text: [title, '', ...lines, '', `Time: ${time}`, link, ''].join('\n'),
    html: [
      '<!doctype html><html lang="en"><body style="font-family:sans-serif;max-width:600px">',
      `<h1 style="font-size:18px">${escapeHtml(title)}</h1>`,
      ...lines.map((line) => `<p style="margin:4px 0">${escapeHtml(line)}</p>`),
      `<p style="color:#566070">${time} · <a href="${escapeHtml(link)}">${escapeHtml(link)}</a></p></body></html>`,
    ].join('\n'),
  }
}

/** Mails of one rule and subject stand in one thread: each answers a mail that only gives the thread its name. */
export function threadId({ rule, subject }: Pick<AlertMessage, 'rule' | 'subject'>, domain: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([rule, subject]))
    .digest('hex')
    .slice(0, 32)
  return `<thread.${hash}@${domain}>`
}

const lineCharactersMax = 400

/** One line without anything that a header or a terminal would obey. */
function plain(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').slice(0, lineCharactersMax)
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign)
}
