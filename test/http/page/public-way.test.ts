import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type Seeded, startSeeded } from './seeded.ts'

let seeded: Seeded
beforeAll(async () => {
  seeded = await startSeeded({ PUBLIC_DASHBOARD: 'true' })
})
afterAll(() => seeded.service[Symbol.asyncDispose]())

const starts = [
  '/',
  '/dashboard?os=debian',
  '/dashboard?script=docker&period=7d&compare=none',
  '/script-analysis?type=lxc',
  '/scripts/docker',
]
const pagesMax = 600
/** What is typed into a field that is empty. */
const typed: Readonly<Record<string, string>> = { exit_code: '100', from: '2026-01-01', to: '2026-01-01' }
const plain = (text: string) =>
  text.replaceAll('&amp;', '&').replaceAll('&#34;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>')

/** Where a page leads whoever only looks: its links, and its forms that change nothing, filled in as far as they can be. */
function waysOf(html: string): readonly string[] {
  const links = [...html.matchAll(/<a [^>]*href="(\/[^"]*)"/g)].map(([, href = '']) => plain(href))
  const forms = [...html.matchAll(/<form[^>]*method="get" action="([^"]*)".*?<\/form>/gs)]
  return [...links, ...forms.map(([form, action = '']) => `${plain(action)}?${fill(form)}`)]
}

function fill(form: string): string {
  const inputs = [...form.matchAll(/<input([^>]*)>/g)].map(([, attributes = '']) => {
    const [name = '', value = ''] = ['name', 'value'].map((key) => new RegExp(`\\b${key}="([^"]*)"`).exec(attributes)?.[1] ?? '')
    return [name, plain(value) || (typed[name] ?? 'docker')] as const
  })
  const choices = [...form.matchAll(/<select[^>]* name="([^"]*)".*?<\/select>/gs)].map(([select, name = '']) => {
    const values = [...select.matchAll(/<option value="([^"]+)"/g)].map(([, value = '']) => plain(value))
    return [name, values.at(-1) ?? ''] as const
  })
  return new URLSearchParams(Object.fromEntries([...inputs, ...choices].filter(([name]) => name !== ''))).toString()
}

test('no link and no form of a public page leads to a refusal', async () => {
  const waiting = [...starts]
  const seen = new Map<string, number>()
  for (let path = waiting.shift(); path !== undefined && seen.size < pagesMax; path = waiting.shift()) {
    if (seen.has(path)) continue
    const answer = await seeded.service.ask(path)
    seen.set(path, answer.status)
    waiting.push(...waysOf(await answer.text()))
  }
  expect([...seen].filter(([, status]) => status !== 200)).toEqual([])
  expect([...seen.keys()].filter((path) => path.startsWith('/errors/')).length).toBeGreaterThan(0)
  expect([...seen.keys()].some((path) => /[?&](?:os|type|category)=/.test(path))).toBe(true)
})
