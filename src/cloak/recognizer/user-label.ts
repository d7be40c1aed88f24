import { blank, dot, hyphen, isIn, isSign, letter, underscore } from '../character.ts'
import { isReference } from '../code-reference.ts'
import { endAt, groupByInitial, matchesAt, patternsAt } from '../pattern.ts'
import { isInPlaceholder } from '../placeholder.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { beginsSetting } from '../setting-name.ts'
import { isNobody, userNameEnd } from '../user-name.ts'
import { isWordAt } from '../word-set.ts'
import { userLabelExamples } from './user-label-examples.ts'

/** User names behind a label: `USER=`, `username:`, `for user x`, the names that `id` prints. Accounts that systems come with stay. */
export const userLabel: Recognizer = {
  name: 'user-label',
  type: 'USERNAME',
  isWeighed: true,
  label: '<user>',
  anchors: [
    ...['user', 'logname', 'login', 'uid=', 'gid=', 'groups=', ' for ', 'owner', 'account', 'log in as ', 'logged in as', 'logging in as '],
    ...['benutzer', 'utilisateur', 'usuario', 'role ', 'acct=', 'uid ', 'group ', 'wort f'],
    ...['anmeldename', 'nutzername', 'nutzer:', 'nutzer=', 'kennung:', 'samaccountname', 'memberuid'],
  ],
  find: findUserLabel,
  examples: userLabelExamples,
}

/** For short fields: only what is set by name, or printed by `id`. */
export const userLabelOfField: Recognizer = {
  ...userLabel,
  anchors: ['user=', 'user:', 'username', 'user_name', 'uid=', 'gid=', 'groups=', 'logname'],
}

/** A sign of a name, letters beyond ASCII included, and the domain of Windows that may stand before one. */
const sign = '[\\w.\\u00c0-\\u1fff-]'
const quote = '["\'‘`»«„]'
const closingQuote = '["\'’`»«“]'
const domain = '(?:[A-Z][A-Z0-9.-]{1,31}\\\\{1,2}(?![nrt]))?'
const whoIs = [
  '\\([\\d<]|created|added|removed|deleted|has (?:been|logged|signed|connected|disconnected|joined|left) |was |not in |denied|refused|rejected|failed|(?:is )?now |already exists|does not exist|not found|from |is (?:not|already|locked|disabled)|may not |can ?not |has no ',
  'logged (?:in|out)|signed in|authenticated|connected|disconnected',
].join('|')

const assigned =
  /(?:user(?:[_ -]?(?:name|id))?|(?:be)?nutzer(?:name|kennung)?|anmeldename|kennung|samaccountname|memberuid|utilisateur|usuario|logname|(?<!last )login(?:[_ -]?name)?|owner|account(?:[_ ](?:name|id))?|acct)\\?["']?[ \t]{0,8}(?:=>|[=:])[ \t]{0,8}(?:\\?["'<])?(?=[^\s:=])/iy
const quoted = new RegExp(
  `(?:user|benutzer|utilisateur|usuario)[ \\t]+${quote}[ \\u00a0]?(?=${domain}${sign}{1,64}[ \\u00a0]?(?:${closingQuote}|$))`,
  'iy',
)
/** `Benutzername max, Passwort x`. */
const beforePassword = /(?:user|benutzer)(?:name)?[ \t]{1,4}(?=[\w.@-]{1,64}(?:,| \/)? (?:and |und )?(?:passwor[dt]|kennwort|pw|pass)\b)/iy
const option =
  /(?<=[\s"'`]-{1,2}(?:[a-z][\w-]{0,32}-|ci))user(?:[_-]?name)?(?:=|[ \t]{1,4})["']?|(?<=[\s"'`]--)user(?:name[ \t]{1,4}|[_-]name[ \t]{1,4})["']?/iy

/** What `user` may label, by what stands behind the word: a blank. */
const behindBlank = [
  assigned,
  quoted,
  new RegExp(`user[ \\t]+(?=${sign}{1,64}(?:\\(uid|@| (?:${whoIs})))`, 'iy'),
  new RegExp(`user[ \\t]+${quote}(?=${sign}{1,64}${closingQuote}(?:\\(uid|@| (?:${whoIs})))`, 'iy'),
  beforePassword,
  option,
  /(?<=[ \t]--)(?<!(?:pip3?|systemctl|journalctl|flatpak|gem|busctl|systemd-run|chown)[ \t][^\n]{0,200})user[ \t]{1,4}["']?/iy,
  /(?<=session \S{1,16} of )user (?=[\w.-]{1,64}\.?(?:\s|$))/iy,
  /user (?=[A-Z][A-Z0-9.-]{1,31}\\[\w.-]{1,64}[ \t(])/y,
  /(?<=(?:create|alter|drop)[ \t]{1,4})user[ \t]{1,4}(?:if (?:not )?exists )?["'`]?(?=[\w.-])/iy,
  /(?<=\n[ \t]{1,8})User[ \t]{1,4}(?=[\w.-]{1,64}[ \t]{0,4}(?:\n|$))/y,
  /(?<=\()user (?=[\w.-]{1,64}\) pam_)/y,
]
/** The same behind a word for what the user is refused or has: `invalid user max 10.0.0.5`, `password for user max`. */
const behindWord = [
  /(?<=session (?:opened|closed) for )user (?=[\w.-]{1,64}(?:\s|$|\())/iy,
  /(?<=(?:add(?:ed|ing)|creat(?:ed|ing)|delet(?:ed|ing)|remov(?:ed|ing)|new|mail|ftp|ssh|vpn|remote|local|system|service|database) )user (?=[\w.-]{1,64}(?:\.{0,3}[ \t]*(?:\n|$)|[.,;:] | to group| in group| with | \(\d))/iy,
  /(?<=(?:as|by|for|of|from) )user (?=[a-z][a-z.-]{0,24}[\d_.][\w.-]{0,32}(?:\s|[.,;:]|$))/iy,
  /(?<=(?:backup|restore|session|quota|exceeded|login|logins|log-in|sign-in|failed|failure|succeeded|successful|denied|refused|rejected|granted|revoked|created|deleted|finished|completed|started|locked|unlocked|expired|reset|changed|key|token|mailbox|home|job|jobs|crontab|process|processes|password) for )user (?!(?:input|data|content|contents|space|experience|interaction|reasons|tasks|scripts|sessions|jobs|processes|programs|services|units|code|preferences|action|actions|consent|approval|review|groups|roles|agents?|names?|ids?)\b)["'`]?(?=[a-z][\w.-]{1,64}["'`]?(?:[.,;:)]|[ \t]*(?:\n|$)| (?:finished|failed|succeeded|completed|started|from|on|at|with|is|was|has)\b))/iy,
  /(?<=match )user (?=[\w.-]{1,64}[ \t]*(?:\n|$))/iy,
  ...behindBlank,
  /(?<=(?:invalid|illegal|authenticating) )user (?=[\w.@-]{1,64} [\d<][\d.a-f:]|[\w.@-]{1,64} [a-f][\da-f]{0,3}:)/iy,
  /(?<=(?:password|passwd|crontab|quota|mailbox|authorization|authentication|keys) (?:for|of) )user (?=[\w.-]{1,64}(?:\+{3}|[.,:;]|[ \t]{0,4}(?:\n|$|\.{3})| (?:denied|failed|is|has|was|at|on|to)\b))/iy,
]
/** A letter or a sign that goes on with the word: `username`, `user_id`, `userdel`. */
const goingOn = [
  assigned,
  option,
  /username" value="|username>(?=[\w.@-]{1,64}<\/)/iy,
  /(?<=(?:^|\n))username[ \t]{1,4}(?=[\w.-]{1,64}[ \t](?:privilege|password|secret)\b)/y,
  beforePassword,
  /user(?:mod|add|del)(?:[ \t]{1,4}-[^\s|;&]{1,128}(?:[ \t]{1,4}[^\s|;&-][^\s|;&]{0,127})?){0,12}[ \t]{1,4}(?=[a-z_][\w.-]{0,31}[ \t]{0,4}(?:[\n;&|]|$))/y,
]
/** Any other sign: `user=`, `user":`, `user/`. */
const behindSign = [
  assigned,
  option,
  /user"[ \t]?:[ \t]?\{[ \t\n]{0,16}"name"[ \t]?:[ \t]?"/iy,
  /(?<=define\([ \t]?["']\w{0,40})user["'],[ \t]{0,4}["']|user" value="|user>(?=[\w.@-]{1,64}<\/)/iy,
  /(?<=arn:aws[\w-]{0,16}:iam::\d{0,16}:)user\//y,
]

const labels = groupByInitial([
  ['uloabmnsk', assigned],
  ['bu', quoted],
  ['b', beforePassword],
  ['r', /(?<=(?:create|alter|drop)[ \t]{1,4})role[ \t]{1,4}(?:if (?:not )?exists )?["'`]?(?=[\w.-])/iy],
  [
    ' ',
    /(?<=(?:log-?[io]n|authentication|auth|sign-?in) (?:successful|succeeded|failed|failure|attempt|denied|rejected)) for (?:user )?["'`]?(?=[\w.-]{1,64}(?:["'`.,;]|:(?!\/)|[ \t]*(?:\n|$)| (?:from|on|at|via|in|\()))/iy,
  ],
  ['r', /role "(?=[\w.-]{1,64}" (?:already|does|is not|cannot))/iy],
  ['u', /uid=(?=[a-z_][\w.-]{0,63},(?:ou|dc|cn|o)=)/iy],
  ['g', new RegExp(`(?<=new )group ${quote}(?=${sign}{1,64}${closingQuote} \\()`, 'iy')],
  ['bu', /(?:benutzer|user)(?:name)?\?[ \t]{1,4}(?=[\w.-]{1,64}[ \t]{0,4}(?:\n|$))/iy],
  ['l', /login[ \t]{1,8}(?=[\w.@-]{1,64}\s{1,16}password[ \t])/iy],
  ['l', /login failed: (?=[\w.\u00c0-\u1fff-]{1,64} \()/iy],
  [' ', /(?<=credentials) for ["'`](?=[\w.-]{1,64}["'`])/iy],
  [' ', new RegExp(` for (?:invalid )?(?:user )?${quote}?(?=${sign}{1,64}${closingQuote}?(?:\\(uid| from [\\d<]| from$|['"’]@))`, 'iy')],
  [' ', /(?<=passw(?:or)?[dt]|passphrase) for (?:user )?["'‘`]?(?=[\w.-]+(?:@[\w.-]+)?["'’`]?:)/iy],
  ['w', /(?<=pass|kenn)wort f(?:ü|ue)r [»„"']?(?=[\w.-]{1,64}[«“"']?:)/iy],
  ['l', /log(?:in|ged in|ging in| in)[ \t]as:?[ \t]+(?:user[ \t]+)?["'‘`]?/iy],
  ['ug', /(?:(?:[ug]id|groups)=|uid )\d{1,10} ?\(/y],
])

function findUserLabel(text: string, at: number): readonly Match[] {
  if (isIn(text, at - 1, letter) && !isIn(text, at, blank) && !isSign(text, at, 'w') && !beginsWord(text, at)) return none
  for (const label of labelsAt(text, at)) {
    const start = endAt(label, text, at)
    if (start < 0) continue
    const end = encodedEnd(text, userNameEnd(text, start))
    if (
      end > start &&
      !isNobody(text, start, end) &&
      !isInPlaceholder(text, start, end) &&
      !isCodeOrPath(text, end) &&
      !matchesAt(body, text, end) &&
      !isReference(text, start, end) &&
      !isSpeech(text, start, end)
    )
      return withGroup(text, start, end)
  }
  return none
}

/** The labels that may begin at an anchor; those of `user`, which nearly all texts have, by what stands behind the word. */
function labelsAt(text: string, at: number): readonly RegExp[] {
  if (!isSign(text, at, 'uU') || !isWordAt(text, at, 'user')) return patternsAt(labels, text, at)
  const behind = at + 'user'.length
  if (isIn(text, behind, blank))
    return isOfSentence(text, behind + 1) ? nothing : !isSign(text, at - 2, '-=:') && isIn(text, at - 2, letter) ? behindWord : behindBlank
  if (isIn(text, behind, letter | underscore | hyphen)) return isSign(text, behind, 'nNiI_-mad') ? goingOn : nothing
  return isIn(text, behind, dot) ? nothing : behindSign
}
const nothing: readonly RegExp[] = []

/** `user input`, `user not found`: nearly all that text says of users. */
function isOfSentence(text: string, start: number): boolean {
  if (!isIn(text, start, letter)) return false
  const end = userNameEnd(text, start)
  return isNobody(text, start, end) && !/^(?:name|id)$/i.test(text.slice(start, end))
}

/** Whether a capital goes on behind small letters in a setting (`SmtpUser=`), not in code (`type PartialUser = `), or the label is that of cloud-init (`-ciuser`). */
function beginsWord(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 3), at + 1)
  return before === '-ciu' || beginsSetting(text, at) || (/[a-z][A-Z]$/.test(before) && matchesAt(setting, text, at))
}

const setting = /user(?:name)?(?:=\S|" value=)/iy

/** A name in base64, as secrets of Kubernetes have it, and an account of a machine in Windows: matches `bWF4==`, `PC-MAX$`. */
const tail = /(?:={1,2}|\$)(?=["']?(?:\s|$))/y

function encodedEnd(text: string, end: number): number {
  return endAt(tail, text, end, end)
}

/** What somebody says to an assistant, behind `user: `: a plain word, and the sentence goes on. */
const speech =
  /[ ,](?! ?(?:logged|is|was|has|had|failed|not|from|at|on|to|in|with|via|by|for|and|pass|pw|pwd|password|passwd|passwort|kennwort|locked|added|created|deleted|removed|denied|connected|disconnected|uid|gid|ip|host|role|group|does|already|may|can|of|session|login|authenticated|ist|wurde|hat|und|oder|mit|von|aus|auf|für)\b)[ ]?[\p{Ll}']{1,20}(?:[ ,.?!]|$)/uy

function isSpeech(text: string, start: number, end: number): boolean {
  return (
    /^\p{L}+$/u.test(text.slice(start, end)) &&
    /(?:^|\n)user: $/i.test(text.slice(Math.max(0, start - 7), start)) &&
    matchesAt(speech, text, end)
  )
}

/** `chown jo:jo` names the person's own group too. */
function withGroup(text: string, start: number, end: number): readonly Match[] {
  const group = `:${text.slice(start, end)}`
  return text.startsWith(group, end)
    ? [
        { start, end },
        { start: end + 1, end: end + group.length },
      ]
    : [{ start, end }]
}

/** What goes on behind the first word of a company or an authority: matches ` University`, ` Logistik GmbH`; must not match ` of the group`. */
const body =
  /(?: [A-Z&][\p{L}&.-]{0,40}){0,4} (?:Universit(?:y|ät)|Institut(?:e|ion)?|Foundation|Stiftung|Corporation|Corp|Company|Inc|LLC|Ltd|Limited|GmbH|AG|SE|e\.V|College|Hochschule|Ministry|Agency|Authority)(?![\p{L}\d])/uy

function isCodeOrPath(text: string, end: number): boolean {
  if (isSign(text, end, '=') || text.startsWith(':aws', end)) return true
  return isSign(text, end, '/') || (isSign(text, end, '(') && !text.startsWith('(uid', end))
}
