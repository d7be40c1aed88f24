import { none, type Recognizer } from '../recognizer.ts'

/** Names what the tagger finds; see `src/cloak/tagger`. */
const byTagger = { anchors: [], find: () => none } as const

export const taggedSecret: Recognizer = {
  ...byTagger,
  name: 'tagged-secret',
  type: 'PASSWORD',
  label: '<secret>',
  tags: ['PASSWORD', 'API_KEY'],
  examples: {
    hidden: [
      ['and the router?\nnadja: Barmbrack-88', 'and the router?\nnadja: <secret>'],
      ['The seal on the box reads Barmbrack-88, use it once', 'The seal on the box reads <secret>, use it once'],
    ],
    kept: ['the build of release-88 is done'],
  },
}

export const taggedUser: Recognizer = {
  ...byTagger,
  name: 'tagged-user',
  type: 'USERNAME',
  label: '<user>',
  tags: ['USERNAME'],
  examples: {
    hidden: [
      ['UUID of player KreideKuh77 is wrong', 'UUID of player <user> is wrong'],
      ['job 14 of jwrzesniewska waits', 'job 14 of <user> waits'],
    ],
    kept: ['the player is paused'],
  },
}

export const taggedHost: Recognizer = {
  ...byTagger,
  name: 'tagged-host',
  type: 'HOSTNAME',
  label: '<host>',
  tags: ['HOSTNAME'],
  examples: {
    hidden: [
      ['added it to LibreNMS as ups-dc1-a.', 'added it to LibreNMS as <host>.'],
      ['failover to pm-keller2 done', 'failover to <host> done'],
    ],
    kept: ['added it to the list'],
  },
}

/** Numbers that only the API hides. Of the kinds of identity cards none is told from another, so that they are filed under numbers of members. */
export const taggedNumbers: readonly Recognizer[] = [
  {
    ...byTagger,
    name: 'tagged-account',
    type: 'ACCOUNT_ID',
    label: '<ACCOUNT_ID>',
    tags: ['ACCOUNT_ID', 'identity'],
    examples: {
      hidden: [['deviceExternalId=FGT60FTK21047733 is up', 'deviceExternalId=<ACCOUNT_ID> is up']],
      kept: ['deviceExternalId= is empty'],
    },
  },
  {
    ...byTagger,
    name: 'tagged-case',
    type: 'CASE_NUMBER',
    label: '<CASE_NUMBER>',
    tags: ['CASE_NUMBER'],
    examples: {
      hidden: [['I have opened SR 4-118820 with the vendor', 'I have opened SR <CASE_NUMBER> with the vendor']],
      kept: ['I have opened 3 tickets with the vendor'],
    },
  },
  {
    ...byTagger,
    name: 'tagged-contract',
    type: 'CONTRACT_NUMBER',
    label: '<CONTRACT_NUMBER>',
    tags: ['CONTRACT_NUMBER'],
    examples: {
      hidden: [['Our fee note FN-2024-3267 is attached', 'Our fee note <CONTRACT_NUMBER> is attached']],
      kept: ['Our fee note of 20 pages is attached'],
    },
  },
  {
    ...byTagger,
    name: 'tagged-bank',
    type: 'BANK_ACCOUNT',
    label: '<BANK_ACCOUNT>',
    tags: ['BANK_ACCOUNT'],
    examples: { hidden: [['Pay it into 30-56-10 98344538 today', 'Pay it into <BANK_ACCOUNT> today']], kept: ['Pay it in 30 days'] },
  },
  {
    ...byTagger,
    name: 'tagged-tax',
    type: 'TAX_ID',
    label: '<TAX_ID>',
    tags: ['TAX_ID'],
    examples: {
      hidden: [['6,418 incl. GST (GSTIN 33MLJCF7573Y1ZF)', '6,418 incl. GST (GSTIN <TAX_ID>)']],
      kept: ['6,418 incl. GST (18 %)'],
    },
  },
  {
    ...byTagger,
    name: 'tagged-phone',
    type: 'PHONE_NUMBER',
    label: '<PHONE_NUMBER>',
    tags: ['PHONE_NUMBER'],
    examples: {
      hidden: [
        ['my alternate number is 98450 55217', 'my alternate number is <PHONE_NUMBER>'],
        ['call me back on +44 7700 900461, after five', 'call me back on <PHONE_NUMBER>, after five'],
      ],
      kept: ['the number is 98450'],
    },
  },
]
