import { blank, classesAt, isIn, letter, other, underscore } from '../character.ts'
import { endAt, groupByInitial, patternsAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isNobody, userNameEnd } from '../user-name.ts'

/** Users behind the words that logs, audits, settings and chats have for them beside `user`: `ruser=`, `"actor":`, `valid users =`, `signed in as`, `Anmeldung von`, `@jo_doe`. */
export const accountLabel: Recognizer = {
  name: 'account-label',
  type: 'USERNAME',
  isWeighed: true,
  label: '<user>',
  anchors: [
    ...['author: ', 'reviewed-by: ', 'approved-by: ', 'signed-off-by: ', 'user.name ', '(uid=', '(samaccountname=', '(cn=', 'user add '],
    ...[
      'usr=',
      'uname=',
      'ruser=',
      'suser=',
      'duser=',
      'authid=',
      'actor"',
      'actor=',
      'principal"',
      'principal=',
      'assignee',
      'createdby',
      'created_by',
    ],
    ...[
      'updated_by',
      'updatedby',
      'modifiedby',
      'modified_by',
      'author"',
      'valid users',
      'write list',
      'read list',
      'admin users',
      'invalid users',
    ],
    ...[
      'force user',
      'owusers ',
      'nyusers ',
      'targetusername',
      'subjectusername',
      'running as ',
      'signed in as ',
      'meldet als ',
      'loggt als ',
    ],
    ...[
      'anmeldung ',
      'anmeldeversuch ',
      'benutzer ',
      'benutzerkonto ',
      'nutzer ',
      'account  ',
      'user  ',
      'username  ',
      'login  ',
      'benutzer  ',
      'nutzername  ',
    ],
    ...[
      'login for ',
      'created by ',
      'changed by ',
      'modified by ',
      'approved by ',
      'requested by ',
      'deleted by ',
      'uploaded by ',
      'locked by ',
      'assigned to ',
    ],
    ...[
      'smbd_audit: ',
      'imap(',
      'pop3(',
      'lda(',
      'lmtp(',
      'sieve(',
      '- user ',
      '] peer conn',
      "tion of '",
      'postgres: ',
      ' by "',
      'by user ',
      'from user ',
    ],
    ...['(user ', 'history says ', 'sub"', 'smbd['],
  ],
  signs: [
    { sign: '@', before: blank | other, after: [letter] },
    { sign: ' user ', after: [letter | underscore] },
  ],
  find: findAccountLabel,
  examples: {
    hidden: [
      ['ruser=otto rhost=x', 'ruser=<user> rhost=x'],
      ['{"actor":"otto"}', '{"actor":"<user>"}'],
      ['valid users = roswitha, m.ostermeier', 'valid users = <user>, <user>'],
      ['AllowUsers roswitha otto', 'AllowUsers <user> <user>'],
      ['signed in as otto', 'signed in as <user>'],
      ['Anmeldung von otto fehlgeschlagen', 'Anmeldung von <user> fehlgeschlagen'],
      ['Kennwort (Benutzer zammad-es): x', 'Kennwort (Benutzer <user>): x'],
      ['[4] admin account      yusuf.demirel (x)', '[4] admin account      <user> (x)'],
      ['created by k.schlueter, who', 'created by <user>, who'],
      ['smbd_audit: opa_heinz|x|unlink', 'smbd_audit: <user>|x|unlink'],
      ['dovecot: imap(otto)<123>: x', 'dovecot: imap(<user>)<123>: x'],
      ['AH01617: user gunvor: authentication failure', 'AH01617: user <user>: authentication failure'],
      ["IKE authentication of 'otto' with EAP", "IKE authentication of '<user>' with EAP"],
      ['Job 12 queued on "x" by "otto".', 'Job 12 queued on "x" by "<user>".'],
      ['Started by user otto\n', 'Started by user <user>\n'],
      ['Wiebke: @hendrik_ol hast du', 'Wiebke: @<user> hast du'],
      ['history says hannah.or', 'history says <user>'],
      ['Author: otto <x', 'Author: <user> <x'],
      ['Reviewed-by: otto_k', 'Reviewed-by: <user>'],
      ['filter=(uid=otto)', 'filter=(uid=<user>)'],
      ['git config user.name otto_k', 'git config user.name <user>'],
    ],
    kept: [
      'user error: something',
      'the user input: none',
      'by user request\n',
      'created by root',
      'created by main.grant\n\t/x',
      'created by the installer',
      'assigned to eth0',
      'running as root',
      'running as daemon',
      '@app.route("/x")',
      '@my_decorator\ndef f',
      '@types/node_x',
      '@babel_core/x is',
      'Anmeldung von Geräten',
      'Benutzer wurde angelegt',
      'USER  PID  CPU',
      'user  system  idle',
      'killed by "SIGTERM".',
      'lda(x + 1)',
      'user data.json',
      'account  locked',
      'author": {"name": "x"}',
      'AllowUsers root',
      'login for users: no',
    ],
  },
}

const name = '[\\p{L}_][\\p{L}\\p{N}_.-]{1,62}'
/** A name that is no plain word: matches `k.schlueter`, `hannah_o`, `otto7`; must not match `request`, `data.json`, `the`. */
const special =
  '(?!\\S{1,60}\\.(?:json|ya?ml|txt|conf|log|js|ts|py|sh|md|exe|dll|xml|csv|db|service|target)\\b)(?=[a-z]{1,24}[._\\d][\\w.-]{1,40})'
/** Each ends where the name begins. */
const labels = groupByInitial([
  ['ursda', /(?:usr|uname|[rsd]user|authid|principal|actor)=["'\\]{0,2}(?=[\w.-])/iy],
  [
    'apcmus',
    /(?:actor|principal|assignee|created_?by|updated_?by|modified_?by|author|sub)\\?["']: ?\\?["'](?=[a-z_][\w.-]{1,62}\\?["'])/iy,
  ],
  ['a', /assignee: ?["']?(?=[a-z])/iy],
  ['ts', /(?:target|subject)username["']?[:=>][ \t]{0,4}["']?/iy],
  ['f', /force user[ \t]?=[ \t]?(?=[a-z])/iy],
  ['rs', new RegExp(`(?:running|signed in) as (?:user )?["'\`]?(?=${name}["'\`]?(?:[.,;)]|[ \\t]*(?:\\n|$)| \\())`, 'iuy')],
  ['ml', new RegExp(`(?:meldet|loggt) als (?:benutzer )?["'\`»„]?(?=${name}["'\`«“]?(?:[.,;)]|[ \\t]*(?:\\n|$)))`, 'iuy')],
  [
    'a',
    /[aA]nmelde?(?:ung|versuch) (?:von|als|für|durch) (?:[bB]enutzer )?["'`»„]?(?=[a-z_][\w.-]{1,62}["'`«“]?(?:[.,;)]|[ \t]*(?:\n|$)| (?:fehl|erfolg|abgel|verw|gelungen|war|ist|wurde|von|am|um|über|an)))/uy,
  ],
  ['bn', new RegExp(`(?:benutzer(?:konto)?|nutzer) ["'\`»„]?${special}`, 'iuy')],
  ['b', /(?<=\()benutzer (?=[a-z][\w.-]{1,62}\))/iy],
  ['b', /(?<=als )benutzer (?=[a-z][\w.-]{1,62} (?:angemeldet|eingeloggt|verbunden|gestartet|ausgeführt))/iy],
  ['b', /[bB]enutzer(?:konto)? (?=[a-z]{2,24}-[a-z\d]{1,16}(?:[),.;: \n]|$))(?!re-|e-|un-)/uy],
  [
    'au',
    /(?<=(?:admin|service|system|initial|owner|login|benutzer) )(?:account|user)[ \t]{2,40}(?=[a-z_][\w.-]{1,62}[ \t]*(?:\n|$|<|\())/iy,
  ],
  ['ulbn', /(?:username|login|benutzer|nutzername)[ \t]{2,40}(?<=(?:^|\n)[^\n]{0,60})(?=[a-z_][\w.-]{1,62}[ \t]*(?:\n|$|<|\())/y],
  ['l', /login for (?=[a-z_][\w.-]{1,62} (?:failed|denied|succeeded|rejected|from))/iy],
  [
    'cmardul',
    new RegExp(
      `(?:created(?! by [a-z]+\\.[\\w.]+(?: in goroutine|\\n|$))|changed|modified|approved|requested|deleted|uploaded|locked) by (?:user )?["'\`@]?${special}`,
      'iuy',
    ),
  ],
  ['a', /assigned to (?:user )?["'`@]?(?=[a-z]{1,24}[._][a-z][\w.-]{1,40})/uy],
  ['s', /smbd_audit: (?=[\w.-]{2,63}\|)/iy],
  ['s', /smbd\[\d{1,8}\]:[ \t]{1,4}(?=[a-z_][\w.-]{1,62} \([\d<])/iy],
  ['ipls', /(?<=[a-z\d\]-]: |dovecot: )(?:imap|pop3|lda|lmtp|sieve)\((?=[\w.-]{2,63}\)(?:<|:|\())/y],
  ['-', /- user (?=[\w.-]{2,63}: (?:login|no such user))/iy],
  ['t', /(?<=authentica)tion of '(?=[\w.-]{2,63}' (?:with|failed|successful))/iy],
  [
    'p',
    /postgres: (?=[a-z_][\w.-]{1,62} [\w-]{1,63} (?:[\d.]{7,15}|<ipv4>|\[local\])(?:\(\d{1,5}\))? (?:idle|select|insert|update|delete|authentication|startup|begin|commit|copy|vacuum))/iy,
  ],
  [
    ' ',
    /(?<=(?:queued|submitted|created|printed|started|requested|opened|closed|locked|owned)[^"\n]{0,24}(?:"[^"\n]{1,64}")?) by "(?=[a-z_][\w.-]{1,62}"[.,;\s])/iy,
  ],
  [
    'b',
    /(?<=(?:started|triggered|initiated|requested|created|changed|deleted|modified|locked|uploaded|approved|service \S{1,32}) )by user (?=[a-z_][\w.-]{1,62}[.,;)]?(?:[ \t]*(?:\n|$)| (?:from|at|on|via)\b))/iy,
  ],
  ['f', /(?<=disconnected )from user (?=[\w.-]{2,63} [\d<])/iy],
  [
    ' (',
    /[ (]user (?=[a-z_][\w.-]{1,62}(?:: (?:authentication|password|login|access|not in|auth)|\)(?:[:;.,\s]|$)| \([\d<]|, (?:database|db|host|from|ip)\b))/iuy,
  ],
  ['ar', new RegExp(`(?:author|(?:reviewed|approved|tested|signed-off|acked)-by): ${special}`, 'iuy')],
  ['a', /author: (?=[a-z_][\w.-]{1,62} (?:<|&lt;))/iy],
  ['u', /user\.name[ =]+["']?(?=[a-z]{1,24}[._\d]?[\w.-]{1,40}["']?[ \t]*(?:\n|$))(?<=git config [^\n]{0,32})/uy],
  ['(', /\((?:uid|samaccountname|userprincipalname|mail|cn)=(?=[\w.-]{2,63}\))/iy],
  ['u', /user add \S{1,64} (?<=mc admin user add \S{1,64} )(?=[\w.-]{2,63} )/y],
  ['h', new RegExp(`history says ${special}`, 'uy')],
])
const lists = /(?:(?:valid|admin|invalid) users|write list|read list)[ \t]{0,4}=[ \t]{0,4}|(?<=all|de)(?:owusers|nyusers) /iy
const listed = /(?:[@+&]?[\w.\\@-]{1,64})(?:[ \t]{0,2},[ \t]{0,2}|[ \t]{1,2}(?=\w))?/y
const namesMax = 32
/** A name with a sign or digit behind an @ in what people write to one another. */
const mention = /@((?=[a-z]{1,24}[._\d])[a-z][\w.]{1,40}\w)(?=[,:!?]?[ \t]\p{L}|[,:!?])(?![,:!?]?[ \t]?[=({[])/duy

function findAccountLabel(text: string, at: number): readonly Match[] {
  if (text[at] === '@') return findMention(text, at)
  const list = findList(text, at)
  if (list !== none) return list
  if (isIn(text, at - 1, letter) && isIn(text, at, letter) && !/^(?:meldet|loggt|tion)/i.test(text.slice(at, at + 6))) return none
  for (const label of patternsAt(labels, text, at)) {
    const start = endAt(label, text, at)
    const end = start < 0 ? -1 : userNameEnd(text, start)
    if (end > start + 1 && !isNobody(text, start, end) && !/[/(=]/.test(text[end] === '(' ? ' ' : (text[end] ?? ' ')))
      return [{ start, end }]
  }
  return none
}

function findMention(text: string, at: number): readonly Match[] {
  if ((classesAt(text, at - 1) & (blank | other)) === 0 || !isIn(text, at + 1, letter)) return none
  mention.lastIndex = at
  const place = mention.exec(text)?.indices?.[1]
  return place === undefined || /\.(?:js|ts|py|com|de|org|net|io)$/.test(text.slice(...place)) ? none : [{ start: place[0], end: place[1] }]
}

/** The users of a share of Samba, and those whom sshd lets in. */
function findList(text: string, at: number): readonly Match[] {
  let from = endAt(lists, text, at)
  if (from < 0) return none
  const matches: Match[] = []
  for (let names = 0; names < namesMax; names += 1) {
    const end = endAt(listed, text, from)
    if (end < 0) break
    const nameEnd = userNameEnd(text, from)
    if (nameEnd > from && !isNobody(text, from, nameEnd)) matches.push({ start: from, end: nameEnd })
    if (/[\w.-]$/.test(text.slice(from, end))) break
    from = end
  }
  return matches.length === 0 ? none : matches
}
