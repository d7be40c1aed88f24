import { letter, underscore } from '../character.ts'
import { recognizeForms } from '../formed.ts'
import { isNobody } from '../user-name.ts'

/** What stands behind an @ in code, styles and commands. */
const code = new Set([
  ...'param params return returns throws throw type typedef see example since deprecated override author version license todo link default'.split(
    ' ',
  ),
  ...'media import font-face keyframes supports charset page layer container property include mixin extend use forward apply tailwind'.split(
    ' ',
  ),
  ...'staticmethod classmethod property app pytest click dataclass override test before after bean service component autowired inject'.split(
    ' ',
  ),
  ...'babel types angular vue nestjs latest next beta alpha main master here all everyone channel echo'.split(' '),
])

/** Names of accounts behind an @ or a word that only people have: `@jo_doe`, `nickname: jo`, `the user is jo`. */
export const handle = recognizeForms({
  name: 'handle',
  type: 'USERNAME',
  isWeighed: true,
  score: 0.85,
  anchors: ['nickname', 'nick:', 'handle', 'user is ', 'profile:', 'sign-in', 'signin'],
  signs: [{ sign: '@', after: [letter | underscore] }],
  forms: [
    {
      pattern: /@[A-Za-z_][\w]{2,29}(?![/.@(\w-])/y,
      score: 0.6,
      judge: (value) => (code.has(value.slice(1).toLowerCase()) ? 'no' : 'likely'),
    },
    {
      pattern:
        /(?:nickname|nick|handle|profile|sign-?in)(?:[ \t]{0,2}[:=][ \t]{0,3}|[ \t]is[ \t])["'“„]?@?(?<value>[\p{L}_][\p{L}\p{N}_.-]{1,28}[\p{L}\p{N}_])/iuy,
      judge: judgeName,
    },
    { pattern: /user is (?<value>[\p{L}_][\p{L}\p{N}_.-]{2,28}[\p{L}\p{N}_])(?=[.,;!\n]|$)/iuy, score: 0.6, judge: judgeName },
  ],
  examples: {
    hidden: [
      ['write to @quillfeather or', 'write to <USERNAME> or'],
      ['the user is quillfeather, see', 'the user is <USERNAME>, see'],
      ['nickname = tq4411', 'nickname = <USERNAME>'],
      ['profile: snowdrift', 'profile: <USERNAME>'],
    ],
    kept: ['@babel/core', '@app.route', '@param x', '@media (x)', 'user is locked', 'user is root', 'userid: 0', 'jo@x', 'user@1.2'],
  },
})

function judgeName(value: string): 'likely' | 'no' {
  return isNobody(value, 0, value.length) ? 'no' : 'likely'
}
