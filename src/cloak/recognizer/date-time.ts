import { digit, foreign, isBeyondAscii, isIn, isSign, letter, runRight } from '../character.ts'
import { classSigns, letterSigns, recognizeForms } from '../formed.ts'
import { isOneOf, makeWordSet, type WordSet } from '../word-set.ts'

const months = [
  ...'january february march april june july august september october november december'.split(' '),
  ...'jan feb mar apr may jun jul aug sep sept oct nov dec januar februar märz mai juni juli oktober dezember okt dez'.split(' '),
]
const month = `(?:${months.toSorted((one, other) => other.length - one.length).join('|')})\\.?`
const day = '(?:[12]\\d|3[01]|0?[1-9])(?!\\d)'
const year = '(?:19|20)\\d{2}'
/** A time or a zone behind a date makes it the stamp of a log. */
const noStamp = '(?![T ,]{0,2}(?:at )?\\d{1,2}:\\d{2}|:\\d{2}|[ ]{1,2}[A-Z]{3,4} \\d{4}|[TZ])'
const noWeekday = '(?<!(?:mon|tue|wed|thu|fri|sat|sun)[, ]{1,2})'

const longMonth = `(?:${months.filter((name) => name.length > 4).join('|')})`
/** A time of day behind a date in words: with the word for it before or behind, never with seconds, which stamps have. */
const clock = '(?:,? (?:(?:at|um|gegen|ab) \\d{1,2}(?:[:.]\\d{2})?(?: ?(?:[ap]m|uhr))?|\\d{1,2}(?:[:.]\\d{2})? ?(?:[ap]m|uhr))(?!:?\\d))?'
const weekdays = [
  ...'monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag'.split(
    ' ',
  ),
  ...'mon tue tues wed thu thur thurs fri sat sun mo di mi do fr sa so'.split(' '),
]
/** `Thursday, `, `Mittwoch, den `. */
const weekday = `(?:(?:${weekdays.join('|')})\\.?,? (?:the |den |dem )?)`
/** `4. bis ` before the last day of some. */
const since = `(?:${day}\\.?(?: (?:bis|und|to|and|-|–) |[-–/]))?`
/** What says that the day stands alone. */
const noYear = `(?!,? ${year})`

/** The day of a product, as lists of hardware and software tell it, is none of a person. */
const noRelease =
  '(?<!(?:[Rr]elease|BIOS|[Ff]irmware|[Bb]uild|[Dd]river|[Mm]icrocode|[Kk]ernel|[Mm]anufactur(?:e|ing)|ROM) [Dd]ate[ \\t]{0,4}[:=][ \\t]{1,8})'

/** The number of a version or a chapter, at the end of a sentence. */
const noVersion = '(?<!(?:[Vv]ersion|[Rr]elease|Kapitel|Abschnitt|Punkt|Ziffer|Teil) )'

/** Dates as people write them. In figures they count behind a word (born, due, hired); with a time they are stamps of a log, which stay. */
export const dateTime = recognizeForms({
  name: 'date-time',
  type: 'DATE_TIME',
  score: 0.3,
  context: [
    ...[
      'born',
      'birth',
      'birthday',
      'birthdate',
      'dob',
      'date',
      'due',
      'hired',
      'died',
      'deceased',
      'married',
      'appointment',
      'on',
      'by',
      'since',
      'until',
      'admitted',
      'from',
      'till',
      'dated',
      'expires',
    ],
    ...[
      'geboren',
      'geburtstag',
      'geburtsdatum',
      'geb',
      'datum',
      'am',
      'fällig',
      'termin',
      'vom',
      'seit',
      'bis',
      'gestorben',
      'verheiratet',
      'zum',
      'ab',
      'den',
      'der',
    ],
  ],
  signs: [
    ...classSigns(digit),
    ...letterSigns([...months.filter((name) => /^[a-z]+$/.test(name)), ...weekdays]),
    ...letterSigns(['born in', 'geboren']),
    ...letterSigns(['m'], foreign, letter),
  ],
  mayBegin,
  forms: [
    {
      initials: 'a-z',
      pattern: new RegExp(`${weekday}?${noWeekday}${month} ${day}(?:st|nd|rd|th)?,? ${year}${clock}${noStamp}`, 'iyu'),
      score: 0.7,
    },
    {
      initials: 'a-z0-9',
      pattern: new RegExp(`${weekday}?${since}${day}(?:st|nd|rd|th|\\.)?(?: of)? ${month},? ${year}${clock}${noStamp}`, 'iyu'),
      score: 0.7,
    },
    {
      initials: 'a-z',
      pattern: new RegExp(
        `${weekday}(?:${day}\\.(?:0?[1-9]|1[0-2])\\.(?:${year})?|${day}([/.-])${day}\\1${year})${clock}${noStamp}`,
        'iyu',
      ),
      score: 0.5,
    },
    {
      initials: 'a-z',
      pattern: new RegExp(
        `${weekday}(?:${since}${day}(?:st|nd|rd|th|\\.)?(?: of)? ${month}|${month} ${day}(?:st|nd|rd|th)?)${noYear}${clock}${noStamp}`,
        'iyu',
      ),
      score: 0.5,
    },
    {
      initials: 'a-z',
      pattern: new RegExp(`${noWeekday}${longMonth} (?:${year}|${day}(?:st|nd|rd|th)?${noYear})${clock}${noStamp}`, 'iyu'),
      score: 0.5,
    },
    {
      initials: '0-9',
      pattern: new RegExp(`${since}${day}(?:st|nd|rd|th|\\.)(?: of)? ${month}${noYear}${clock}${noStamp}`, 'iyu'),
      score: 0.5,
    },
    { initials: '0-9', pattern: new RegExp(`${since}${day} ${longMonth}${noYear}${clock}${noStamp}`, 'iyu'), score: 0.5 },
    { initials: 'a-z', pattern: new RegExp(`${noWeekday}${month} ${day}(?:st|nd|rd|th)${noYear}${noStamp}`, 'iyu'), score: 0.5 },
    { initials: 'a-z', pattern: new RegExp(`${noWeekday}${month} ${day}${noYear}${noStamp}`, 'iyu'), score: 0.1 },
    { initials: '0-9', pattern: new RegExp(`${day} ${month}${noYear}${noStamp}`, 'iyu'), score: 0.1 },
    { initials: '0-9', pattern: new RegExp(`${day}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-${year}${noStamp}`, 'iyu') },
    { initials: 'a-z', pattern: new RegExp(`(?:born in|geboren) (?<value>${year})(?![-.:/]?\\d)`, 'iyu'), score: 0.5 },
    { initials: '0-9', pattern: new RegExp(`${year}([-/.])(?:0[1-9]|1[0-2])\\1(?:0[1-9]|[12]\\d|3[01])${noStamp}`, 'y'), score: 0.05 },
    { initials: '0-9', pattern: new RegExp(`${day}([/.])${day}\\1${year}${clock}${noStamp}`, 'iy'), score: 0.45 },
    { initials: '0-9', pattern: new RegExp(`${day}([/.-])${day}\\1(?:${year}|\\d{2})${noStamp}`, 'y'), score: 0.2 },
    { initials: '0-9', pattern: new RegExp(`${noVersion}${day}\\.(?:0?[1-9]|1[0-2])\\.(?!\\d)`, 'y'), score: 0.1 },
  ].map((form) => ({ ...form, pattern: new RegExp(noRelease + form.pattern.source, form.pattern.flags) })),
  examples: {
    hidden: [
      ['Born 1985-07-23 in', 'Born <DATE_TIME> in'],
      ['hired on March 3, 2020', 'hired on <DATE_TIME>'],
      ['due date 07/31/2026', 'due date <DATE_TIME>'],
      ['birthday 23.07.1985.', 'birthday <DATE_TIME>.'],
      ['geboren am 3. März 1985', 'geboren am <DATE_TIME>'],
      ['the 4th of July', 'the <DATE_TIME>'],
      ['on 12 May 2024 we met', 'on <DATE_TIME> we met'],
      ['expires on March 31, so', 'expires on <DATE_TIME>, so'],
      ['by Oct 12.', 'by <DATE_TIME>.'],
      ['from March 2019 on', 'from <DATE_TIME> on'],
      ['Termin am Mittwoch, den 14. Mai, um', 'Termin am <DATE_TIME>, um'],
      ['moved to Friday 24 April, 2.15 pm, room 3', 'moved to <DATE_TIME>, room 3'],
      ['war am 3.2. da', 'war am <DATE_TIME> da'],
      ['vom 4. bis 11. März', 'vom <DATE_TIME>'],
      ['was born in 1921 and', 'was born in <DATE_TIME> and'],
    ],
    kept: [
      '2026-11-22T11:40:42Z started',
      '2026-11-22 11:40:42 started',
      'Nov 22 11:40:42 nas7 sshd',
      'Mon Nov 30 07:52:00 UTC 2026',
      '22/Nov/2026:11:40:42 +0100',
      'tool 2026.11.22',
      'released 2026-11-22',
      'Release Date: 04/01/2014',
      'BIOS Date: 12/06/2019',
      'version 1.2.20',
      'you may 3 times',
      'March on',
      'Monday, 2 March 2026 08:01:12',
      'Nov 22, 2026 11:40:42 AM org.apache',
      'version 3.2. is out',
      'in den Hinweisen zur Version 5.4.',
    ],
  },
})

/** A day or a year with what goes on behind it, or the name of a month or weekday. */
function mayBegin(text: string, at: number): boolean {
  return isIn(text, at, digit) ? mayBeFigures(text, at) : mayBeNamed(text, at)
}

const yearLength = 4

/** Matches `3. März`, `3.2.`, `12 May`, `2026-11`, `4th`; must not match `12 files`, `123`, `12:30`, `10.0.0.5`, `12ms`. */
function mayBeFigures(text: string, at: number): boolean {
  const end = runRight(text, at, digit, yearLength + 1)
  if (end - at === yearLength) return isSign(text, end, '-/.')
  if (end - at > 2) return false
  if (isSign(text, end, '.') && isIn(text, end + 1, digit)) return mayBeMonthNumber(text, end + 1)
  if (!isSign(text, end, ' ')) return isSign(text, end, './-sSnNrRtT') || isBeyondAscii(text, end)
  return isSign(text, end + 1, '-') || isBeyondAscii(text, end + 1) || isWord(text, end + 1, behindDay)
}

/** The number of a month behind the dot of a day, and then nothing or a year: matches `2.`, `07.1985`, `7.85`; must not match `0.0.5`, `168.1`. */
function mayBeMonthNumber(text: string, at: number): boolean {
  const end = runRight(text, at, digit, 3)
  if (end - at > 2 || !isSign(text, end, '.')) return false
  const digits = runRight(text, end + 1, digit, yearLength + 1) - end - 1
  return digits === 0 || digits === 2 || digits === yearLength
}

const wordReach = 24
const named = makeWordSet([...months, ...weekdays, 'born', 'geboren'])
const behindDay = makeWordSet([...months, 'of', 'bis', 'und', 'to', 'and'])

/** Whether a word of the set stands here, or one with letters beyond ASCII, which may be another way to write it. */
function isWord(text: string, at: number, words: WordSet): boolean {
  const end = runRight(text, at, letter, wordReach)
  return isBeyondAscii(text, end) || isOneOf(words, text, at, end)
}

/** Matches `May 3`, `Mon, the 4th`, `born in`; must not match `May we`, `so that`. */
function mayBeNamed(text: string, at: number): boolean {
  if (!isWord(text, at, named)) return false
  let end = runRight(text, at, letter, wordReach)
  if (isBeyondAscii(text, end)) return true
  while (isSign(text, end, '.,')) end += 1
  if (!isSign(text, end, ' ')) return false
  return isIn(text, end + 1, digit) || isWord(text, end + 1, behindName)
}
const behindName = makeWordSet([...months, 'the', 'den', 'dem', 'in'])
