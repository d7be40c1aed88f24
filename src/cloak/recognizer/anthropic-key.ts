import { base64Url } from '../character.ts'
import { recognizePrefixed } from '../prefixed-token.ts'

/** Keys of Anthropic; ranked before the shorter prefix `sk-`, so that the rule names the vendor. */
export const anthropicKey = recognizePrefixed({
  name: 'anthropic-key',
  prefixes: ['sk-ant-'],
  characters: base64Url,
  lengthMin: 12,
  examples: {
    hidden: [['x-api-key sk-ant-api03-AbCd_1234-efgh', 'x-api-key <token>']],
    kept: ['sk-ant-', 'sk-ant-x', 'ask-ant-api03-AbCd_1234-efgh'],
  },
})
