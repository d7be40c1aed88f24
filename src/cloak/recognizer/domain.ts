import type { Recognizer } from '../recognizer.ts'
import { fqdn } from './fqdn.ts'

/** Domain names, as `fqdn` reads them; those of public download hosts stay. */
export const domain: Recognizer = {
  ...fqdn,
  name: 'domain',
  type: 'DOMAIN',
  label: '<DOMAIN>',
  score: 0.7,
  examples: {
    hidden: [
      ['certificate for cloud.kowalski.de expired', 'certificate for <DOMAIN> expired'],
      ['or example.org;', 'or <DOMAIN>;'],
    ],
    kept: fqdn.examples.kept,
  },
}
