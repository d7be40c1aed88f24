import { expect, test } from 'bun:test'
import { alignHidden, hiddenBy } from './hidden.ts'

test.each([
  ['nothing', 'up', 'up', []],
  ['one label', 'at 10.0.0.5 up', 'at <ipv4> up', [[3, 11]]],
  [
    'labels side by side',
    'jo@nas7:~$',
    '<user>@<host>:~$',
    [
      [0, 2],
      [3, 7],
    ],
  ],
  ['a value with what stands behind it', 'pw "a b" b', 'pw "<secret>" b', [[4, 7]]],
  [
    'values whose sign stands between them too',
    'a1:b2:c3:d4:e5:f6:a1:b2:c3:d4:e5:f7:08',
    '<mac>:<mac>:08',
    [
      [0, 17],
      [18, 35],
    ],
  ],
  [
    'a password with the sign behind it',
    'a://jo:p@w@nas/x',
    'a://<credential>@<host>/x',
    [
      [4, 10],
      [11, 14],
    ],
  ],
  ['a value over lines', 'a\nb\nc', 'a\n<private-key>\nc', [[2, 3]]],
  ['a label that the text itself has', 'as <user> in 10.0.0.5', 'as <user> in <ipv4>', [[13, 21]]],
])('stretches are told from labels: %s', (_, text, cloaked, stretches) => {
  expect(alignHidden(text, cloaked)).toEqual(stretches.map(([start = 0, end = 0]) => ({ start, end })))
})

test('what the engine takes away without a label is told', () => {
  expect(() => hiddenBy('full')('\x1b[1mred\x1b[0m')).toThrow('the engine changed')
})
