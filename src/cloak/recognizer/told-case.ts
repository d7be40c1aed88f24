import { recognizeForms } from '../formed.ts'
import { labelledNumbers } from '../labelled-number.ts'

const nouns = [
  ...[
    'case',
    'docket',
    'matter',
    'file',
    'claim',
    'incident',
    'complaint',
    'dossier',
    'application',
    'petition',
    'crime',
    '(?<=police )report',
  ],
  ...[
    'akten',
    'akte',
    'vorgang',
    'vorgangs',
    'fall',
    'schaden',
    'schadens',
    'schadenfall',
    'verfahrens',
    'antrag',
    'antrags',
    'einsatz',
    'tagebuch',
  ],
  ...['beschwerde', 'meldungs', 'geschäfts', 'prozess'],
]
const german = '(?:aktenzeichen|kassenzeichen|geschäftszeichen|gesch\\.?-?z\\.?|ftszeichen|(?:unser|ihr|mein) zeichen|zeichen|az|gz)'
const value = '(?<value>(?=[A-Za-z./ -]{0,12}\\d)[A-Z0-9]{1,12}(?:(?: - |[./-]| )[A-Z0-9]{1,12}){1,6})'

/** Numbers of cases, files and claims behind their nouns, and what letters call their reference. */
export const toldCase = recognizeForms({
  name: 'told-case',
  type: 'CASE_NUMBER',
  isWeighed: true,
  score: 0.75,
  anchors: [
    ...[
      'case',
      'docket',
      'matter',
      'file',
      'claim',
      'incident',
      'complaint',
      'dossier',
      'application',
      'petition',
      'report',
      'crime',
      'akte',
    ],
    ...[
      'vorgang',
      'fall',
      'schaden',
      'verfahren',
      'antrag',
      'einsatz',
      'tagebuch',
      'beschwerde',
      'meldung',
      'zeichen',
      'az',
      'gz',
      'gesch.',
    ],
    ...['reference', 'ref:', 'ref. ', 'ref.:', 'ref '],
  ],
  forms: [
    ...labelledNumbers(nouns, [
      ...[
        'case',
        'docket',
        'file',
        'claim',
        'incident',
        'complaint',
        '(?<=police )report',
        'vorgang',
        'akte',
        'antrag',
        'schaden',
        'fall',
        'dossier',
      ],
    ]),
    {
      initials: 'akguimzAKGUIMZf',
      pattern: new RegExp(`(?i:${german}[.:]{0,2}[ \\t]{1,3})${value}`, 'uy'),
      judge: (found) => (found.replace(/\D/g, '').length >= 2 && !/^\d{1,2}\.\d{1,2}\.\d{2,4}$/.test(found) ? 'likely' : 'no'),
      isLabelled: true,
    },
    {
      initials: 'rR',
      pattern:
        /(?i:(?:reference|ref\.?)(?: (?:number|no\.?|nr\.?|code))?)(?:[ ]?[:#]| is| ist| lautet)[ \t]{1,4}(?<value>(?=[A-Z./-]{0,12}\d)[A-Z0-9]{1,16}(?:[./_-][A-Z0-9]{1,16}){0,6}(?: \d{2,6}(?![\w.,:/])){0,3})/uy,
      judge: judgeReference,
    },
    {
      initials: 'rR',
      pattern:
        /(?<=(?:our|your|his|her|their|my|quote|quoting|under|mit|crime) )(?i:reference|ref\.?)(?: number| no\.?)? (?<value>(?=[A-Z./-]{0,12}\d)[A-Z0-9]{1,16}(?:[./-][A-Z0-9]{1,16}){0,6})/y,
      judge: judgeReference,
    },
  ],
  examples: {
    hidden: [
      ['his reference is PBD/1142/HPB. Completion', 'his reference is <CASE_NUMBER>. Completion'],
      ['Our ref: PBD/1142/HPB', 'Our ref: <CASE_NUMBER>'],
      ['Immigration desk, file VIS/25/009914: x', 'Immigration desk, file <CASE_NUMBER>: x'],
      ['Unser Zeichen: HPB-1142/25', 'Unser Zeichen: <CASE_NUMBER>'],
      ['Vorgangsnummer 2291188', 'Vorgangsnummer <CASE_NUMBER>'],
      ['Schaden-Nr. 25-229118', 'Schaden-Nr. <CASE_NUMBER>'],
      ['Kassenzeichen 2291.1882.2', 'Kassenzeichen <CASE_NUMBER>'],
      ['Az VIII ZR 221/24', 'Az <CASE_NUMBER>'],
      ['police report 25-229118', 'police report <CASE_NUMBER>'],
      ['crime reference number CR/2291/25', 'crime reference number <CASE_NUMBER>'],
      ['claim ref. 88120/X', 'claim ref. <CASE_NUMBER>'],
    ],
    kept: [
      'file system /dev/sda1',
      'case 12: return 3',
      'file main.ts:12 not found',
      'file app-2024-01-02.log rotated',
      'file 2024-11-30.tar.gz created',
      'Reference: https://localhost/z1',
      'reference counted pointer 12',
      'ref: refs/heads/release-2024',
      'Ref: main',
      'Vorgang abgebrochen nach 30 s',
      'Fall 3: x',
      'incident at 10:42:11',
      'application exited with 137',
      'application 1.24.3 started',
      'Antrag abgelehnt (Code 403)',
    ],
  },
})

function judgeReference(found: string): 'likely' | 'no' {
  return found.length >= 4 && /\d.*\d/.test(found) && !/^(?:v?\d+(?:\.\d+)+|\d{4}-\d\d-\d\d)$/i.test(found) ? 'likely' : 'no'
}
