import { alphanumeric, anything, hex, isIn, word } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Tokens that are told by signs in their midst or by their length: client secrets of Azure, tokens of Terraform, keys of Twilio. */
export const infixToken: Recognizer = {
  name: 'infix-token',
  type: 'API_KEY',
  score: 0.95,
  label: '<token>',
  anchors: ['8q~', '7q~', '.atlasv1.'],
  signs: [{ sign: 'sk', before: anything & ~alphanumeric, after: [hex, hex] }],
  find: findInfixToken,
  examples: {
    hidden: [
      ['secret is abC8Q~Xq7mR2vK9pLw4Zt8Bn3Hs6Yd1Fc5Gj0Aab now', 'secret is <token> now'],
      ['Xq7mR2vK9pLw4Z.atlasv1.Bn3Hs6Yd1Fc5Gj0AXq7mR2vK9pLw4Zt8Bn3Hs6Yd1Fc5Gj0AXq7mR2vK9pLw4Zt8Bn', '<token>'],
      ['auth SK9f8e7d6c5b4a39281706f5e4d3c2b1a0', 'auth <token>'],
    ],
    kept: ['a8Q~b', 'x.atlasv1.y', 'sk9f8e7d6c5b4a39281706f5e4d3c2b1a0', 'SKELETON', 'a~8q~1'],
  },
}

const ofAzure = /\w{3}[78]Q~[\w.~-]{31,34}(?![\w~-])/y
const ofTerraform = /[A-Za-z\d]{14}\.atlasv1\.[\w-]{60,80}(?!\w)/y
const ofTwilio = /SK[\da-f]{32}(?!\w)/y

function findInfixToken(text: string, at: number): readonly Match[] {
  const [pattern, start] =
    text[at] === '.'
      ? ([ofTerraform, at - 14] as const)
      : /\d/.test(text[at] ?? ' ')
        ? ([ofAzure, at - 3] as const)
        : ([ofTwilio, at] as const)
  if (start < 0 || isIn(text, start - 1, word)) return none
  pattern.lastIndex = start
  const found = pattern.exec(text)?.[0]
  return found === undefined ? none : [{ start, end: start + found.length }]
}
