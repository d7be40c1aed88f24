import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { Home } from '../../src/page/home.tsx'
import { curlLine } from '../../src/page/part/send-card.tsx'
import { openView } from './gallery.tsx'

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; DROP TABLE run; --",
  '</td></table><h1>x</h1>',
  '&lt;b&gt;',
  'javascript:alert(1)',
  '\u202etxet desrever',
  '{{7*7}}',
  'a\nb\u0000c',
]

/** The tags of a page, as a browser would count them. */
const tagsOf = (html: string) => (html.match(/<[a-z!/][^>]*>/gi) ?? []).map((tag) => tag.replace(/\s.*$/s, '>').toLowerCase())

function pageWith(text: string): string {
  return Home({
    view: {
      origin: text,
      eventsSinceStart: text,
      startedAt: text,
      madeAt: text,
      needsKey: true,
      isLive: true,
      theme: 'auto',
      notice: text,
    },
  })
}

describe('text from outside stays text', () => {
  test.each(hostile)('%j in each place', (text) => {
    const html = pageWith(text)
    expect(tagsOf(html)).toEqual(tagsOf(pageWith('plain')))
    if (/[<"&]/.test(text)) expect(html).not.toContain(text)
  })

  test('whatever it is', () => {
    const tags = tagsOf(pageWith('plain'))
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(tagsOf(pageWith(text))).toEqual(tags)
      }),
    )
  })
})

describe('a page', () => {
  test.each([
    ['0', 'events'],
    ['1', 'event'],
    ['1,234', 'events'],
  ])('says %s %s', (eventsSinceStart, noun) => {
    const text = Home({ view: { ...openView(), eventsSinceStart } }).replace(/<[^>]*>/g, ' ')
    expect(text.replace(/\s+/g, ' ')).toContain(`${eventsSinceStart} ${noun} since the start`)
  })

  test('loads itself again unless it is paused', () => {
    expect(Home({ view: openView() })).toContain('<meta http-equiv="refresh" content="5"/>')
    expect(Home({ view: { ...openView(), isLive: false } })).not.toContain('http-equiv')
  })
})

test('the curl line is one command that sends a new id each time', () => {
  const line = curlLine('https://telemetry.example.org', false)
  expect(line).toContain('curl -m 5 -sS https://telemetry.example.org/telemetry')
  const echoed = ['1', '2'].map(() => Bun.spawnSync(['sh', '-c', line.replace(/^curl .* -d /, "printf '%s' ")]).stdout.toString())
  const [first, second] = echoed.map((body) => JSON.parse(body) as Record<string, string>)
  expect(first).toEqual({ random_id: expect.stringMatching(/^[0-9a-fA-F-]{36}$/), type: 'lxc', nsapp: 'hello', status: 'success' })
  expect(second?.['random_id']).not.toBe(first?.['random_id'])
})
