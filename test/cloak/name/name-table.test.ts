import { expect, test } from 'bun:test'
import { NameTable } from '../../../src/cloak/name/name-table.ts'

/** What is found in the lines, as `TYPE name`. */
function namesIn(lines: readonly string[]): readonly string[] {
  const table = new NameTable()
  return lines.flatMap((line) => table.read(line, 0).map(({ type, start, end }) => `${type} ${line.slice(start, end)}`))
}

test.each([
  ['commas', ['last_name,first_name,city', 'Tavaskun,Ilda,Leeds'], ['PERSON Tavaskun', 'PERSON Ilda', 'LOCATION Leeds']],
  ['semicolons', ['Nr;Kunde;PLZ Ort', '1;Mostbauer & Söhne OHG;94032 Passau'], ['ORGANIZATION Mostbauer & Söhne OHG', 'LOCATION Passau']],
  ['quotes', ['author,year', '"Tavaskun, Ilda",1999'], ['PERSON Tavaskun, Ilda']],
  [
    'two people in a cell',
    ['Kind;Abholberechtigt', 'Levin;Katinka Rabe, Opa Horst'],
    ['PERSON Levin', 'PERSON Katinka Rabe', 'PERSON Horst'],
  ],
  ['no label', ['Order Date,Segment', '2024-11-08,Second Class'], []],
  ['code', ['name,type', 'CACHE_TTL,number'], []],
  ['a line that is no row', ['surname,city', 'and that is all'], []],
])('a table with %s', (_, lines, found) => {
  expect(namesIn(lines)).toEqual(found)
})
