import { describe, expect, test } from 'bun:test'
import { writeMail, writeText } from '../../src/alert/mail-text.ts'
import { makeRule } from '../../src/alert/rule.ts'
import { expectGolden } from '../part/golden.ts'
import { sampleMessage, sampleNames, sampleReport } from './sample-message.ts'

const origin = 'https://telemetry.example.org'

/** What a reader sees of HTML, without its style. */
function readHtml(html: string): string {
  return html
    .replace(/<style>.*?<\/style>|<title>.*?<\/title>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(
      /&(?:nbsp|amp|lt|gt|quot|#39);/g,
      (sign) => ({ '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#39;': "'" })[sign] ?? ' ',
    )
}

describe('every kind of rule', () => {
  test('says as plain text what happened, since when, by how much, where it is seen and what to do', () => {
    const mails = sampleNames.flatMap((name) => [sampleMessage(name), ...(name === 'new-error' ? [] : [sampleMessage(name, true)])])
    const texts = mails.map((message) => `Subject: ${writeMail(message, origin).subject}\n\n${writeText(message, origin)}`)
    expectGolden('mail/alerts.txt', texts.join(`${'='.repeat(72)}\n`))
  })

  test.each(sampleNames)('says the same in the HTML of %s', (name) => {
    const message = sampleMessage(name)
    const { html } = writeMail(message, origin)
    const words = readHtml(html)
    for (const text of [message.title, message.summary, ...message.facts.flatMap((fact) => [fact.name, fact.text]), message.advice ?? ''])
      expect(words).toContain(text)
    for (const { path } of message.links) expect(html).toContain(`href="${origin}${path.replaceAll('&', '&amp;')}"`)
    expect(html.indexOf(message.summary.slice(0, 5))).toBeLessThan(html.indexOf('<a '))
  })
})

describe('the weekly report', () => {
  test('has tiles, bars and lists, and its text the same numbers', async () => {
    const { subject, text, html } = writeMail(await sampleReport(), origin)
    expect(subject).toBe('[telemetry] Weekly report, week 9, 2026')
    expectGolden('mail/report.txt', text)
    expectGolden('mail/report.html', html)
    const words = readHtml(html).replace(/\s+/g, ' ')
    const numbers = text
      .split('\n')
      .filter((line) => !line.startsWith('Sent'))
      .flatMap((line) => line.replace(/https?:\S+/g, '').match(/\d[\d,.]*\d|\d/g) ?? [])
    const known = numbers.filter((number) => words.includes(number) || /^(?:2026|9|23|01)/.test(number))
    expect(numbers.filter((number) => !known.includes(number))).toEqual([])
  })

  test('fetches nothing, runs nothing and stays small', async () => {
    const { html } = writeMail(await sampleReport(), origin)
    expect(html).not.toMatch(/<(?:script|img|link|iframe|object)|url\(|@import|\bsrc=/i)
    expect(html.length).toBeLessThan(60_000) // Clients cut a mail at about 100 KB.
  })
})

describe('whatever a name says', () => {
  const evil = ['<img src=x onerror=alert(1)>', '"><script>x</script>', "' onmouseover='x", 'javascript:alert(1)', '&lt;b&gt;']

  test.each(evil)('%j is text in a report and in an alert', async (text) => {
    const tagsOf = (html: string) => (html.match(/<[a-z!/][^\s>]*/gi) ?? []).length
    const plain = writeMail(await sampleReport(() => 'plain'), origin).html
    expect(tagsOf(writeMail(await sampleReport(() => text), origin).html)).toBe(tagsOf(plain))
    const alert = (words: string) =>
      writeMail(
        sampleMessage('new-error', false, { reading: { status: 'breach', value: 3, text: words, scripts: [{ script: words }] } }),
        origin,
      ).html
    expect(tagsOf(alert(text))).toBe(tagsOf(alert('plain')))
  })

  test('signs that turn or hide text are named, in every text and in the subject, and links still lead to the script', async () => {
    const turned = 'imm\u202eich\u200b'
    const mails = [
      writeMail(sampleMessage('script-worse', false, { subject: turned }), origin),
      writeMail(
        sampleMessage('failure-rate', false, {
          reading: { status: 'breach', value: 50, runs: 10, scripts: [{ script: turned, runs: 5 }] },
        }),
        origin,
      ),
      writeMail(
        sampleMessage('new-error', false, { reading: { status: 'breach', value: 5, text: turned, scripts: [{ script: turned }] } }),
        origin,
      ),
      writeMail(await sampleReport(() => turned), origin),
    ]
    for (const { subject, text, html } of mails) {
      expect([subject, text, html].join()).not.toMatch(/[\u202e\u200b]/)
      expect(text).toContain('imm[U+202E]ich[U+200B]')
    }
    expect(mails[0]?.text).toContain(`${origin}/scripts/imm%E2%80%AEich%E2%80%8B`)
  })

  test('a subject stays within its bound, and no letter is cut in two', () => {
    const { subject } = writeMail(
      sampleMessage('new-error', false, { reading: { status: 'breach', value: 5, text: '😀'.repeat(300) } }),
      origin,
    )
    expect(subject.length).toBeLessThanOrEqual(160)
    expect(subject.isWellFormed()).toBe(true)
  })
})

test('too few runs are told with how many are expected, their end without', () => {
  const rule = makeRule({ kind: 'no_data', threshold: 200, windowMin: 60 }, 'no-data')
  if (!rule.ok) throw new Error(rule.fault)
  const alarm = sampleMessage('no-data', false, { rule: rule.value, reading: { status: 'no_data', value: 137, runs: 137 } })
  expect(alarm.title).toBe('No data: too few runs arrive, 137 in the last hour instead of at least 200')
  const end = sampleMessage('no-data', true, { rule: rule.value, reading: { status: 'ok', value: 212, runs: 212 } })
  expect(end.summary).toBe('Now 212 in the last hour. At least 200 runs are expected.')
})
