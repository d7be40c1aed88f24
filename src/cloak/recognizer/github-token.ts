import { word } from '../character.ts'
import { recognizePrefixed } from '../prefixed-token.ts'

/** Tokens of GitHub: classic, OAuth, app, refresh and fine-grained ones. */
export const githubToken = recognizePrefixed({
  name: 'github-token',
  prefixes: ['ghp_', 'gho_', 'ghs_', 'ghu_', 'ghr_', 'github_pat_'],
  characters: word,
  lengthMin: 16,
  examples: {
    hidden: [
      ['token ghp_0123456789abcdefABCDEF0123456789abcd used', 'token <token> used'],
      ['x=github_pat_11ABCDEFG0abcdefghijkl_mnop', 'x=<token>'],
      ['line\\nghs_0123456789abcdefABCDEF', 'line\\n<token>'],
    ],
    kept: ['ghp_short', 'aghp_0123456789abcdefABCDEF', 'the prefix ghp_ alone'],
  },
})
