import { capital, digit, hyphen } from '../character.ts'
import { classSigns, letterSigns, recognizeForms } from '../formed.ts'

/** Numbers of customers, clients, members and accounts: by their prefix, or behind their word and then with a digit. */
export const accountId = recognizeForms({
  name: 'account-id',
  type: 'ACCOUNT_ID',
  score: 0.85,
  context: ['customer', 'account', 'client', 'member', 'kunde', 'mitglied', 'konto'],
  anchors: [
    'customer',
    'account',
    'client',
    'member',
    'kunden',
    'mitglied',
    'patient',
    'employee',
    'personal',
    'subscriber',
    'vertragskonto',
    'versicherten',
    'mrn',
    'arn:aws:iam:',
  ],
  signs: [
    ...letterSigns(['acc', 'acct', 'cust', 'client', 'id']),
    ...classSigns(capital, capital, capital | hyphen, capital | hyphen | digit),
  ],
  forms: [
    { initials: 'ACM', pattern: /(?:ACC|ACCT|CUST|CLIENT|MEMBER|MBR|CID)[-_#]?\d{4,12}/y },
    { initials: 'I', pattern: /ID-\d{4,12}/y },
    {
      initials: 'camsep',
      pattern:
        /(?:customer|account|client|member(?:ship)?|subscriber|employee|patient)(?:[ _-]?(?:id|no|nr|number|num|ref(?:erence)?)\.?[ \t]{0,3}[:=#]?[ \t]{0,3}|[ \t]{0,2}[:#][ \t]{0,3})(?:is[ \t])?["']?(?<value>(?=[\w-]{0,14}\d)[A-Z0-9](?:[A-Z0-9-]{2,18})[A-Z0-9])/iy,
    },
    {
      initials: 'kmpv',
      pattern:
        /(?:kunden|mitglieds?|personal|patienten|vertragskonto)[ -]?(?:nummer|nr|id|kennung)\.?[ \t]{0,3}[:=#]?[ \t]{0,3}(?:lautet[ \t]|ist[ \t])?(?<value>(?=[\w-]{0,14}\d)[A-Z0-9](?:[A-Z0-9-]{2,18})[A-Z0-9])/iy,
    },
    {
      initials: 'vma',
      pattern: /(?:versicherten|versicherungs|mrn|arn:aws:iam:)(?:nummer|nr)?\.?:?[ \t]{0,2}(?<value>[A-Z]?\d{8,12})/iy,
      isLabelled: true,
    },
    { initials: 'cam', pattern: /(?:customer|account|client|member)[ \t]{1,2}(?<value>[A-Z]{1,4}[- ]\d{6,12})/iy },
    { initials: 'cam', pattern: /(?:customer|account|client|member)[ \t]{1,2}(?<value>\d{6,15})(?![ \t]+[a-z]+s\b)/iy, score: 0.8 },
    { initials: 'A-Z', pattern: /[A-Z]{2,4}-\d{6,10}/y, score: 0.2 },
  ],
  examples: {
    hidden: [
      ['ACC-88120044', '<ACCOUNT_ID>'],
      ['customer id CUST445566', 'customer id <ACCOUNT_ID>'],
      ['client CLIENT-20991', 'client <ACCOUNT_ID>'],
      ['Member M-5520147 asks', 'Member <ACCOUNT_ID> asks'],
      ['Kundennummer: K-123456', 'Kundennummer: <ACCOUNT_ID>'],
      ['customer 12345678 called', 'customer <ACCOUNT_ID> called'],
      ['account no. 4711-0815', 'account no. <ACCOUNT_ID>'],
    ],
    kept: [
      'user entered',
      'account locked',
      'customer satisfied',
      'client connected',
      'client 1048576 bytes',
      'CVE-2024-12345',
      'RFC-123456',
      'client_id is missing',
      'IDE-1',
      'acc 12',
    ],
  },
})
