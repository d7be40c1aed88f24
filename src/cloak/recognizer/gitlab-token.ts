import { base64Url, dot } from '../character.ts'
import { recognizePrefixed } from '../prefixed-token.ts'

/** Tokens of GitLab: personal, deploy, runner, trigger, feed and agent ones. */
export const gitlabToken = recognizePrefixed({
  name: 'gitlab-token',
  prefixes: ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glft-', 'glsoat-', 'glagent-', 'glcbt-', 'glimt-'],
  characters: base64Url | dot,
  lengthMin: 16,
  examples: {
    hidden: [['PRIVATE glpat-AbCd_1234-efghIJKLmn', 'PRIVATE <token>']],
    kept: ['glpat-', 'glpat-short', 'myglpat-AbCd_1234-efghIJKLmn'],
  },
})
