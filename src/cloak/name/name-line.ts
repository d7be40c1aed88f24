import { type Label, labelsOf } from './label.ts'
import { type Token, tokensOf } from './token.ts'
import type { Language } from './word-kind.ts'
import { wordSet } from './word-set.ts'

/** One line of a text with what stands in it. */
export type NameLine = {
  readonly text: string
  /** Its place in the whole text. */
  readonly start: number
  readonly tokens: readonly Token[]
  /** By the token that the value of each begins with. */
  readonly labels: ReadonlyMap<number, Label>
  /** Whether people wrote it for people; in what machines write for themselves a name needs a stronger sign. */
  readonly isProse: boolean
  /** What its small words say. */
  readonly language: Language
  /** Whether the line before closes a letter, so that this one is signed. */
  readonly isSigned: boolean
  /** Whether it is the last of a text or of one that others are quoted below, apart from what stands above. */
  readonly isLast: boolean
  /** Whether it is an entry below a label of people: `Gäste:`. */
  readonly isListed: boolean
}

/** What the lines around say of one. */
export type Surroundings = Pick<NameLine, 'isSigned' | 'isLast' | 'isListed'>

/** Time and speaker marks of chats, which stand before prose. */
export const chatTime = /^\s*(?:>\s*)*[[(]?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4},? )?\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?[\])]?\s*[-–<]?\s*/i
/** What machines begin lines with: full times, levels, prompts, markers of traces, comments of code. */
const machineStart =
  /^\s*(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d|\[ *\d+\.\d+\]|(?:\+{1,3}|\$|#|%|>>>) |(?:[\w.-]+@[\w.-]+[:~][^$#]*[$#])|at (?:async )?[\w.<>$/]+ ?[([]|File "|Traceback|(?:Get|Hit|Ign|Err|Fetched|Unpacking|Setting up|Preparing|Selecting|Processing):?\s|(?:INFO|WARN(?:ING)?|ERROR|DEBUG|FATAL|TRACE|E|W):?\s|level=|\d{1,3}(?:\.\d{1,3}){3} - )/

/** Of a comment, which people write: `# Bei Ausfall Enno anrufen`; a command behind the prompt of root begins small. */
const comment = /^\s*(?:#+|\/\/|;+|--|\*|<!--) (?=[\p{Lu}„])/u
const machineSign = /[={}<>|\\;`$@\][_~^*]|\/\w|\w\/|--\w|::|&&/g
const proseWords =
  wordSet(`the and of to is was are were with for that this have has had will you your we our i my he she they it not but from in on at by as be an a
  der die das und ist war sind mit fur von zu ein eine einen ich wir sie er es nicht aber auf im am bei hat haben wird bitte danke dem den des auch noch
  zwischen nach aus uber durch gegen ohne wenn dann weil dass als wie war ja nein kein keine between about after before because when than then just so if or no yes who what where there here can could would should do does did
  please thanks thank hi hello dear regards sincerely hallo liebe lieber geehrte geehrter gruss grusse me him her us his their uns mir ihm ihr ihre mein meine seine dear`)
const proseWordsMin = 2
/** Signs of machines that one word of prose outweighs. */
const machineSignsOfWord = 0.2

/** Reads one line that begins at `start` of the whole text. */
export function readNameLine(text: string, start: number, surroundings: Surroundings): NameLine {
  const tokens = tokensOf(text, start)
  return { text, start, tokens, labels: labelsOf(tokens), isProse: isProse(text, tokens), language: languageOf(tokens), ...surroundings }
}

const englishWords = wordSet(
  'the and of to is was are were with for that this have has had will you your we our my she he they it but not from on at by as be a please thanks her his their him them who would can',
)
const germanWords = wordSet(
  'der die das und ist sind mit fur von zu ein eine einen ich wir sie er es nicht aber auf im bei hat haben wird bitte dem den des auch noch aus am zum zur ihr ihre uns',
)

function languageOf(tokens: readonly Token[]): Language {
  let english = 0
  let german = 0
  for (const { folded, kind } of tokens) {
    if (kind !== 'word') continue
    if (englishWords.has(folded)) english += 1
    if (germanWords.has(folded)) german += 1
  }
  return english === german ? 'unknown' : english > german ? 'en' : 'de'
}

function isProse(text: string, tokens: readonly Token[]): boolean {
  const said = text.replace(chatTime, '').replace(comment, '')
  if (machineStart.test(said)) return false
  let words = 0
  let small = 0
  for (const { kind, folded } of tokens) {
    if (kind !== 'word') continue
    words += 1
    if (proseWords.has(folded)) small += 1
  }
  if (words === 0) return false
  const signs = said.match(machineSign)?.length ?? 0
  if (signs === 0 && (small > 0 || /^[\p{Lu}\d"'„(>-]/u.test(said.trimStart()))) return true
  return small > 0 && small >= Math.min(proseWordsMin, words / 4) && signs <= Math.max(2, words * machineSignsOfWord)
}
