import { alphanumeric, digit, isIn } from '../character.ts'
import { salesforceSuffix } from '../checksum.ts'
import { digitSigns, letterSigns, recognizeForms, type Verdict } from '../formed.ts'

/** The shorter form; the longer one has three more. */
const idLength = 15

/** Record ids of Salesforce: fifteen characters, or eighteen with three that make them independent of case. */
export const salesforceId = recognizeForms({
  name: 'salesforce-id',
  type: 'SALESFORCE_ID',
  score: 0.1,
  context: ['salesforce', 'sf', 'sfdc', 'record', 'opportunity', 'lead', 'contact', 'account', 'case'],
  signs: [...digitSigns('0158', alphanumeric, alphanumeric, alphanumeric), ...letterSigns(['a'], digit, alphanumeric)],
  mayBegin: (text, at) => isIn(text, at + idLength - 1, alphanumeric),
  forms: [
    { pattern: /(?:00[1356GQ]|00[DEOQTUk]|500|701|800|01t|a[0-9A-Za-z]{2})[0-9A-Za-z]{15}/y, score: 0.3, judge: judgeLong },
    { pattern: /(?:001|003|00Q|005|006|500)[0-9A-Za-z]{12}/y, score: 0.5, judge: judgeShort },
    { pattern: /[0-9a][0-9A-Za-z]{14}(?:[0-9A-Za-z]{3})?/y, judge: judgeShort },
  ],
  examples: {
    hidden: [
      ['contact 003eSjVAczCCg7oUVY', 'contact <SALESFORCE_ID>'],
      ['001YxsLzP08kHg8', '<SALESFORCE_ID>'],
      ['salesforce id a0B5f000001XyZq', 'salesforce id <SALESFORCE_ID>'],
    ],
    kept: ['internationalization', '001234567890123', '0a1b2c3d4e5f607', '001 23', 'containerization'],
  },
})

function judgeLong(value: string): Verdict {
  if (salesforceSuffix(value.slice(0, 15)) === value.slice(15)) return 'proven'
  return judgeShort(value)
}

/** Hexadecimal values and numbers have no capital letters or no letters at all. */
function judgeShort(value: string): Verdict {
  return /[A-Z]/.test(value) && /[g-zG-Z]/.test(value) && /\d/.test(value) ? 'likely' : 'no'
}
