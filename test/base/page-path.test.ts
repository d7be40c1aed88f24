import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { pathWith } from '../../src/base/page-path.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('script-12', '2026-03-01', '-runs', 'a b', '100 %', '~', "o'b", 'ä&=+#?', '\ud800'),
)

test('parameters of a path read back as they were given, encoded as forms do', () => {
  fc.assert(
    fc.property(text, text, (script, app) => {
      const given = Object.entries({ script, app }).filter(([, value]) => value !== '')
      const expected = new URLSearchParams(given).toString()
      expect(pathWith('/records', { script, os: undefined, app })).toBe(expected === '' ? '/records' : `/records?${expected}`)
      expect(pathWith('/records?period=30d', { app, script: '' })).toBe(
        app === '' ? '/records?period=30d' : `/records?period=30d&${new URLSearchParams({ app })}`,
      )
    }),
  )
})
