import { describe, expect, test } from 'bun:test'
import { cloak } from '../../src/cloak/engine.ts'
import { readCorpus, type Secret } from './corpus.ts'

const corpus = await readCorpus()

/** Known by their own form, so a text cut before them changes nothing; the others are known by the words in front of them. */
const selfEvident = new Set(['ipv4', 'ipv6', 'mac', 'email', 'token', 'x'])

test('the corpus holds at least 60 texts, each with its own name and a secret', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(60)
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length)
  for (const { secrets } of corpus) expect(secrets.length).toBeGreaterThan(0)
})

describe.each(corpus.map((specimen) => [specimen.name, specimen] as const))('%s', (_, { text, cloaked, secrets }) => {
  test('P3 hides every marked span and leaves the rest byte for byte', () => {
    expect(cloak(text, 'full').text).toBe(cloaked)
  })

  test('is settled after one call', () => {
    expect(cloak(cloaked, 'full')).toEqual({ text: cloaked, rules: [] })
  })

  test('keeps each secret hidden wherever the end is cut off', () => {
    for (let cut = 1; cut <= text.length; cut += 1) {
      const shown = cloak(text.slice(0, cut), 'full').text
      const whole = secrets.filter((secret) => secret.end <= cut && !isUnfinished(secret, text, cut))
      for (const { value } of whole) if (!isInUnfinished(value, secrets, text, cut)) expectHidden(shown, value, text, cut)
    }
  })

  test('keeps what is known by its own form hidden wherever the beginning is cut off', () => {
    for (let cut = 0; cut < text.length; cut += 1) {
      const shown = cloak(text.slice(cut), 'full').text
      const own = secrets.filter(({ kind, knownBy, start }) => selfEvident.has(kind) && knownBy !== '<' && start >= cut)
      for (const { value } of own) expectHidden(shown, value, text, cut)
    }
  })

  test('keeps each secret hidden when whole lines before it are cut off', () => {
    for (const { index } of text.matchAll(/\n/g)) {
      const shown = cloak(text.slice(index + 1), 'full').text
      for (const secret of secrets) {
        const isOnOneLine = !secret.value.includes('\n')
        if (isOnOneLine && secret.start > index) expectHidden(shown, secret.value, text, index)
      }
    }
  })
})

/** A name before an @ is one only once the @ is there; other words that give a secret away from behind may be as far off as this. */
const behindReach = 24

function isUnfinished({ end, knownBy }: Secret, text: string, cut: number): boolean {
  return (end === cut && text[cut] === '@') || (knownBy === '>' && cut < end + behindReach)
}

/** Whether the value also stands in a secret that this cut leaves in part, where it counts as a part. */
function isInUnfinished(value: string, secrets: readonly Secret[], text: string, cut: number): boolean {
  return secrets.some(
    (secret) => secret.start < cut && secret.value.includes(value) && (cut < secret.end || isUnfinished(secret, text, cut)),
  )
}

/** Short values (an octet, `jo`) may well occur elsewhere in a harmless word; those are proved by the exact comparison above. */
function expectHidden(shown: string, value: string, text: string, cut: number): void {
  if (value.length < 4) return
  if (shown.includes(value))
    throw new Error(`shows ${JSON.stringify(value)} when cut at ${cut}: ${JSON.stringify(text.slice(Math.max(0, cut - 40), cut + 20))}`)
}
