import { expect, test } from 'bun:test'
import { secretEdges } from '../../../src/cloak/tagger/secret-edge.ts'
import { readMarked, showPlace } from '../marked.ts'

/** The token that is known stands between `[` and `]`; what the secret is, between `{` and `}`. */
test.each([
  ['pw: [Sommer2026]! now', 'pw: {Sommer2026!} now'],
  ['pw is [Sommer2026].', 'pw is {Sommer2026}.'],
  ['pw #[Sommer2026]', 'pw {#Sommer2026}'],
  ['key [aB3dE5fG7hI9kL1m]/nO2pQ4rS6+tU8vW0xY==', 'key {aB3dE5fG7hI9kL1m/nO2pQ4rS6+tU8vW0xY==}'],
  ['key m9X/[aB3dE5fG7hI9kL1m]= ', 'key {m9X/aB3dE5fG7hI9kL1m=} '],
  ['/reset/[aB3dE5fG7hI9kL1m]/confirm', '/reset/{aB3dE5fG7hI9kL1m}/confirm'],
  ['stats page is "[gelato] al limone" right?', 'stats page is "{gelato al limone}" right?'],
  ["['[x8Kd]', 'y']", "['{x8Kd}', 'y']"],
  ['"[x8Kd] is\nthe password"', '"{x8Kd} is\nthe password"'],
  ['a=[x8Kd]=b', 'a={x8Kd}=b'],
  ['key = "[aB3dE5fG7hI9kL1mN3oP]=="', 'key = "{aB3dE5fG7hI9kL1mN3oP==}"'],
  ['a="[x8Kd]="b', 'a="{x8Kd=}"b'],
  ['key: "base64:[aB3dE5fG7hI9kL1mN3oP]="', 'key: "{base64:aB3dE5fG7hI9kL1mN3oP=}"'],
  ["storedKey: '/[Dy1S2vJr]'", "storedKey: '{/Dy1S2vJr}'"],
  ['| web | *[6C8989366EAF75BB670AD8EA7A7FC1176A95CEF4] |', '| web | {*6C8989366EAF75BB670AD8EA7A7FC1176A95CEF4} |'],
  ['login with [Compilers]&Coffee now', 'login with {Compilers&Coffee} now'],
  ['?pw=[x8Kd]&user=b', '?pw={x8Kd}&user=b'],
  ['(csingh, [csingh2025]!)', '(csingh, {csingh2025!})'],
  ['see ./[x8Kd]', 'see ./{x8Kd}'],
])('%j', (known, secret) => {
  const { text, start, end } = readMarked(known, known.startsWith("['[") ? 2 : known.indexOf('['))
  expect(showPlace(text, secretEdges(text, start, end))).toBe(secret)
})
