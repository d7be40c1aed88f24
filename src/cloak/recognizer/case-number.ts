import { capital, digit, isIn, isSign, runRight } from '../character.ts'
import { classSigns, recognizeForms } from '../formed.ts'

const value = '(?<value>(?=[\\w:/. -]{0,24}\\d)[A-Z0-9](?:[A-Z0-9.:/-]{2,24})[A-Z0-9])'
const germanCourt = '\\d{1,3} [A-Z][A-Za-z]{0,3} \\d{1,5}/\\d{2}(?: ?\\([A-Za-z]{1,4}\\))?'

/** Numbers of cases: of federal and state courts by their form, German ones and others behind their word. */
export const caseNumber = recognizeForms({
  name: 'case-number',
  type: 'CASE_NUMBER',
  score: 0.85,
  context: ['case', 'court', 'docket', 'matter', 'az', 'aktenzeichen', 'verfahren', 'urteil', 'gericht'],
  anchors: [
    ...[
      'cv-',
      'cr-',
      'civ-',
      'crim-',
      'fam-',
      'prob-',
      'juv-',
      'bk-',
      'ap-',
      'case ',
      'case#',
      'docket',
      'matter ',
      'file no',
      'file number',
    ],
    ...['aktenzeichen', 'ftszeichen', 'az.', 'az:', 'gz.', 'ticket', 'claim', 'dossier', 'clm-', 'case-', 'inc'],
  ],
  signs: classSigns(digit),
  mayBegin,
  forms: [
    { initials: '0-9', pattern: /\d{1,2}:\d{2}-(?:cv|cr|mc|md|mj|bk|ap|po|sw)-\d{3,6}(?:-[A-Z]{2,4}){0,3}/iy, score: 0.95 },
    { initials: 'CFPJBA', pattern: /(?:CV|CR|CIV|CRIM|FAM|PROB|JUV|BK|AP)-\d{2,4}-\d{3,8}/y, score: 0.9 },
    { initials: 'CI', pattern: /(?:CASE|CLM|INC|CS)-?\d{6,12}/y },
    { initials: 'dc', pattern: /(?:dossier|claim)[ \t]{1,2}(?<value>[A-Z]{1,3}-\d{2,4}-\d{3,8})/iy },
    {
      initials: 'cdmfit',
      pattern: new RegExp(
        `(?:case|docket|matter|file|incident|ticket|claim)(?:[ \\t]{1,2}(?:no|nr|number|num|id)\\.?[ \\t]{0,2}[:=#]?|[ \\t]{0,2}[#:])[ \\t]{0,3}(?:is[ \\t])?#?${value}`,
        'iy',
      ),
    },
    {
      initials: 'afg',
      pattern: new RegExp(
        `(?:aktenzeichen|ftszeichen|az|gz)[.:]{0,2}[ \\t]{1,3}(?:(?<value>${germanCourt})|${value.replace('<value>', '<other>')})`,
        'iy',
      ),
      judge: (found) => (/\d/.test(found) ? 'likely' : 'no'),
    },
    { initials: '0-9', pattern: new RegExp(germanCourt, 'y'), score: 0.3 },
  ],
  examples: {
    hidden: [
      ['Case No. 1:24-cv-01234;', 'Case No. <CASE_NUMBER>;'],
      ['docket CIV-2024-556677', 'docket <CASE_NUMBER>'],
      ['Claim no. CLM-7729104', 'Claim no. <CASE_NUMBER>'],
      ['case number: 2023-CR-4455', 'case number: <CASE_NUMBER>'],
      ['Aktenzeichen 12 O 345/21', 'Aktenzeichen <CASE_NUMBER>'],
      ['Az. 4-Js-1234/22', 'Az. <CASE_NUMBER>'],
    ],
    kept: [
      'in case of errors',
      'case 12',
      'file system',
      'file not found',
      'docket',
      'at 1:24-05',
      'cv-utils',
      'lower case: yes',
      'matter of 30 s',
    ],
  },
})

/** Matches `1:24`, `12 O`; must not match `12 files`, `1234`. */
function mayBegin(text: string, at: number): boolean {
  if (!isIn(text, at, digit)) return true
  const end = runRight(text, at, digit, 4)
  return isSign(text, end, ':') ? isIn(text, end + 1, digit) : isSign(text, end, ' ') && isIn(text, end + 1, capital)
}
