import type { Form, Verdict } from './formed.ts'

/** What makes a noun one of a number: matches `invoice no.`, `Kunden-Nr.`, `customerNumber`, `booking ref`. */
const numberWord = '(?:s|en|n)?[ _-]?(?:number|num(?:mer|mber)?|no|nr|n°|id|ident(?:ifier)?|ref(?:erence|erenz)?|code|#)(?![a-zäöüß])\\.?'
/** Whose it is, in brackets or up to four words: matches ` (US)`, ` of the traveller`. */
const whose =
  '(?: \\([^()\\n]{1,24}\\))?(?: (?!of (?:bytes|rows|lines|items|files|pages|records|requests|retries|attempts|connections|threads)\\b)(?:of|for|from|with|at|is for|des|der|von|vom|für|bei|im|beim) (?:[\\p{L}.-]{1,24} ){0,3}[\\p{L}.-]{1,24}(?: \\([^()\\n]{1,24}\\))?)?'
/** What stands before the value: matches `: `, ` is `, `" => "`, ` lautet `, ` #`. */
const separator =
  '(?:\\\\?["\'])?(?:[ \\t]{0,8}(?:=>|->|[:=#|]|>)|[ \\t]{1,3}(?:is(?: now)?|are|was|ist|lautet|lauten|war|ending in|endend auf)(?![a-z]):?)?[ \\t]{0,4}(?:\\\\?["\'“„»#])?'
const assignment = '(?:\\\\?["\'])?[ \\t]{0,4}(?:=>|[:=#>])[ \\t]{0,4}(?:\\\\?["\'“„»#])?'

/** Letters and digits with single signs between, and further groups of digits: matches `RX1-558204`, `VIS/25/009914`, `HH 2291 8812`. */
const chunk = '[A-Za-z0-9]{1,24}(?:[./_–-][A-Za-z0-9]{1,24}){0,5}'
const groups = '(?: (?:\\d{2,12}|[A-Z]{1,2}(?= \\d))(?![\\w%€$]|[.,:/]\\d|[ \\t]?(?:EUR|Euro|€|MB|GB|kB|kWh|ms|bytes)\\b)){0,5}'
const numbered = `(?<value>(?=[A-Za-z./_–-]{0,12} ?\\d)(?:[A-Z]{1,5} (?=\\d))?${chunk}${groups})`
const assigned = `(?<value>(?=[A-Za-z./_–-]{0,12}\\d)${chunk}${groups})`
/** Behind a blank alone only what no sentence goes on with: capitals and digits mixed, digits with signs between, or many of them. */
const bare = `(?<value>(?=[A-Z./-]{0,12}\\d)(?:(?=[A-Z\\d./-]{0,24}[A-Z])[A-Z\\d]{1,20}(?:[./-][A-Z\\d]{1,20}){0,5}|\\d{1,8}(?:[/-][A-Z\\d]{1,12}){1,4}|\\d{6,20}(?! ?(?:[a-z]+s\\b|[kMG]i?B\\b|ms\\b|%)))(?![\\w]))`

/** Nouns, in lower case, each with how it may go on. */
export type Nouns = readonly string[]

/** Numbers behind one of the nouns: with a word for number, behind a colon, or, where the noun has `bare`, behind a blank. */
export function labelledNumbers(nouns: Nouns, bareNouns: Nouns): readonly Form[] {
  return [
    {
      initials: initialsOf(nouns),
      pattern: new RegExp(`(?i:(?:${nouns.join('|')})${numberWord}${whose}${separator})${numbered}`, 'uy'),
      judge: judgeNumbered,
      isLabelled: true,
    },
    { initials: initialsOf(nouns), pattern: new RegExp(`(?i:(?:${nouns.join('|')})${assignment})${assigned}`, 'uy'), judge: judgeAssigned },
    { initials: initialsOf(bareNouns), pattern: new RegExp(`(?i:(?:${bareNouns.join('|')})[ \\t]{1,3})${bare}`, 'uy'), judge: judgeBare },
  ]
}

function initialsOf(nouns: Nouns): string {
  const initials = nouns.map((noun) => noun.replace(/^\(\?<[^)]*\)/, '').charAt(0))
  return [...new Set(initials.flatMap((initial) => [initial, initial.toUpperCase()]))].join('')
}

/** Days, times, amounts, versions and addresses are numbers of nothing: matches `12.05.2024`, `2024-05-12`, `49,90`, `1.24.3`, `14:30`, `0x1f`. */
const other =
  /^(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})|(?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2}.*)?|(?:19|20)\d\d|\d+[.,]\d{2}|v?\d{1,3}(?:\.\d{1,4}){1,3}(?:-.*)?|0x.*|[\da-f]{8}-[\da-f]{4}-.*)$/i
const fileOrPath = /\.(?:[a-z]{2,4}|gz|7z)$|^[a-z]+\/[a-z]/
const wordBefore = /^[a-z]{2,}[-_/]?\d{0,2}$/

function judgeNumbered(value: string): Verdict {
  return digitsIn(value) >= 3 && !isOther(value)
    ? 'likely'
    : digitsIn(value) >= 2 && /[A-Z]/.test(value) && !isOther(value)
      ? 'likely'
      : 'no'
}

function judgeAssigned(value: string): Verdict {
  if (isOther(value)) return 'no'
  return digitsIn(value) >= 4 || (digitsIn(value) >= 2 && /[A-Z].*[-/]|[-/].*[A-Z]/.test(value)) ? 'likely' : 'no'
}

function judgeBare(value: string): Verdict {
  const isLong = value.length >= 8 && /^(?=.*[A-Z])[A-Z\d]+$/.test(value)
  return digitsIn(value) >= (isLong ? 2 : 3) && value.length >= 5 && !isOther(value) ? 'likely' : 'no'
}

function isOther(value: string): boolean {
  return other.test(value) || fileOrPath.test(value) || wordBefore.test(value)
}

function digitsIn(value: string): number {
  return value.replace(/\D/g, '').length
}
