import { expect, test } from 'bun:test'
import { readTheme, themeCookie, type themes } from '../../../src/page/frame/theme.ts'

test.each<[text: string | undefined, theme: (typeof themes)[number]]>([
  ['dark', 'dark'],
  ['light', 'light'],
  ['auto', 'auto'],
  ['Dark', 'auto'],
  ['"><script>', 'auto'],
  [undefined, 'auto'],
])('%j is the theme %s', (text, theme) => {
  expect(readTheme(text)).toBe(theme)
})

test('the cookie has a name that needs no escaping', () => {
  expect(themeCookie).toMatch(/^[a-z]+$/)
})
