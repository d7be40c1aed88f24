import { describe, expect, test } from 'bun:test'
import { bareText, placeInText } from '../../src/cloak/bare-text.ts'
import { cloak } from '../../src/cloak/engine.ts'
import { canaries, findCanaries, spokenCanaries, veils } from '../privacy/canary.ts'

describe.each(veils)('P3 behind %s', (_, wrap) => {
  test.each([...canaries, ...spokenCanaries].map(({ name, text }) => [name, text] as const))(
    'a value is hidden, and once: %s',
    (_, text) => {
      for (const profile of ['full', 'field'] as const) {
        const isSpoken = spokenCanaries.some((one) => one.text === text)
        const once = cloak(wrap(text), profile)
        if (profile === 'full' || !isSpoken) expect(findCanaries(once.text)).toEqual([])
        expect(cloak(once.text, profile)).toEqual({ text: once.text, rules: [] })
      }
    },
  )
})

describe('of codes nothing stays', () => {
  test.each([
    ['\x1b[1;31mred\x1b[0m', 'red'],
    ['[\x1b[32mOK\x1b[0m] done', '[OK] done'],
    ['\x1b]0;root@pve1: ~\x07x', 'x'],
    ['\x1b(B\x1b[mx', 'x'],
    ['a\x1b[2K\x1b[1Gb', 'ab'],
    ['\x9b31mx\x9b0m', 'x'],
    ['\\u001b[0;31mx\\u001b[0m', 'x'],
    ['\\033[01;31m\\033[Kx\\033[m\\033[K', 'x'],
    ['\\e[1mx\\e[22m, \\x1b[3mx', 'x, x'],
    ['^[[32mx^[[0m', 'x'],
    ['#033[32mx#033[0m', 'x'],
    ['[01;31m[Kx[m[K', 'x'],
    ['[32m✔[0m [38;5;208mx[0m', '✔ x'],
    ['[?25lx[?25h', 'x'],
    ['[1A[2Kx', 'x'],
    ['cut \x1b[3', 'cut '],
  ])('%j', (text, bare) => {
    expect(cloak(text, 'full').text).toBe(bare)
  })
})

describe('what only looks like a code stays', () => {
  test.each(
    [
      ...[
        '[main] WARN',
        'a[m]',
        '[5m]',
        '[5ms]',
        '[31min ago]',
        '[12m 3s]',
        '[Kernel] up',
        '[K8s] pod',
        '[2KB]',
        '[3D] model',
        '[ERROR] x',
      ],
      ...[
        "grep '^[[:space:]]*#' x",
        "sed 's/^[0-9]*m//'",
        'pci 0000:01:00.0: [10de:2504]',
        '[    0.000000] Linux',
        'C:\\new\\tools',
        '\\033 is ESC',
      ],
      ...['#033', '100%20', 'curl_7.88.1-10%2bdeb12u8_amd64.deb', 'family 👨‍👩‍👧', '説明（日本語）'.replace('（', '(').replace('）', ')')],
    ].map((text) => [text]),
  )('%s', (text) => {
    expect(cloak(text, 'full')).toEqual({ text, rules: [] })
  })
})

test('making a text bare twice changes nothing more, even where what is left would meet', () => {
  for (const text of ['[3[31m1m', '\\x1[0mb[31m', '[[0mK[0m', '\u200b[3\u200b1m', '^\x1b[0m[[31m', '[K\x1b[0m[K', '\x9b3[0m1m']) {
    const { text: once } = bareText(text)
    expect(bareText(once).text).toBe(once)
  }
})

describe('each sign of a bare text is told where it stood', () => {
  test.each([
    ['codes', 'a\x1b[1mb\x1b[0m c\x1b[K'],
    ['codes at both ends', '\x1b[1m\u200b😀b\u200b\x1b[0m'],
    ['signs of no width within codes', 'x\x1b[\u200b1my\u200bz'],
    ['a blank in place of a code', '[3[31m1m x'],
    ['full-width signs', '＠\x1b[1m１\u200ba'],
    ['nothing to cut', 'plain 😀 text'],
  ])('%s', (_, text) => {
    const bare = bareText(text)
    for (let at = 0; at < bare.text.length; at += 1) {
      const { start, end } = placeInText(bare, { start: at, end: at + 1 })
      expect(end).toBe(start + 1)
      if (bare.text[at] !== ' ') expect(text.slice(start, end).normalize('NFKC')).toBe(bare.text[at] ?? '')
    }
    expect(placeInText(bare, { start: 0, end: bare.text.length }).end).toBeLessThanOrEqual(text.length)
  })
})
