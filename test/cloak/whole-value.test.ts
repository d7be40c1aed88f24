import { expect, test } from 'bun:test'
import { wholeValues } from '../../src/cloak/whole-value.ts'
import { readMarked, showPlace } from './marked.ts'

function wholeValue(known: string, label: string): string {
  const { text, start, end } = readMarked(known)
  return wholeValues(text, [{ start, end, label, rank: 0, match: { start, end } }])
    .map((match) => showPlace(text, match))
    .join()
}

/** What is found stands between `[` and `]`; what is hidden, between `{` and `}`. */
test.each([
  ['LOGIN jo "[horse] battery 2x"', 'LOGIN jo "{horse battery 2x}"'],
  ["-N '[horse] battery' -C x", "-N '{horse battery}' -C x"],
  ['pw=`[horse] battery!`', 'pw=`{horse battery!}`'],
  ['"[horse]" and "battery"', '"{horse}" and "battery"'],
  ['"[horse] is "battery"', '"{horse} is "battery"'],
  ["it'[s] a horse's", "it'{s} a horse's"],
  ['"[horse] battery', '"{horse} battery'],
  ['"[horse]\nbattery"', '"{horse}\nbattery"'],
  ['"[horse] a=b"', '"{horse} a=b"'],
  ['[horse] battery"', '{horse} battery"'],
])('%j', (known, hidden) => {
  expect(wholeValue(known, '<secret>')).toBe(hidden)
})

test.each([
  ['as FIRMA\\[jo] from', 'as {FIRMA\\jo} from'],
  ['SVCUSER=.\\[jo]', 'SVCUSER={.\\jo}'],
  ['"FIRMA\\\\[jo]"', '"{FIRMA\\\\jo}"'],
  ['C:\\Users\\[jo]\\x', 'C:\\Users\\{jo}\\x'],
  ['\\\\srv\\[jo]', '\\\\srv\\{jo}'],
  ['user [jo]', 'user {jo}'],
])('%j', (known, hidden) => {
  expect(wholeValue(known, '<user>')).toBe(hidden)
})
