import { base64Url } from '../character.ts'
import { recognizePrefixed } from '../prefixed-token.ts'

/** Keys of OpenAI and of services that copied their form, with `-` and `_` inside. */
export const openaiKey = recognizePrefixed({
  name: 'openai-key',
  prefixes: ['sk-'],
  characters: base64Url,
  lengthMin: 16,
  needsDigit: true,
  examples: {
    hidden: [
      ['key sk-abcDEF0123456789abcDEF0123456789', 'key <token>'],
      ['sk-proj-Ab_1-Cd2Ef3Gh4Ij5Kl6', '<token>'],
    ],
    kept: ['task-runner-0123456789abcdef', 'sk-learn', 'sk-some-long-package-name', 'disk-0123456789abcdef0'],
  },
})
