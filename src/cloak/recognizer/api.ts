import type { Recognizer } from '../recognizer.ts'
import { accountId } from './account-id.ts'
import { address } from './address.ts'
import { bankAccount } from './bank-account.ts'
import { caseNumber } from './case-number.ts'
import { contractNumber } from './contract-number.ts'
import { creditCard } from './credit-card.ts'
import { crypto } from './crypto.ts'
import { dateTime } from './date-time.ts'
import { domain } from './domain.ts'
import { handle } from './handle.ts'
import { iban } from './iban.ts'
import { fullRecognizers } from './index.ts'
import { medicalLicense } from './medical-license.ts'
import { nrp } from './nrp.ts'
import { phoneNumber } from './phone-number.ts'
import { salesforceId } from './salesforce-id.ts'
import { taggedNumbers } from './tagged.ts'
import { taxId } from './tax-id.ts'
import { toldAccount } from './told-account.ts'
import { toldCase } from './told-case.ts'
import { toldContract } from './told-contract.ts'
import { ukNhs } from './uk-nhs.ts'
import { usBankNumber } from './us-bank-number.ts'
import { usDriverLicense } from './us-driver-license.ts'
import { usPassport } from './us-passport.ts'
import { usSsn } from './us-ssn.ts'
import { uuid } from './uuid.ts'
import { webAddress } from './web-address.ts'

/** Every recognizer of the API, which hides more than what installers must not send. In a file of its own: ingest loads none of what only these need. */
export const apiRecognizers: readonly Recognizer[] = [
  ...fullRecognizers,
  ...[creditCard, iban, crypto, medicalLicense, ukNhs, usSsn, taxId, bankAccount, usBankNumber, usPassport, usDriverLicense],
  ...[
    phoneNumber,
    webAddress,
    domain,
    handle,
    accountId,
    salesforceId,
    caseNumber,
    contractNumber,
    toldAccount,
    toldContract,
    toldCase,
    address,
    dateTime,
    nrp,
    uuid,
  ],
  ...taggedNumbers,
]
