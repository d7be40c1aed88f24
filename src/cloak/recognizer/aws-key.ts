import { alphanumeric, base64, blank, digit, isIn, letter, runRight, word } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Access key ids of AWS, and its secret keys where the name of the setting stands before them without a sign (`aws configure set …`). */
export const awsKey: Recognizer = {
  name: 'aws-key',
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
    ],
    kept: ['ASIA/Tokyo', 'akiaiosfodnn7example', 'AKIA', 'XAKIAIOSFODNN7EXAMPLE', 'secret_access_key is missing'],
  },
}

const idLengthMin = 16
const secretLengthMin = 30

function findAwsKey(text: string, at: number): readonly Match[] {
  if (/^secret/i.test(text.slice(at, at + 6))) return findSecret(text, at)
  if (isIn(text, at - 1, word) || !/^A(?:KIA|SIA|BIA|CCA)[A-Z2-7]/.test(text.slice(at, at + 5))) return none
  const end = runRight(text, at, letter | digit, 64)
  return end - at >= idLengthMin && /^[A-Z0-9]+$/.test(text.slice(at, end)) ? [{ start: at, end }] : none
}

function findSecret(text: string, at: number): readonly Match[] {
  const nameEnd = runRight(text, at, alphanumeric | word, 24)
  const start = runRight(text, nameEnd, blank, 8)
  const end = runRight(text, start, base64, 64)
  return start > nameEnd && end - start >= secretLengthMin ? [{ start, end }] : none
}
