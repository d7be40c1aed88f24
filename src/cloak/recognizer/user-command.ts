import { isIn, letter } from '../character.ts'
import { endAt, groupByInitial, patternsAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isNobody, userNameEnd } from '../user-name.ts'

/** Users that commands, rights of databases, lists of accounts and settings of ssh name: `sudo -u max`, `GRANT … TO max`, `- name: max`. */
export const userCommand: Recognizer = {
  name: 'user-command',
  type: 'USERNAME',
  isWeighed: true,
  label: '<user>',
  anchors: [
    ...[
      'su -',
      'sudo -',
      'runuser ',
      'adduser ',
      'deluser ',
      'add_user ',
      'allowusers ',
      'denyusers ',
      'gpasswd -a ',
      '-linger ',
      'crontab -u ',
    ],
    ...['authenticated ', 'grant ', 'owner ', 'benutzer ', 'benutzerkonto ', 'uid: ', '- name: '],
  ],
  find: findUserCommand,
  examples: {
    hidden: [
      ['+ su - peter', '+ su - <user>'],
      ["su -l peter -c 'ls'", "su -l <user> -c 'ls'"],
      ['sudo -u peter npm ci', 'sudo -u <user> npm ci'],
      ['sudo -H -iu peter', 'sudo -H -iu <user>'],
      ['runuser -l peter -c ls', 'runuser -l <user> -c ls'],
      ['rabbitmqctl add_user max', 'rabbitmqctl add_user <user>'],
      ['users:\n- name: max\n  user:\n    token: s3cret', 'users:\n- name: <user>\n  user:\n    token: <secret>'],
      ['users:\n  - name: max\n    groups: sudo', 'users:\n  - name: <user>\n    groups: sudo'],
      ['dn: x\nuid: max\ncn: y', 'dn: x\nuid: <user>\ncn: y'],
      ['# adduser --disabled-password max\n', '# adduser --disabled-password <user>\n'],
      ['AllowUsers max', 'AllowUsers <user>'],
      ['Authenticated as max', 'Authenticated as <user>'],
      ['GRANT ALL ON DATABASE x TO max;', 'GRANT ALL ON DATABASE x TO <user>;'],
      ['ALTER DATABASE x OWNER TO max;', 'ALTER DATABASE x OWNER TO <user>;'],
      ['Benutzer max wurde angelegt', 'Benutzer <user> wurde angelegt'],
    ],
    kept: [
      'su - postgres -c psql',
      'su - -c ls',
      'sudo -u postgres psql',
      'sudo -l',
      'sudo -u $USER ls',
      'sudo -E -n apt-get update',
      '- name: deploy\n  user:\n    name: x',
      '- name: web\n  image: x',
      'uid: 1000',
      'adduser: The group exists',
      'GRANT ALL ON DATABASE x TO postgres;',
      'granted access to all',
      'Authenticated as root',
    ],
  },
}

const labels = groupByInitial([
  ['s', /su[ \t]{1,4}(?:-l?|--login)[ \t]{1,4}["']?(?=[a-z_])/y],
  ['s', /sudo[ \t]{1,4}(?:-[a-zA-Z]{1,6}[ \t]{1,4}){0,3}-[a-zA-Z]{0,6}u[ \t]{1,4}["']?(?=[a-z_])/y],
  ['r', /runuser[ \t]{1,4}-[ul][ \t]{1,4}["']?(?=[a-z_])/y],
  ['u', /(?<=(?:^|\n))uid: (?=[a-z])/y],
  ['a', /add_user[ \t]{1,4}(?=[\w.-])/y],
  [
    '-',
    /- name: (?=[a-z_][\w.-]{0,63}\n[ \t]{1,12}(?:groups|sudo|shell|passwd|hashed_passwd|lock_passwd|ssh_authorized_keys|homedir|primary_group|gecos|uid):)/y,
  ],
  ['-', /- name: (?=[a-z_][\w.-]{0,63}\n[ \t]{1,12}user:[ \t]*\n[ \t]{1,12}(?:token|client-|exec|auth-provider|username|password))/y],
  ['ad', /(?:add|del)user[ \t]{1,4}(?:--?[\w=-]{1,48}[ \t]{1,4}(?:\d{1,6}[ \t]{1,4})?){0,6}(?=[a-z_][\w.-]{0,31}[ \t]*(?:[\n;&|]|$))/y],
  ['ad', /(?:Allow|Deny)Users[ \t]{1,4}(?=[\w.-])/y],
  ['g', /gpasswd -a[ \t]{1,4}(?=[a-z_])/y],
  ['-', /-linger[ \t]{1,4}(?=[a-z_])/y],
  ['c', /crontab -u[ \t]{1,4}(?=[a-z_])/y],
  ['a', /authenticated (?:as|user)[ \t]{1,4}["'`]?(?=[\w.-]{1,64}(?:["'`.,;:]|\s|$))/iy],
  ['g', /grant[ \t][^;\n]{1,160}? to[ \t]{1,4}["`]?(?=[\w.-]{1,64}["`]?[ \t]*(?:[;"'\n]|with |$))/iy],
  ['o', /(?<=(?:alter|create)[^;\n]{1,120})owner[ \t](?:to[ \t]|=[ \t]?)?["`]?(?=[\w.-]{1,64}["`]?[ \t]*(?:[;"'\n]|$))/iy],
  ['b', /benutzer(?:konto)?[ \t](?=[\w.-]{1,64} (?:wurde|ist|hat|existiert|nicht|angelegt|gelöscht|gesperrt))/iy],
])

function findUserCommand(text: string, at: number): readonly Match[] {
  if (isIn(text, at - 1, letter) && text[at] !== '-') return none
  for (const label of patternsAt(labels, text, at)) {
    const start = endAt(label, text, at)
    const end = start < 0 ? -1 : userNameEnd(text, start)
    if (end > start && !isNobody(text, start, end)) return [{ start, end }]
  }
  return none
}
