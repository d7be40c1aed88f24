import { expect, test } from 'bun:test'
import { wholeValues } from '../../src/cloak/whole-value.ts'

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
  const start = known.indexOf('[')
  const end = known.indexOf(']') - 1
  const text = known.replace('[', '').replace(']', '')
  const [match] = wholeValues(text, [{ start, end, label: '<secret>', rank: 0, match: { start, end } }])
  expect(`${text.slice(0, match?.start)}{${text.slice(match?.start, match?.end)}}${text.slice(match?.end)}`).toBe(hidden)
})

test.each([
  ['as FIRMA\\[jo] from', 'as {FIRMA\\jo} from'],
  ['SVCUSER=.\\[jo]', 'SVCUSER={.\\jo}'],
  ['"FIRMA\\\\[jo]"', '"{FIRMA\\\\jo}"'],
  ['C:\\Users\\[jo]\\x', 'C:\\Users\\{jo}\\x'],
  ['\\\\srv\\[jo]', '\\\\srv\\{jo}'],
  ['user [jo]', 'user {jo}'],
])('%j', (known, hidden) => {
  const start = known.indexOf('[')
  const end = known.indexOf(']') - 1
  const text = known.replace('[', '').replace(']', '')
  const [match] = wholeValues(text, [{ start, end, label: '<user>', rank: 0, match: { start, end } }])
  expect(`${text.slice(0, match?.start)}{${text.slice(match?.start, match?.end)}}${text.slice(match?.end)}`).toBe(hidden)
})
