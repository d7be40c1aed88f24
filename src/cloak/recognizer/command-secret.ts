import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isNobody } from '../user-name.ts'
import { isPiped } from './registry-login.ts'

/** Secrets that commands take without a telling label: `curl -u user:pw`, `sshpass -p`, `mysql -p…`, SQL's `PASSWORD '…'`, `user:pw | chpasswd`. */
export const commandSecret: Recognizer = {
  name: 'command-secret',
  type: 'PASSWORD',
  label: '<secret>',
  anchors: [
    ...['-u ', '--user ', '--proxy-user ', '--oauth2-bearer ', 'sshpass ', 'mysql', 'mariadb', 'identified ', "password '"],
    ...[
      'ssh-keygen ',
      'useradd ',
      'usermod ',
      'net user ',
      'net use ',
      'sqlplus ',
      'expdp ',
      'impdp ',
      '--auth ',
      "password('",
      'radtest ',
      'isakmp key ',
      'masterauth ',
      '<<<',
    ],
    ...['createuser ', '| cryptsetup ', '| sudo -s', '| docker secret ', '| podman secret ', '| smbpasswd'],
    ...['requirepass ', 'chpasswd', '| passwd', 'htpasswd ', 'openssl passwd ', 'redis-cli '],
    ...[
      'pro attach ',
      'ua attach ',
      'vault login ',
      'operator unseal ',
      'authtoken ',
      'cloudflared service install ',
      'b2 account ',
      'authorize-account ',
    ],
  ],
  find: findCommandSecret,
  examples: {
    hidden: [
      ['curl -u jo:pw!1 localhost', 'curl -u <secret> localhost'],
      ["sshpass -p 'two words' ssh", "sshpass -p '<secret>' ssh"],
      ['mysql -uroot -phunter2 app', 'mysql -uroot -p<secret> app'],
      ["CREATE USER 'app' IDENTIFIED BY 'pw';", "CREATE USER 'app' IDENTIFIED BY '<secret>';"],
      ['echo "root:geheim" | chpasswd', 'echo "root:<secret>" | chpasswd'],
      ['echo "max:geheim" | chpasswd', 'echo "<user>:<secret>" | chpasswd'],
      ['requirepass foobared', 'requirepass <secret>'],
      ['curl -u jo:"two words" localhost', 'curl -u <secret>" localhost'],
      ['curl -U jo:pw -x proxy:80', 'curl -U <secret> -x proxy:80'],
      ['curl --proxy-user jo:pw localhost', 'curl --proxy-user <secret> localhost'],
      ['curl --oauth2-bearer abc localhost', 'curl --oauth2-bearer <secret> localhost'],
      ["CREATE ROLE app WITH LOGIN PASSWORD 'two words';", "CREATE ROLE app WITH LOGIN PASSWORD '<secret>';"],
      ["psql -c 'CREATE USER app WITH PASSWORD '\\''pw'\\'';'", "psql -c 'CREATE USER app WITH PASSWORD '\\''<secret>'\\'';'"],
      ["LINE 1: alter user app encrypted password 'pw'", "LINE 1: alter user app encrypted password '<secret>'"],
      ['htpasswd -bc .htpasswd admin pw', 'htpasswd -bc .htpasswd admin <secret>'],
      ['htpasswd -nb admin pw | tee x', 'htpasswd -nb admin <secret> | tee x'],
      ['echo geheim | sudo -S apt update', 'echo <secret> | sudo -S apt update'],
      ['printf "geheim" | docker secret create db -', 'printf "<secret>" | docker secret create db -'],
      ["ssh-keygen -t ed25519 -N 'geheim' -f id", "ssh-keygen -t ed25519 -N '<secret>' -f id"],
      ['useradd -m -p geheim max', 'useradd -m -p <secret> <user>'],
      ['net user max geheim /add', 'net user max <secret> /add'],
      ['sqlplus max/geheim@db', 'sqlplus max/<secret>@db'],
      ['radtest max geheim localhost 0 testing123', 'radtest max <secret> localhost 0 testing123'],
      ['crypto isakmp key geheim address 10.0.0.1', 'crypto isakmp key <secret> address <ipv4>'],
      ['cryptsetup luksOpen x <<< geheim', 'cryptsetup luksOpen x <<< <secret>'],
      ["SET PASSWORD FOR x = PASSWORD('geheim');", "SET PASSWORD FOR x = <secret>');"],
      ['pro attach C1z0hIVtre4oXhkKzL4D70eJ', 'pro attach <secret>'],
      ['vault login s.0123456789abcdefgh', 'vault login <secret>'],
      ['openssl passwd -6 -salt ab pw', 'openssl passwd -6 -salt ab <secret>'],
      ['echo -e "pw\\npw" | passwd root', 'echo -e "<secret>" | passwd root'],
    ],
    kept: [
      'sudo -u postgres psql',
      'id -u www-data',
      'mysql -p app',
      'chown --user root:',
      'mysqld -port',
      'useradd -u 1000:1000',
      'docker run --user 1000:1000 x',
      'psql -U app -h db:5432',
      "the column password 'is' too short",
      'htpasswd -c .htpasswd admin',
      'openssl passwd -6 $PW',
      'cat users | passwd root',
      'pro attach failed: 404',
      'ssh-keygen -t ed25519 -N "" -f id',
      'useradd -p',
      'cat <<<EOF',
      'echo done | sudo tee x',
      'net use z: /delete',
      'vault login -method=userpass',
    ],
  },
}

/** Each pattern ends with the secret as its last group, so that its place follows from the end of the match. */
const patterns = [
  /-(?:[uU]|-(?:proxy-)?user)[ \t]+["']?[\w.@%+\\-]{1,64}:(?!\d{1,5}(?:\s|$))([^\s"'`]+)/y,
  /-(?:[uU]|-(?:proxy-)?user)[ \t]+[\w.@%+\\-]{1,64}:"([^"\n]{1,256})/y,
  /-(?:[uU]|-(?:proxy-)?user)[ \t]+[\w.@%+\\-]{1,64}:'([^'\n]{1,256})/y,
  /--oauth2-bearer[ \t]+["']?([^\s"'`]{1,4096})/y,
  /sshpass[ \t]+-p[ \t]*'([^'\n]{1,256})/y,
  /sshpass[ \t]+-p[ \t]*"([^"\n]{1,256})/y,
  /sshpass[ \t]+-p[ \t]*([^\s"'`]{1,256})/y,
  /(?:mysql(?:dump|admin|_upgrade)?|mariadb(?:-dump|-admin)?)[ \t][^\n|;]{0,200}?[ \t]-p'([^'\n]{1,256})/y,
  /(?:mysql(?:dump|admin|_upgrade)?|mariadb(?:-dump|-admin)?)[ \t][^\n|;]{0,200}?[ \t]-p"([^"\n]{1,256})/y,
  /(?:mysql(?:dump|admin|_upgrade)?|mariadb(?:-dump|-admin)?)[ \t](?:[^\n|;]{0,200}?[ \t])?-p([^\s"'`]{1,256})/y,
  /identified[ \t]+(?:with[ \t]+\w+[ \t]+)?by[ \t]+(?:password[ \t]+)?'([^'\n]{1,256})/iy,
  /identified[ \t]+(?:with[ \t]+\w+[ \t]+)?by[ \t]+(?:password[ \t]+)?"([^"\n]{1,256})/iy,
  // PostgreSQL's `CREATE ROLE x WITH LOGIN PASSWORD 'y'`; must not match `the column password 'is' too short`.
  /(?<=\b(?:role|user|login|encrypted|with)\b[^\n;]{0,80})password[ \t]+(?:'\\''|')([^'\n]{1,256})/iy,
  // With -b the password is the last word of the command.
  /htpasswd[ \t]+-(?=\w{0,8}b)\w{1,8}(?:[ \t]+[^\s|;&]{1,256}){1,3}?[ \t]+["']?([^\s"'`|;&-][^\s"'`|;&]{0,255})(?=["']?[ \t]*(?:$|[\n|;&>)]))/y,
  /openssl[ \t]+passwd[ \t]+(?:-salt[ \t]+\S{1,64}[ \t]+|-\w{1,16}[ \t]+){0,4}["']?([^\s"'`|;&-][^\s"'`|;&]{0,255})/y,
  /(?:requirepass|masterauth)[ \t]+["']?([^\s"'`]{1,256})/y,
  /ssh-keygen[ \t][^\n|;&]{0,200}?-N[ \t]+["']?([^\s"'`]{1,256})/y,
  /user(?:add|mod)[ \t](?:[^\n|;&]{0,200}?[ \t])?-p[ \t]+["']?([^\s"'`-][^\s"'`]{0,255})/y,
  /net user[ \t]+[\w.-]{1,64}[ \t]+([^\s/*][^\s]{0,127})(?=[ \t]+\/add|[ \t]*(?:\n|$))/iy,
  /net use[ \t]+(?:\w:[ \t]+)?\\\\\S{1,200}[ \t]+([^\s/*][^\s]{0,127})/iy,
  /(?:sqlplus|expdp|impdp)[ \t]+(?:-\w[ \t]+)?[\w.-]{1,64}\/([^\s@]{1,128})(?=[@\s]|$)/iy,
  /--auth[ \t=]+[\w.@%+-]{1,64}:([^\s"'`]{1,256})/y,
  /password\('([^'\n]{1,256})/iy,
  /radtest[ \t]+\S{1,64}[ \t]+["']?([^\s"'`$]{1,128})/y,
  /isakmp key[ \t]+(?:[06][ \t]+)?(\S{1,128})(?=[ \t]+address)/iy,
  /(?<=(?:pass|luks|login)[^\n|;]{0,120})<<<[ \t]*["']?([^\s"'`$<][^\s"'`]{0,255})/y,
  /createUser[ \t]+\S{1,64}[ \t]+(?:MD5|SHA[\d-]{0,4})[ \t]+"?([^\s"]{1,128})/iy,
  /(?:(?:pro|ua) attach|vault login|operator unseal|authtoken|cloudflared service install|b2 account|authorize-account)[ \t]+(?:--?\w[\w-]*[ \t]+){0,2}["']?(?=[^\s"']{0,64}\d)([\w+/=.:-]{16,4096})/iy,
  /redis-cli[ \t][^\n|;]{0,100}?-a[ \t]+["']?([^\s"'`]{1,256})/y,
]

function findCommandSecret(text: string, at: number): readonly Match[] {
  if (text.startsWith('chpasswd', at)) return findPiped(text, at)
  if (text[at] === '|') return findEchoed(text, at)
  for (const pattern of patterns) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    const value = found?.[1] ?? ''
    if (value === '' || value.startsWith('$')) continue
    const end = at + (found?.[0].length ?? 0)
    return isUserOption(text, at) ? wholeUser(text, at, end) : [{ start: end - value.length, end }]
  }
  return none
}

function isUserOption(text: string, at: number): boolean {
  return text[at] === '-' && !text.startsWith('--oauth2', at)
}

/** Of `-u user:pw` the user goes as well. */
function wholeUser(text: string, at: number, end: number): readonly Match[] {
  const start = at + text.slice(at, end).search(/[ \t]["']?[^\s"'-]/) + 1
  return [{ start: '"\''.includes(text[start] ?? ' ') ? start + 1 : start, end }]
}

const pipe = /([\w.-]{1,32}):([^\s"'`|]{1,256})["'`]?[ \t]*\|[ \t]*(?:sudo[ \t]+)?$/

/** `echo "user:pw" | chpasswd`: the secret stands before the word. */
function findPiped(text: string, at: number): readonly Match[] {
  if (!isPiped(text, at)) return none
  const before = text.slice(Math.max(0, at - 320), at)
  const found = pipe.exec(before)
  const [whole = '', user = '', value = ''] = found ?? []
  if (!found || value === '' || value.startsWith('$')) return none
  const userStart = at - before.length + found.index
  const start = userStart + whole.indexOf(':') + 1
  const match: Match = { start, end: start + value.length }
  return isNobody(text, userStart, userStart + user.length)
    ? [match]
    : [{ start: userStart, end: userStart + user.length, label: '<user>', type: 'USERNAME' }, match]
}

/** What goes into `passwd`, `cryptsetup` and the like: matches `echo -e "a\\na" `, `echo hunter2 `, not `echo "$PW" `. */
const echoed = /(?:echo|printf)[ \t](?:-\w{1,4}[ \t]+)?(["']?)(?<=["']|[ \t])((?<=["'])[^"'\n$]{1,256}|[^\s"'|$<]{1,256})\1[ \t]*$/d

/** `echo -e "pw\npw" | passwd user`: the secret stands before the pipe. */
function findEchoed(text: string, at: number): readonly Match[] {
  const before = text.slice(Math.max(0, at - 320), at)
  const found = echoed.exec(before)
  if (!found) return none
  const [start, end] = found.indices?.[2] ?? [0, 0]
  return [{ start: at - before.length + start, end: at - before.length + end }]
}
