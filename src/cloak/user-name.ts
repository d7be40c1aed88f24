import { dot, hyphen, isIn, letter, nameRight, underscore, word } from './character.ts'
import { endAt } from './pattern.ts'
import { isOneOf, makeWordSet } from './word-set.ts'

const windowsDomain = /[A-Z][A-Z0-9.-]{1,31}\\{1,2}(?![nrt])(?=[\w.-])/y

const nameReach = 32

/** Where a user's name ends that begins at `start`, perhaps with a domain of Windows before it (`FIRMA\\max`), or `start` itself. */
export function userNameEnd(text: string, start: number): number {
  const nameStart = endAt(windowsDomain, text, start, start)
  if (nameRight(text, nameStart, letter | underscore, 1) === nameStart) return start
  let end = nameRight(text, nameStart, word | dot | hyphen, nameReach)
  while (isIn(text, end - 1, dot | hyphen)) end -= 1
  return end
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

const systemAccounts = makeWordSet([
  ...'root www-data postgres mysql redis nobody nginx caddy daemon systemd docker git mongodb rabbitmq'.split(' '),
  ...'node admin administrator user users sudo adm bin sys sync mail backup proxy messagebus sshd'.split(' '),
  ...['systemd-network', 'systemd-resolve', 'systemd-timesync', 'polkitd', '_apt', 'plex', 'jellyfin', 'grafana', 'influxdb', 'prometheus'],
  ...'nogroup wheel staff games man lp news uucp list irc gnats ubuntu debian vagrant app default'.split(' '),
  ...'cyrus dovecot opendkim postfix iusr nonode factory username_here operator'.split(' '),
  ...'render video kvm tty disk cdrom audio input utmp shadow crontab ssl-cert plugdev netdev sa'.split(' '),
])
const proseWords = makeWordSet([
  ...'locked timed expired disabled enabled success successful succeeded abc unauthorized denied refused rejected'.split(' '),
  ...'unbound not no is input incorrect invalid unknown does and or the a an to in on with from'.split(' '),
  ...'__token__ apikey oauth2 x-access-token disconnected connected'.split(' '),
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
  ...'nicht kein keine unbekannt gesperrt angelegt existiert bereits und oder ist wird wurde client clients group based as string str dict list number integer int bigint uuid text boolean uid userid optional'.split(
    ' ',
  ),
  ...'table schema index cache folder directories permissions management menu script unit units form info preferences profiles settings'.split(
    ' ',
  ),
  ...'mapping mappings accounts interfaces services statistics content events actions scripts'.split(' '),
  ...'add delete list create remove update modify resetpassword lastseen report'.split(' '),
  ...'option variable value field argument limit quota authentication credentials interaction context level agent type entry authority'.split(
    ' ',
  ),
])
