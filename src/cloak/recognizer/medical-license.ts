import { capital, digit } from '../character.ts'
import { isDeaNumber } from '../checksum.ts'
import { classSigns, digitsOf, recognizeForms } from '../formed.ts'

/** Numbers that the Drug Enforcement Administration gives prescribers, by their check digit: two letters, or one and a 9, and seven digits. */
export const medicalLicense = recognizeForms({
  name: 'medical-license',
  type: 'MEDICAL_LICENSE',
  score: 1,
  anchors: ['npi', 'lanr', 'bsnr', 'gmc ', 'medical li', 'nmc pin', 'state license', 'state licence'],
  signs: classSigns(capital, capital | digit, digit, digit),
  forms: [
    {
      initials: 'A-Z',
      pattern: /(?!KB)[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}/y,
      judge: (value) => (isDeaNumber(value.slice(2)) ? 'proven' : 'no'),
    },
    {
      initials: 'nlbgms',
      pattern:
        /(?:npi|lanr|bsnr|gmc|nmc pin|medical licen[cs]e|state licen[cs]e)(?:[ -]?(?:number|no|nr|id|ref)\.?)?(?: is| ist)?[ \t]{0,2}[:#]?[ \t]{0,3}(?<value>(?=[A-Z.-]{0,4}\d)[A-Z\d][A-Z\d.-]{3,14}\d)/iy,
      judge: (value) => (digitsOf(value).length >= 5 ? 'likely' : 'no'),
      score: 0.85,
    },
  ],
  examples: {
    hidden: [
      ['NPI 1134116791', 'NPI <MEDICAL_LICENSE>'],
      ['LANR: 123456601', 'LANR: <MEDICAL_LICENSE>'],
      ['medical license A-123456', 'medical license <MEDICAL_LICENSE>'],
      ["The prescriber's DEA is AB1234563.", "The prescriber's DEA is <MEDICAL_LICENSE>."],
    ],
    kept: ['AB1234564', 'ab1234563', 'XAB1234563', 'AB12345630', 'MD-123456', 'see KB5051987'],
  },
})
