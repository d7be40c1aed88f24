import { capital, digit } from '../character.ts'
import { isDeaNumber } from '../checksum.ts'
import { classSigns, recognizeForms } from '../formed.ts'

/** Numbers that the Drug Enforcement Administration gives prescribers, by their check digit: two letters, or one and a 9, and seven digits. */
export const medicalLicense = recognizeForms({
  name: 'medical-license',
  type: 'MEDICAL_LICENSE',
  score: 1,
  signs: classSigns(capital, capital | digit, digit, digit),
  forms: [{ pattern: /[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}/y, judge: (value) => (isDeaNumber(value.slice(2)) ? 'proven' : 'no') }],
  examples: {
    hidden: [["The prescriber's DEA is AB1234563.", "The prescriber's DEA is <MEDICAL_LICENSE>."]],
    kept: ['AB1234564', 'ab1234563', 'XAB1234563', 'AB12345630', 'MD-123456'],
  },
})
