import { endAt, groupByInitial, patternsAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isNobody, userNameEnd } from '../user-name.ts'

/** Users whom people tell or call, and whom commands answer with: `Benutzername lautet x`, `service account "x"`, `cc @x`, `whoami`. */
export const toldUser: Recognizer = {
  name: 'told-user',
  type: 'USERNAME',
  isWeighed: true,
  label: '<user>',
  anchors: [
    ...['username ', 'user name ', 'nutzername ', 'login ', 'anmeldename ', 'kennung ', 'rzel ', 'handle '],
    ...['account "', "account '", 'account `', 'konto '],
    ...[
      'whoami\n',
      'logname\n',
      'id -un\n',
      '$user\n',
      'gkr-pam',
      'user: name=',
      "add '",
      'changed for ',
      'initially as user ',
      'su ',
      'client config',
      'client profile',
      'th group ',
    ],
    ...[
      'ping @',
      'cc @',
      'hey @',
      'hi @',
      'hallo @',
      'thanks @',
      'thx @',
      'danke @',
      'by @',
      'von @',
      'ask @',
      'frag @',
      'from @',
      '<sip:',
      '"sip:',
      '"\\" <sip:',
    ],
    ...['smbpasswd -', 'pdbedit ', 'user:add ', 'user:resetpassword ', '-localuser ', 'chage ', 'passwd -', 'pveum '],
  ],
  find: findToldUser,
  examples: {
    hidden: [
      ['Ihr Benutzername lautet dettmer_k, das', 'Ihr Benutzername lautet <user>, das'],
      ['Benutzername bleibt hofladen.', 'Benutzername bleibt <user>.'],
      ['your login is "hofladen"', 'your login is "<user>"'],
      ['username will be max7.', 'username will be <user>.'],
      ['mit Ihrem Kürzel (bkra) an', 'mit Ihrem Kürzel (<user>) an'],
      ['with your username (bkra)', 'with your username (<user>)'],
      ['the service account "svc-print" expires', 'the service account "<user>" expires'],
      ['das Konto »hofladen« ist', 'das Konto »<user>« ist'],
      ['useradd[1]: new user: name=max, UID=1000', 'useradd[1]: new user: name=<user>, UID=1000'],
      ["usermod[1]: add 'max' to group 'sudo'", "usermod[1]: add '<user>' to group 'sudo'"],
      ['pam_unix(passwd:chauthtok): password changed for max\n', 'pam_unix(passwd:chauthtok): password changed for <user>\n'],
      ['+ su max -c ls', '+ su <user> -c ls'],
      ['$ whoami\nmax\n', '$ whoami\n<user>\n'],
      ['$ id -un\nmax', '$ id -un\n<user>'],
      ['gkr-pam: unable to locate daemon control file for max\n', 'gkr-pam: unable to locate daemon control file for <user>\n'],
      ['client config for max\n[Interface]', 'client config for <user>\n[Interface]'],
      ["user `max' (UID 1004) with group `max' ...", "user `<user>' (UID 1004) with group `<user>' ..."],
      ['ping @max_dev can you', 'ping <user> can you'],
      ['danke @jo-doe!', 'danke <user>!'],
      ['failed: "4021" <sip:4021@localhost>', 'failed: "<user>" <sip:<user>@localhost>'],
      ['smbpasswd -a max', 'smbpasswd -a <user>'],
      ['pdbedit -a -u max', 'pdbedit -a -u <user>'],
      ['occ user:add --display-name="x" max', 'occ user:add --display-name="x" <user>'],
      ['New-LocalUser -Name "max"', 'New-LocalUser -Name "<user>"'],
      ['chage -l max\n', 'chage -l <user>\n'],
      ['passwd -l max\n', 'passwd -l <user>\n'],
      ['pveum user add max@pve', 'pveum user add <user>@pve'],
    ],
    kept: [
      'login is required',
      'your username is already taken',
      'username is not set',
      'login ist fehlgeschlagen',
      'user id is 1000',
      'the account "root" is',
      "the account 'default'",
      'whoami\nroot',
      'whoami\nbash: command not found',
      'cc @ 12 ms',
      'by @types/node',
      'from @babel/core',
      'smbpasswd -a root',
      'passwd -l root',
      'passwd -S\n',
      'pveum user list',
      'login handle leaked',
      "add 'x' to the list",
      'password changed for all',
      "with group `root'",
      'client config for the server',
      'client config for production',
    ],
  },
}

const quote = '["\'`»„“‚]'
const name = '[\\p{L}_][\\p{L}\\p{N}_.-]{0,62}'
const isSaid =
  '(?:(?:lautet|bleibt|stays|remains|will be|wird|ist jetzt|is now|heißt|wäre)(?: wie bisher)?|(?:is|ist|was|war)(?=:? ["\'`»„]| [^\\s\\d_.-]{0,62}[\\d_.-]\\p{L}{0,62}[\\p{L}\\d]))'

/** Each ends where the name begins. */
const labels = groupByInitial([
  [
    'unlakrh',
    new RegExp(
      `(?:user ?name|user ?id|nutzername|login(?:-name)?|anmeldename|kennung|rzel|handle) ${isSaid}:? ${quote}?(?=${name}["'\`«“”]?(?:[.,;!?]|\\s|$))`,
      'iuy',
    ),
  ],
  [
    'unlakrh',
    new RegExp(
      `(?<=(?:your|ihr(?:e[mnr]?)?|dein(?:e[mnr]?)?) .?.?.?.?.?.?.?)(?:user ?name|user ?id|nutzername|login|anmeldename|kennung|rzel) \\((?=${name}\\))`,
      'iuy',
    ),
  ],
  ['ak', new RegExp(`(?:account|konto) ${quote}(?=${name}["'\`«“”])`, 'iuy')],
  ['wli', new RegExp(`(?<=[$#%>] )(?:whoami|logname|id -un)\\n(?=${name}[ \\t]*(?:\\n|$))`, 'uy')],
  ['$', new RegExp(`(?<=echo ["']?)\\$USER\\n(?=${name}[ \\t]*(?:\\n|$))`, 'uy')],
  ['g', new RegExp(`gkr-pam: [^\\n]{0,64}? for (?=${name}[ \\t]*(?:\\n|$))`, 'uy')],
  ['c', new RegExp(`client (?:config(?:uration)?|profile) for ["'\`]?(?=${name}["'\`]?[ \\t]*(?:[.:]?(?:\\n|$)|\\())`, 'iuy')],
  ['u', new RegExp(`user: name=(?=${name},)`, 'uy')],
  ['a', new RegExp(`add '(?=${name}' to (?:shadow )?group)`, 'uy')],
  ['c', new RegExp(`(?<=pass(?:word|wd) )changed for (?:user )?(?=${name}[ \\t.]*(?:\\n|$| by))`, 'iuy')],
  ['i', new RegExp(`initially as user (?=${name} \\(uid)`, 'iuy')],
  ['s', new RegExp(`(?<=(?:^|[\\n$#+;&|] ?|sudo ))su (?=${name} -c )`, 'uy')],
  ['t', new RegExp(`(?<=wi)th group ${quote}(?=${name}['’"\`])`, 'uy')],
  ['pchtdbvaf', new RegExp(`[a-z]{2,6} (?=@${name}(?:[.,;:!?)]?(?:\\s|$)))`, 'iuy')],
  ['<"', /["<]sip:(?=[\w.+-]{1,64}@)/y],
  ['sp', new RegExp(`(?:smbpasswd|passwd) (?:-[a-zA-Z]{1,3} ){1,4}(?=${name}[ \\t]*(?:\\n|$|[;&|)]))`, 'uy')],
  ['p', new RegExp(`pdbedit (?:-[a-zA-Z-]{1,12} ){0,6}-u ?(?=${name})`, 'uy')],
  [
    'u',
    new RegExp(
      `user:(?:add|resetpassword) (?:--[\\w-]{1,32}(?:[= ]"[^"\\n]{0,64}"|=\\S{1,64})? ){0,6}["']?(?=${name}["']?[ \\t]*(?:\\n|$))`,
      'uy',
    ),
  ],
  ['-', new RegExp(`-localuser (?:-name )?["']?(?=${name})`, 'iuy')],
  ['c', new RegExp(`chage (?:-[a-zA-Z]{1,2} (?:\\S{1,16} )??){1,4}(?=${name}[ \\t]*(?:\\n|$))`, 'uy')],
  ['ad', new RegExp(`(?:add|del)group (?=${name} ${name}[ \\t]*(?:\\n|$))${name} `, 'uy')],
  [
    'p',
    new RegExp(`pveum (?:user(?: (?:add|modify|delete|permissions|token (?:add|list|remove)))|passwd|useradd|usermod) (?=${name}@)`, 'uy'),
  ],
])

function findToldUser(text: string, at: number): readonly Match[] {
  for (const label of patternsAt(labels, text, at)) {
    const start = endAt(label, text, at)
    if (start < 0) continue
    const end = /[\p{L}_@]/u.test(text[start] ?? ' ')
      ? userNameEnd(text, text[start] === '@' ? start + 1 : start)
      : endAt(number, text, start, start)
    if (end > start && !isNobody(text, start, end) && !noUser.test(text.slice(start, end)))
      return [...callerBefore(text, at), { start, end }]
  }
  return none
}

const caller = /"([\w.+-]{4,64})\\?" $/d

/** The name of a phone stands before its address as well: `"4021" <sip:4021@…>`. */
function callerBefore(text: string, at: number): readonly Match[] {
  if (text[at] !== '<') return none
  const from = Math.max(0, at - 72)
  const place = caller.exec(text.slice(from, at))?.indices?.[1]
  return place === undefined ? none : [{ start: from + place[0], end: from + place[1] }]
}

const number = /\d{4,15}(?=@)/y
const noUser =
  /^(?:types|nestjs|angular|vue|babel|bash|sh|taken|available|wrong|valid|optional|empty|falsch|richtig|vergeben|leer|fehlgeschlagen|everyone|production|release|development|staging|testing|linux|windows|macos|android|here|channel|all|alle)$/i
