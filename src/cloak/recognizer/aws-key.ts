import { alphanumeric, base64, blank, digit, isIn, letter, runRight, word } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Access key ids of AWS, and its secret keys on the line of an id or the next one, or where the name of the setting stands before them without a sign (`aws configure set …`). */
export const awsKey: Recognizer = {
  name: 'aws-key',
  type: 'API_KEY',
  label: '<token>',
  anchors: ['akia', 'asia', 'abia', 'acca', 'secret_access_key', 'secretaccesskey'],
  find: findAwsKey,
  examples: {
    hidden: [
      ['id AKIAIOSFODNN7EXAMPLE', 'id <token>'],
      [
        'aws configure set aws_secret_access_key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
        'aws configure set aws_secret_access_key <token>',
      ],
      ['AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', '<token> <token>'],
      ['id AKIAIOSFODNN7EXAMPLE\nkey "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"\nend', 'id <token>\nkey "<token>"\nend'],
      ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY:AKIAIOSFODNN7EXAMPLE', '<token>:<token>'],
      ['AKIAIOSFODNN7EXAMPLE at 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12', '<token> at 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12'],
    ],
    kept: [
      'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      'ASIA/Tokyo',
      'akiaiosfodnn7example',
      'AKIA',
      'XAKIAIOSFODNN7EXAMPLE',
      'secret_access_key is missing',
    ],
  },
}

const idLengthMin = 16
const secretLengthMin = 30

function findAwsKey(text: string, at: number): readonly Match[] {
  if (/^secret/i.test(text.slice(at, at + 6))) return findSecret(text, at)
  if (isIn(text, at - 1, word) || !/^A(?:KIA|SIA|BIA|CCA)[A-Z2-7]/.test(text.slice(at, at + 5))) return none
  const end = runRight(text, at, letter | digit, 64)
  return end - at >= idLengthMin && /^[A-Z0-9]+$/.test(text.slice(at, end))
    ? [{ start: at, end }, ...findSecretsBeside(text, at, end)]
    : none
}

/** How far from its id a secret is looked for, to either side. */
const besideReach = 256
const secretAlone = /(?<![\w+/.-])(?=[^\s]{0,39}[a-z])(?=[^\s]{0,39}[A-Z])(?=[^\s]{0,39}\d)[A-Za-z0-9+/]{40}(?![\w+/=.-])/g

/** Secrets have 40 signs and no form of their own, but the company of an id gives them away. */
function findSecretsBeside(text: string, at: number, end: number): readonly Match[] {
  const from = Math.max(0, text.lastIndexOf('\n', at) + 1, at - besideReach)
  const lines = text
    .slice(from, end + besideReach)
    .split('\n', 2)
    .join('\n')
  return [...lines.matchAll(secretAlone)].map(({ 0: key, index }) => ({ start: from + index, end: from + index + key.length }))
}

function findSecret(text: string, at: number): readonly Match[] {
  const nameEnd = runRight(text, at, alphanumeric | word, 24)
  const start = runRight(text, nameEnd, blank, 8)
  const end = runRight(text, start, base64, 64)
  return start > nameEnd && end - start >= secretLengthMin ? [{ start, end }] : none
}
