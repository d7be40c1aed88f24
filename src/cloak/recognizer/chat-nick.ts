import { alphanumeric, digit, isIn, letter, underscore } from '../character.ts'
import { lineStart } from '../line.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isNobody } from '../user-name.ts'

/** Nicks of chats: before what they say in the lines of a log, which begin with a time, in masks (`nick!user@host`), and of who comes and goes. */
export const chatNick: Recognizer = {
  name: 'chat-nick',
  type: 'USERNAME',
  label: '<user>',
  otherLabels: ['<host>'],
  anchors: ['] <', ' has joined ', ' has left ', ' has quit ', ' is now known as '],
  signs: [
    { sign: ' <', before: digit, after: [] },
    { sign: '!', before: alphanumeric | underscore, after: [letter] },
    { sign: '!~', after: [alphanumeric | underscore] },
  ],
  find: findChatNick,
  examples: {
    hidden: [
      ['[12:34] <nightowl> hi there', '[12:34] <<user>> hi there'],
      ['12:34:56 <@max_k> hi', '12:34:56 <@<user>> hi'],
      ['[2026-11-22 12:34:56] < max|away> ok', '[2026-11-22 12:34:56] < <user>> ok'],
      ['2026-11-22T12:34:56 <nightowl> once again', '2026-11-22T12:34:56 <<user>> once again'],
      ['nightowl!~jo@dsl-7.example.net', '<user>!~<email>'],
      [':nightowl!jo@10.0.0.5 PRIVMSG #x :hi', ':<user>!<user>@<ipv4> PRIVMSG #x :hi'],
      ['nightowl!~jo@gateway/web/x', '<user>!~<user>@<host>/web/x'],
      ['-!- nightowl [~jo@10.0.0.5] has joined #x', '-!- <user> [~<user>@<ipv4>] has joined #x'],
      ['12:01 * nightowl has quit (Ping timeout)', '12:01 * <user> has quit (Ping timeout)'],
      ['--> nightowl has joined #x', '--> <user> has joined #x'],
      ['*** nightowl is now known as owl_away', '*** <user> is now known as <user>'],
    ],
    kept: [
      '<nick> text',
      'cp <source> <target>',
      '[1/3] <none> <none> 12 MB',
      '[12:34] <b>bold</b>',
      '12:34 <- 10 bytes',
      '[2026-11-22T12:34:56,211] <launcher> INFO  up',
      'style-loader!css-loader@6.7.1',
      'vue-loader!vue@next',
      'Hello!World',
      'if (!user@host)',
      'the group has joined forces',
      '* the node has left the cluster',
      '* server has quit (x)',
    ],
  },
}

const nick = '[\\p{L}_\\[\\]{}\\\\`^|][\\p{L}\\p{N}_\\[\\]{}\\\\`^|.-]{0,30}'
const time = '\\d{1,2}:\\d\\d(?::\\d\\d(?:[.,]\\d{1,6})?)?'
/** What begins a line before a nick that says something. */
const spokenBefore = new RegExp(`^[\\[(]?(?:\\d{4}-\\d\\d-\\d\\d[T ])?${time}[\\])]?[ \\t]{1,4}$`, 'u')
const spoken = new RegExp(`<[ @+%~&]?(${nick})>(?=[ \\t]\\S)(?![ \\t]{1,4}(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL)\\b)`, 'duy')
/** What tells that somebody comes, goes or is called otherwise. */
const moved = new RegExp(`(?:^|[\\s\\])])(?:-!-|\\*{1,3}|-->|<--|→|←)[ \\t]{1,4}(${nick})(?: [\\[(][^\\n]{1,160}[\\])])?$`, 'du')
const renamed = new RegExp(` is now known as (${nick})(?=[ \\t]*(?:\\n|$))`, 'duy')
const masked = new RegExp(`(${nick})$`, 'du')
/** A host in a mask has dots or slashes and is no version. */
const mask = /!~?([\w.-]{1,32})@(?:(?:[a-z][\w-]{0,62}(?:\/|\.(?=[\w-]))|\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{1,4}:)|<\w{1,12}>)/diy
const cloakedHost = /[a-z][\w-]{0,62}(?=\/)/iy
const words = /^(?:the|a|an|it|he|she|who|and|user|node|server|peer|client|member|none|process|host|group|team|system)$/i
const reach = 240

function findChatNick(text: string, at: number): readonly Match[] {
  if (text[at] === '!') return findMask(text, at)
  if (text.startsWith(' <', at) && !isIn(text, at - 1, digit)) return none // Behind a bracket it is found from there.
  const from = lineStart(text, at, Math.max(0, at - reach))
  if (text[at + 1] === '<' || text[at + 2] === '<') {
    const open = text.indexOf('<', at)
    if (!spokenBefore.test(text.slice(from, open))) return none
    return placeOf(text, spoken, open)
  }
  const before = moved.exec(text.slice(from, at))?.indices?.[1]
  if (before === undefined || isNone(text, from + before[0], from + before[1])) return none
  return [{ start: from + before[0], end: from + before[1] }, ...placeOf(text, renamed, at)]
}

function placeOf(text: string, pattern: RegExp, at: number): readonly Match[] {
  pattern.lastIndex = at
  const place = pattern.exec(text)?.indices?.[1]
  return place === undefined || isNone(text, ...place) ? none : [{ start: place[0], end: place[1] }]
}

function isNone(text: string, start: number, end: number): boolean {
  return words.test(text.slice(start, end)) || isNobody(text, start, end)
}

function findMask(text: string, at: number): readonly Match[] {
  mask.lastIndex = at
  const found = mask.exec(text)
  const user = found?.indices?.[1]
  const from = Math.max(0, at - 32)
  const owner = masked.exec(text.slice(from, at))?.indices?.[1]
  if (user === undefined || owner === undefined) return none
  const before = text[from + owner[0] - 1] ?? ' '
  if (!/[\s:([<,*]/.test(before)) return none
  cloakedHost.lastIndex = user[1] + 1
  const host = cloakedHost.exec(text)?.[0]
  return [
    { start: from + owner[0], end: from + owner[1] },
    { start: user[0], end: user[1] },
    ...(host === undefined ? none : [{ start: user[1] + 1, end: user[1] + 1 + host.length, label: '<host>', type: 'HOSTNAME' } as const]),
  ]
}
