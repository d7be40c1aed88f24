import { expect, test } from 'bun:test'
import { phoneEdges } from '../../../src/cloak/tagger/phone-edge.ts'
import { readMarked, showPlace } from '../marked.ts'

/** The digits that are known stand between `[` and `]`; what the number is, between `{` and `}`. */
test.each([
  ['call +[44 7700 900461], ask', 'call {+44 7700 900461}, ask'],
  ['Oma = [07141] / 90 28 55', 'Oma = {07141 / 90 28 55}'],
  ['Oma = 07141 / [90 28 55]', 'Oma = {07141 / 90 28 55}'],
  ['Sekretariat (0 [71 31) 55 82-0]', 'Sekretariat {(0 71 31) 55 82-0}'],
  ['Durchwahl -[412], bitte', 'Durchwahl {-412}, bitte'],
  ['a-[412]', 'a-{412}'],
  ['at [505.555.0117] ext. 22.', 'at {505.555.0117 ext. 22}.'],
  ['at [402-555-0186] x2207\n', 'at {402-555-0186 x2207}\n'],
  ['am Telefon ([03842 44 190] DW 3)', 'am Telefon ({03842 44 190 DW 3})'],
  ['it is 514 [729-6834]. The', 'it is {514 729-6834}. The'],
  ['on [98450 55217] 10:30', 'on {98450 55217} 10:30'],
  ['on [98450 55217] 12.5 %', 'on {98450 55217} 12.5 %'],
  ['id 1234567890 [98450 55217]', 'id 1234567890 {98450 55217}'],
])('%j', (known, number) => {
  const { text, start, end } = readMarked(known)
  expect(showPlace(text, phoneEdges(text, start, end))).toBe(number)
})
