import { expect, test } from 'bun:test'
import { renderApiRules, renderNameRules } from '../../script/papers.ts'
import { cloak } from '../../src/cloak/engine.ts'
import { findNames } from '../../src/cloak/name/find-names.ts'
import { nameRules } from '../../src/cloak/name/name-rule.ts'
import { fieldRecognizers, fullRecognizers } from '../../src/cloak/recognizer/index.ts'

const page = await Bun.file(new URL('../../docs/PRIVACY.md', import.meta.url)).text()
const rows = [...page.matchAll(/^\| ([a-z0-9-]+) \| .+ \| yes \| (yes|no) \| `(.+)` \| `(.+)` \|$/gm)]

test('P9 docs/PRIVACY.md lists every rule in its order, with the profiles it belongs to', () => {
  expect(rows.map(([, name, inField]) => [name, inField])).toEqual(
    fullRecognizers.map((recognizer) => [recognizer.name, fieldRecognizers.some(({ name }) => name === recognizer.name) ? 'yes' : 'no']),
  )
})

test('docs/PRIVACY.md lists the rules of the API as `npm run papers` writes them', () => {
  expect(page).toContain(renderApiRules())
  expect(page).toContain(renderNameRules())
})

test.each(rows.map(([, name = '', , example = '', becomes = '']) => [name, example, becomes] as const))(
  'the example of %s in docs/PRIVACY.md is true',
  (name, example, becomes) => {
    const { text, rules } = cloak(example.replaceAll('⏎', '\n'), 'full')
    expect(text).toBe(becomes.replaceAll('⏎', '\n'))
    expect(rules).toContain(name)
  },
)

test.each(nameRules.map((rule) => [rule.type, rule] as const))(
  'the example of %s in docs/PRIVACY.md is true',
  (type, { example, becomes }) => {
    const [hit] = findNames(example)
    expect(hit?.type).toBe(type)
    expect(`${example.slice(0, hit?.start)}<${type}>${example.slice(hit?.end)}`).toBe(becomes)
  },
)
