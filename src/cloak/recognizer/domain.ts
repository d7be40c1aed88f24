import { readDottedName } from '../host-name.ts'
import { isPublicHost } from '../public-host.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { fqdn } from './fqdn.ts'

/** Domain names, as `fqdn` reads them. Those of public download hosts are found only where little certainty is asked for. */
export const domain: Recognizer = {
  ...fqdn,
  name: 'domain',
  type: 'DOMAIN',
  label: '<DOMAIN>',
  score: 0.7,
  find: findDomain,
  examples: {
    hidden: [
      ['certificate for cloud.kowalski.de expired', 'certificate for <DOMAIN> expired'],
      ['or example.org;', 'or <DOMAIN>;'],
    ],
    kept: fqdn.examples.kept,
  },
}

const publicScore = 0.35

function findDomain(text: string, at: number): readonly Match[] {
  const name = readDottedName(text, at, 'public', true)
  if (!name) return none
  return isPublicHost(text, name.start, name.end) ? [{ ...name, score: publicScore }] : [name]
}
