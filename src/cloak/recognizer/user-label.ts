import { blank, dot, hyphen, isIn, isSign, letter, nameRight, underscore, word } from '../character.ts'
import { endAt, groupByInitial, patternsAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isOneOf, makeWordSet } from '../word-set.ts'

/** User names behind a label: `USER=`, `username:`, `for user x`, the names that `id` prints. Accounts that systems come with stay. */
export const userLabel: Recognizer = {
  name: 'user-label',
  type: 'USERNAME',
  label: '<user>',
  anchors: [
    'user',
    'su -',
    'sudo -',
    'runuser ',
    'logname',
    'login',
    'uid=',
    'gid=',
    'groups=',
    ' for ',
    'owner',
    'account',
    'log in as ',
    'logged in as ',
    'logging in as ',
  ],
  find: findUserLabel,
  examples: {
    hidden: [
      ['USER=jo HOME=/root', 'USER=<user> HOME=/root'],
      ["chown: invalid user: 'jo:jo'", "chown: invalid user: '<user>:<user>'"],
      ['username: "jo.doe"', 'username: "<user>"'],
      ['session opened for user jo(uid=1000)', 'session opened for user <user>(uid=1000)'],
      ['uid=1000(jo) gid=1000(jo)', 'uid=1000(<user>) gid=1000(<user>)'],
      ["Access denied for user 'jo'@'localhost'", "Access denied for user '<user>'@'localhost'"],
      ["useradd: user 'jo' already exists", "useradd: user '<user>' already exists"],
      ['Failed password for jo from', 'Failed password for <user> from'],
      ['user max not found', 'user <user> not found'],
      ['+ su - peter', '+ su - <user>'],
      ["su -l peter -c 'ls'", "su -l <user> -c 'ls'"],
      ['sudo -u peter npm ci', 'sudo -u <user> npm ci'],
      ['sudo -H -iu peter', 'sudo -H -iu <user>'],
      ['runuser -l peter -c ls', 'runuser -l <user> -c ls'],
      ['[sudo] password for max:', '[sudo] password for <user>:'],
      ["Enter passphrase for 'max':", "Enter passphrase for '<user>':"],
      ['Login as max', 'Login as <user>'],
      ['login as: max', 'login as: <user>'],
      ['Logged in as max.', 'Logged in as <user>.'],
      ['user max is not allowed to run sudo', 'user <user> is not allowed to run sudo'],
      ['Sorry, user max may not run sudo', 'Sorry, user <user> may not run sudo'],
    ],
    kept: [
      'su - postgres -c psql',
      'su - -c ls',
      'sudo -u postgres psql',
      'sudo -l',
      'sudo -u $USER ls',
      'sudo -E -n apt-get update',
      'user config not found',
      'user token not found',
      'User=www-data',
      'user: root',
      'for user root',
      'uid=0(root)',
      'user: unbound variable',
      'username=$USER',
      'usermod: no changes',
      'user not found',
      'login: incorrect',
      'waiting for user input',
      'password for postgres',
      '[sudo] password for root:',
      'password for database:',
      'Enter the password for encryption: ',
      'login as root',
      'Login as different user',
      'login as: ',
      'please log in as an administrator',
      'user input is not valid',
      'user namespace is not supported',
      'user service is already running',
      'Aborted by user: SIGINT',
      'stopped by user: Ctrl+C',
      'Interrupted by user: SIGUSR1',
      'cancelled by user: KeyboardInterrupt',
      'aborted by user: exit code 130',
      'terminated by user: signal 15',
      'by user request: abort',
      'user: unknown',
      'Stopped by user: Esc pressed',
      'login: timeout after 60 s',
    ],
  },
}

/** For short fields: only what is set by name, or printed by `id`. */
export const userLabelOfField: Recognizer = {
  ...userLabel,
  anchors: ['user=', 'user:', 'username', 'user_name', 'uid=', 'gid=', 'groups=', 'logname'],
}

const systemAccounts = makeWordSet([
  ...'root www-data postgres mysql redis nobody nginx caddy daemon systemd docker git mongodb rabbitmq'.split(' '),
  ...'node admin administrator user users sudo adm bin sys sync mail backup proxy messagebus sshd'.split(' '),
  ...['systemd-network', 'systemd-resolve', 'systemd-timesync', 'polkitd', '_apt', 'plex', 'jellyfin', 'grafana', 'influxdb', 'prometheus'],
  ...'nogroup wheel staff games man lp news uucp list irc gnats ubuntu debian vagrant app default'.split(' '),
  ...'render video kvm tty disk cdrom audio input utmp shadow crontab ssl-cert plugdev netdev sa'.split(' '),
])
const proseWords = makeWordSet([
  ...'locked timed expired disabled enabled success successful succeeded abc unauthorized denied refused rejected'.split(' '),
  ...'unbound not no is input incorrect invalid unknown does and or the a an to in on with from'.split(' '),
  ...'true false null none id name names agent data session sessions has was cannot must failed error'.split(' '),
  ...'already creation account accounts confirmation unable parameter command required missing group permission'.split(' '),
  ...'read write feedback interface space mode namespaces namespace defined creating details units service config configuration directory home file files record table key profile settings role token tokens access login password passwords email'.split(
    ' ',
  ),
  ...'database certificate encryption keystore repository archive server key backup web api interface existing another different other'.split(
    ' ',
  ),
  ...'new normal guest anonymous superuser non-root your this that its you bus manager daemon instance scope slice script install installation'.split(
    ' ',
  ),
  ...'abort aborted aborting cancel canceled cancelled cancellation interrupt interrupted quit exit exited stop stopped kill killed'.split(
    ' ',
  ),
  ...'terminate terminated termination closed skip skipped declined request requested signal signals sigint keyboard keyboardinterrupt'.split(
    ' ',
  ),
  ...'ctrl control strg alt shift cmd esc escape enter return tab space key pressed press choice selection answer yes timeout'.split(' '),
  ...'status code operation process job setup build update upgrade download rollback shutdown reboot restart received caught got'.split(
    ' ',
  ),
  ...'suspended inactive active pending deleted removed created changed empty unset undefined any all nil'.split(' '),
  ...'option variable value field argument limit quota authentication credentials interaction context level agent type entry authority'.split(
    ' ',
  ),
])

const labels = groupByInitial([
  ['uloa', /(?:user(?:_?name)?|logname|login|owner|account)\\?["']?[ \t]{0,4}[=:][ \t]{0,4}(?:\\?["'])?(?=[^\s:=])/iy],
  ['u', /user[ \t]+["'‘`](?=[\w.-]+(?:["'’`]|$))/iy],
  [
    'u',
    /user[ \t]+["'‘`]?(?=[\w.-]+["'’`]?(?:\(uid|@|['"’]@| (?:already exists|does not exist|not found|from |is (?:not|already|locked|disabled)|may not |can ?not |has no )))/iy,
  ],
  [' ', / for (?:invalid )?(?:user )?["'‘`]?(?=[\w.-]+["'’`]?(?:\(uid| from [\d<]| from$|['"’]@))/iy],
  [' ', /(?<=passw(?:or)?d|passphrase) for (?:user )?["'‘`]?(?=[\w.-]+(?:@[\w.-]+)?["'’`]?:)/iy],
  ['l', /log(?:in|ged in|ging in| in)[ \t]as:?[ \t]+(?:user[ \t]+)?["'‘`]?/iy],
  ['s', /su[ \t]{1,4}(?:-l?|--login)[ \t]{1,4}["']?(?=[a-z_])/y],
  ['s', /sudo[ \t]{1,4}(?:-[a-zA-Z]{1,6}[ \t]{1,4}){0,3}-[a-zA-Z]{0,6}u[ \t]{1,4}["']?(?=[a-z_])/y],
  ['r', /runuser[ \t]{1,4}-[ul][ \t]{1,4}["']?(?=[a-z_])/y],
  ['ug', /(?:[ug]id|groups)=\d{1,10}\(/y],
])

function findUserLabel(text: string, at: number): readonly Match[] {
  if (isIn(text, at - 1, letter) && !isIn(text, at, blank)) return none
  for (const label of patternsAt(labels, text, at)) {
    const start = endAt(label, text, at)
    if (start < 0) continue
    const end = nameEnd(text, start)
    if (end > start && !isNobody(text, start, end) && !isCodeOrPath(text, end)) return withGroup(text, start, end)
  }
  return none
}

const nameReach = 32

/** Where a user's name ends that begins at `start`, or `start` itself. */
function nameEnd(text: string, start: number): number {
  if (nameRight(text, start, letter | underscore, 1) === start) return start
  let end = nameRight(text, start, word | dot | hyphen, nameReach)
  while (isIn(text, end - 1, dot | hyphen)) end -= 1
  return end
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

/** Whether the name is an account that systems come with, a word of messages, or a signal. */
export function isNobody(text: string, start: number, end: number): boolean {
  return isOneOf(systemAccounts, text, start, end) || isOneOf(proseWords, text, start, end) || isSignal(text, start, end)
}

/** The name of a signal: matches `SIGINT`, `SIGUSR1`, must not match `SIGRID`, `sigint`. */
const signal =
  /SIG(?:HUP|INT|QUIT|ILL|TRAP|ABRT|BUS|FPE|KILL|USR[12]|SEGV|PIPE|ALRM|TERM|STKFLT|CHLD|CONT|STOP|TSTP|TTIN|TTOU|URG|XCPU|XFSZ|IO|PWR|SYS)/y

function isSignal(text: string, start: number, end: number): boolean {
  return endAt(signal, text, start) === end
}

function isCodeOrPath(text: string, end: number): boolean {
  return isSign(text, end, '/') || (isSign(text, end, '(') && !text.startsWith('(uid', end))
}
