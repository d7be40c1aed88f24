import { blank, isIn, isSign, letter } from '../character.ts'
import { isNoSecret } from '../no-secret.ts'
import { endAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { beginsSetting } from '../setting-name.ts'
import { readValue, type Value } from '../value.ts'
import { isWordAt } from '../word-set.ts'

/** What stands behind a label like `password=` or `--token`: the label stays readable, the value goes whole. */
export const secret: Recognizer = {
  name: 'secret',
  type: 'PASSWORD',
  label: '<secret>',
  anchors: [
    ...[
      'passw',
      'passphrase',
      '_pass',
      'pass=',
      'pass:',
      'pass ',
      'pass"',
      "pass'",
      'pwd=',
      'pwd:',
      '_pwd',
      'secret',
      'token',
      'credential',
      'rootpw',
      'cipassword',
      'kennwort',
      'ntrase',
      'setup_key',
      'setup-key',
      'mot de passe',
      'psk=',
      'psk:',
      'psk ',
      'psk"',
    ],
    ...['api_key', 'apikey', 'api-key', 'api key', 'access_key', 'accesskey', 'access-key', 'auth_key', 'authkey', 'auth-key'],
    ...['app_key', 'jwt_key'],
    ...[
      'private_key',
      'private-key',
      'secret_key',
      'encryption_key',
      'encryptionkey',
      'master_key',
      'masterkey',
      'signing_key',
      'session_key',
      '_key_base',
    ],
    ...['routing_key', 'integration_key', 'plex_claim'],
    ...['account_key', 'accountkey', 'license_key', 'licensekey', 'shared_key', 'deploy_key', 'recovery_key', 'unseal key', 'pin='],
    ...[
      'pw=',
      'pw:',
      '_pw',
      'signature=',
      'sig=',
      '_salt',
      'geheimnis',
      'senha',
      'wachtwoord',
      'senord',
      'adgangskode',
      'salasana',
      'schl',
      'bindpw ',
    ],
  ],
  find: findSecret,
  examples: {
    hidden: [
      ['password=hunter2', 'password=<secret>'],
      ['pwd=hunter2', 'pwd=<secret>'],
      ['DB_PASS="two words" DB=x', 'DB_PASS="<secret>" DB=x'],
      ['{"api_key":"k1","n":2}', '{"api_key":"<secret>","n":2}'],
      ['passwd: s3cret!', 'passwd: <secret>'],
      ['?access_token=abc&x=1', '?access_token=<secret>&x=1'],
      ['Server=x;Password=a,b;Database=y', 'Server=x;Password=<secret>;Database=y'],
      ["secret => 'a b'", "secret => '<secret>'"],
      ['mysql --password geheim app', 'mysql --password <secret> app'],
      ['<password>abc</password>', '<password><secret></password>'],
      ['{\\"token\\": \\"abc\\"}', '{\\"token\\": \\"<secret>\\"}'],
      ['Generated admin password is: tr0ub4dor', 'Generated admin password is: <secret>'],
      ['APP_KEY=base64:abcd/efg=', 'APP_KEY=base64:<secret>'],
      ['passphrase: correct horse battery', 'passphrase: <secret>'],
      ['Password for max@pam: hunter2', 'Password for <user>@pam: <secret>'],
      ['password for user root: hunter2', 'password for user root: <secret>'],
      ['SECRET_KEY_BASE=0a1b2c3d', 'SECRET_KEY_BASE=<secret>'],
      ['Passwort: geheim', 'Passwort: <secret>'],
      ['wifi.psk=geheim', 'wifi.psk=<secret>'],
      ['?pw=geheim&x=1', '?pw=<secret>&x=1'],
      ['https://x.github.com/k?X-Amz-Date=1&X-Amz-Signature=0a1b&x=1', 'https://<host>/k?X-Amz-Date=1&X-Amz-Signature=<secret>&x=1'],
      ['/c?sv=2020&sig=ab%3D', '/c?sv=2020&sig=<secret>'],
      ['LIVE_KEY_BASE: "0a1b 2c3d"', 'LIVE_KEY_BASE: "<secret>"'],
      ['Passwort: hunter2', 'Passwort: <secret>'],
      ['Passwort für »max«: hunter2', 'Passwort für »<user>«: <secret>'],
      ['mot de passe : hunter2', 'mot de passe : <secret>'],
      ['The generated password for the built-in superuser is : a+b', 'The generated password for the built-in superuser is : <secret>'],
      ["ALTER ROLE x PASSWORD 'two words';", "ALTER ROLE x PASSWORD '<secret>';"],
      ["+ psql -c 'CREATE ROLE x PASSWORD '\\''hunter2'\\'''", "+ psql -c 'CREATE ROLE x PASSWORD '\\''<secret>'\\'''"],
      ["define('DB_PASSWORD', 'a;b c');", "define('DB_PASSWORD', '<secret>');"],
      ['<add key="SmtpPassword" value="a b" />', '<add key="SmtpPassword" value="<secret>" />'],
      ["rails['smtp_password'] = 'a b'", "rails['smtp_password'] = '<secret>'"],
      ['psk="hunter2"', 'psk="<secret>"'],
      ['access_key_id = GK31c2f218a2e44f48', 'access_key_id = <secret>'],
      ['enable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0', 'enable secret 5 <secret>'],
      ['mysql-server/root_password password hunter2', 'mysql-server/root_password password <secret>'],
      ['machine x login jo password hunter2', 'machine x login <user> password <secret>'],
      ['secret "LQ0jAQz9k3kVgUXrN/NZ6bYB/bdxs+cqG7RW5IShnp0=";', 'secret "<secret>";'],
      ['x:\n  password: two words\ny: z', 'x:\n  password: <secret>\ny: z'],
      ['Passwort bestätigen: Uhr!7', 'Passwort bestätigen: <secret>'],
      ['LUKS passphrase for /dev/sdb3: zwei worte', 'LUKS passphrase for /dev/sdb3: <secret>'],
      ["'dbpass' => 'a b'", "'dbpass' => '<secret>'"],
      ["define('NONCE_SALT', 'a;b c');", "define('NONCE_SALT', '<secret>');"],
      ["'passwordsalt' => 'ab+c'", "'passwordsalt' => '<secret>'"],
      ['bind_pw = "a b"', 'bind_pw = "<secret>"'],
      ['rootpw hunter2', 'rootpw <secret>'],
      ['<entry key="db.password">geheim</entry>', '<entry key="db.password"><secret></entry>'],
      ['WLAN-Schlüssel: hunter2', 'WLAN-Schlüssel: <secret>'],
      ['lösenord: hunter2', 'lösenord: <secret>'],
      ['password is generated for root@localhost: a;b', 'password is generated for root@localhost: <secret>'],
      ['Initial password (shown once): hunter2', 'Initial password (shown once): <secret>'],
      ['- name: DB_PASSWORD\n  value: "a b"', '- name: DB_PASSWORD\n  value: "<secret>"'],
      ['{"name":"DB_PASSWORD","value":"geheim"}', '{"name":"DB_PASSWORD","value":"<secret>"}'],
      ['variable "db_password" {\n  default = "a b"\n}', 'variable "db_password" {\n  default = "<secret>"\n}'],
      ["env('DB_PASSWORD', 'geheim')", "env('DB_PASSWORD', '<secret>')"],
      ['ENV DB_PASSWORD geheim', 'ENV DB_PASSWORD <secret>'],
      ['fastcgi_param DB_PASSWORD geheim;', 'fastcgi_param DB_PASSWORD <secret>;'],
      ["set vpn psk x secret 'a b'", "set vpn psk x secret '<secret>'"],
      ['nmcli dev wifi connect Netz password geheim', 'nmcli dev wifi connect Netz password <secret>'],
      ['rootpw --plaintext geheim', 'rootpw --plaintext <secret>'],
      ['FritzBox, Schlüssel 73948261057394820165', 'FritzBox, Schlüssel <secret>'],
      ['<Password>two words</Password>', '<Password><secret></Password>'],
      ['app password: abcd efgh ijkl mnop', 'app password: <secret>'],
      ['~ password = "a b" -> "c d"', '~ password = "<secret>" -> "<secret>"'],
      ['SSHPASS=geheim ssh x', 'SSHPASS=<secret> ssh x'],
      ['contraseña: secreto1', 'contraseña: <secret>'],
      ['netbird up --setup-key E3B0C442-98FC', 'netbird up --setup-key <secret>'],
      ['geheimnis: s7x', 'geheimnis: <secret>'],
      ['secret for the webhook = AGDyuYQ1VoEGIrvD', 'secret for the webhook = <secret>'],
      ['token für den Runner: 0a1b2c3d4e5f6a7b', 'token für den Runner: <secret>'],
      ['createuser --dbpass pw1 x', 'createuser --dbpass <secret> x'],
      ['senha=hunter2', 'senha=<secret>'],
      ['openssl enc -passin pass:hunter2', 'openssl enc -passin pass:<secret>'],
      ['https://ci-token:hunter2@localhost/a/b', 'https://<credential>@localhost/a/b'],
    ],
    kept: [
      'password: \nnext line',
      'PGPASSWORD=$DB_PASS psql',
      'passwd: password updated successfully',
      'passwd: Passwort erfolgreich aktualisiert',
      'SyntaxError: Unexpected token: }',
      'max_tokens=4096',
      'DB_PASS: unbound variable',
      'password authentication failed',
      'chpasswd: line 1: missing new password',
      'bypass=1',
      'token=null',
      'OLDPWD=/opt/app',
      'password: [hidden]',
      'PWD=/root',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable.
      'PASSWORD=${PASSWORD:-}',
      'secret=""',
      'tokenizer: fast',
      'Using --password via the CLI is insecure',
      '[sudo] password for root: Sorry, try again.',
      'password for root:',
      'SECRET_KEY_BASE is not set',
      'signal sig=9 code=1',
      'design=new',
      'gpg: Signature=good',
      'lpw=5',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable.
      'DB_PASSWORD=${DB_PASSWORD:?missing}',
      'password: !secret web_password',
      'let token = self.next();',
      'password for the database: not set',
      'the fields "password" and "token"',
      'WPA-PSK is on',
      'define("PASSWORD_MIN", 8)',
      'secret 5 of 7',
      'enter the password twice',
      "data['password'] = data['email'] = x",
      'learned to pass "--quiet" down',
      'getent passwd "$user"',
      '  password: not set in the file',
      '  token: <secret>, { password: true }',
      'passwd: Authentifizierungstoken-Manipulationsfehler\n',
      'api_key: ENC[AES256_GCM,data:x]',
      'secret_key: /etc/app/secret.key',
      'random_salt: true',
      'read -p "Password: " pw',
      'secret: process.env.KEY',
      'f(user: &str, password: &str)',
      'SECRET_KEY=changeme',
      'max ALL=(ALL) NOPASSWD: ALL',
      'adduser --disabled-password postgres',
      'Schlüssel: 4 Stück',
      'der API-Schlüssel: fehlt noch',
      '-Credential $cred -x',
      'Set root password: changed',
      'ENV DB_PASSWORD $PW',
      'variable "db_password" {\n  type = string\n}',
      'password (optional): ',
      '{"name":"tokens","value":12}',
      'name: SECRET_LIST\nvalue: []',
      'ENV TOKEN_URL https://localhost/x',
      '- name: token\n  image: x',
      "env('DB_PASSWORD', '')",
      'smbpasswd: Added user root.',
      'mosquitto_passwd: Unable to open file',
      'token for the lexer: identifier2x_and_more',
    ],
  },
}

const password =
  'pass(?:wor[dt]|wd|phrase)?|kennwort|mot de passe|senha|wachtwoord|adgangskode|salasana|(?<=co)ntrase(?:ñ|n)a|(?<=lö|lo)senord|(?:(?<![a-z_])|(?<=wpa_|wifi_))psk'
const name = [
  `(?:${password})(?:\\d|salt)?|_?pwd|_pw|_salt|geheimnis|(?<=(?:wlan|netzwerk|sicherheits|wiederherstellungs|lizenz|api|zugangs|zugriffs|verschlüsselungs|geheimer|privater)[- ]?)schl(?:ü|ue)ssel|secrets?|token|credentials?|rootpw|pin|plex_claim`,
  '(?:api|access|auth|app|jwt|private|secret|encryption|master|signing|session|account|license|shared|deploy|recovery|unseal|routing|integration|setup)[_ -]?key(?: ?\\d)?|access[_-]?key[_-]?id|_key(?=_base)',
].join('|')
/** Whom a password is for, in up to seven words. */
const whom = ' (?:for|für) (?:[\\w.@/"\'`-]{1,64} ){0,6}[\\w.@/"\'`»«-]{1,64}'
/** A prompt that asks again. */
const once = ' \\([^()\\n]{1,48}\\)'
/** What was done with it, before for whom. */
const made = '(?: (?:is|was|has been|wurde))? (?:(?:auto-?|randomly )?generated|created|set|reset|erzeugt|generiert|gesetzt)'
const again = ' (?:bestätigen|wiederholen|erneut(?: eingeben)?|again|confirmation|\\(again\\))'
const assignment = new RegExp(
  [
    `_?(?:cipassword|(?:${name})(?:[_-]?(?:key|token|value|id_rsa|base))?)(?:\\\\?["'\`])?(?: is)?[ \\t]{0,8}(?:=>|:=|==?|:|>)[ \\t]{0,8}`,
    `(?:${password})(?:${whom}|${again}|${once}|${made}${whom})(?: is| ist)?[ \\t]{0,8}[:=][ \\t]{0,8}`,
    // Name and value side by side: lists of variables, of Terraform, of settings.
    `(?:${name})[\\w.-]{0,16}["']?,?\\s{0,16}["']?(?:value|wert)["']?[ \\t]{0,4}[:=][ \\t]{0,4}(?!\\d{1,6}(?!\\w)|[[{\\n])`,
    `(?:${name})"[ \\t]{0,4}\\{[^{}]{0,160}\\bdefault[ \\t]{0,8}=[ \\t]{0,4}(?=")`,
    `(?:token|secret|(?:api|access)[_ -]?key)(?: of| von)?${whom}[ \\t]{0,8}(?:[:=]|is:?|ist:?|->)[ \\t]{0,8}(?=[^\\s]{0,64}\\d)(?=[\\da-f-]{16}|[^\\s]{0,64}(?-i:[A-Z]))(?=[\\w+/=.~-]{12})`,
    `(?:(?<=[?&;])|(?<=\\b(?:db|sql|smtp|mail|ftp|ldap|mqtt|bind|auth|admin|user|root)))pw[:=][ \\t]{0,8}`,
    `(?:${name})" value=`,
    `(?:${name})">(?<=key="[\\w.-]{1,64}">)`,
    `(?:${name})["']\\][ \\t]{0,4}=>?[ \\t]{0,4}(?=["'])`,
    `(?:${name})["'],(?<=(?:define|env|setdefault|variable|putenv)\\([ \\t]?["']\\w{0,40}["'],)[ \\t]{0,8}(?=["'])`,
  ].join('|'),
  'iy',
)
/** The proof in an address that was signed, which opens it to anybody: matches `?sig=`, `&X-Amz-Signature=`; must not match ` sig=`. */
const signature = /(?<=[?&;](?:x-(?:amz|goog)-)?)sig(?:nature)?=/iy
const option = new RegExp(`(?:${name})[ \\t]{1,8}(?!-)`, 'iy')
/**
 * What a password stands behind without a sign: a quote, the number of an encoding, the question of a package, the login of `.netrc`.
 * Matches `PASSWORD 'x'`, `secret 5 $1$…`; must not match `password twice`, `secret 5 of`.
 */
const bare = new RegExp(
  [
    `(?<!wpa_)(?:passwor[dt]|passphrase|kennwort|psk)[ \\t]{1,8}(?:'\\\\'(?=')|(?=\\\\?["'][^\\s$<]))`,
    'secret[ \\t]{1,4}(?="[\\w+/]{43}=")',
    '(?:password|secret)[ \\t][05789][ \\t]{1,4}(?=\\S{5,})',
    '(?:password|passwd)(?:[_-]again)?(?<=/[\\w-]{0,56})[ \\t]{1,8}password[ \\t]{1,8}(?=\\S)',
    // A word of a Dockerfile, shell, server or assistant, the name of a variable, its value.
    `(?:${name})[\\w-]{0,16}[ \\t](?=[^\\s$<=])(?!https?:)(?<=(?:^|[\\s"'])(?:ENV|setenv|SetEnv|setx|fastcgi_param|passenger_env_var|set -[gUux]{1,3}|env_var)[ \\t]{1,4}\\w{3,64}[ \\t])`,
    '(?:secret|password|-key)[ \\t]{1,4}(?=["\'][^\\s$<])(?<=(?:^|\\n)[ \\t]{0,8}set [^\\n]{0,160})',
    '(?:password|passphrase)[ \\t]{1,4}(?=[^\\s$<])(?<=nmcli [^\\n|;]{0,160})',
    'rootpw[ \\t]{1,4}(?:--[a-z-]{3,16}[ \\t]{1,4}){1,3}(?=[^\\s$<-])',
    '(?:(?:wlan|netzwerk|wpa2?)[- ]?)?schl(?:ü|ue)ssel[ \\t]{1,4}(?=\\d{16,20}(?!\\d)|(?:\\d{4} ){3,4}\\d{4}(?!\\d))',
    '(?:(?<=bind|root)pw|bindpw|rootpw|(?<=bind)password)(?<=(?:^|\\n)[ \\t]{0,16}\\w{4,24})[ \\t]{1,8}(?=[^\\s${<-])',
    'password(?<=login[ \\t]{1,8}\\S{1,64}\\s{1,16}password)[ \\t]{1,8}(?=[^\\s${<])',
  ].join('|'),
  'iy',
)
function findSecret(text: string, at: number): readonly Match[] {
  if (!isLabelStart(text, at)) return none
  const start = valueStart(text, at)
  if (start < 0) return none
  const value = wholeValue(text, start)
  if (!value || isNoSecret(text, at, value.start, value.end) || userinfo.test(text.slice(Math.max(0, at - optionReach), at))) return none
  return [
    {
      start: endAt(codingBefore, text, value.start, value.start),
      end: isPhrase(text, at, start) ? lineEnd(text, value.end) : value.end,
      type: isPassword(text, at) ? 'PASSWORD' : 'API_KEY',
    },
    ...changedTo(text, value.end),
  ]
}

/** What stands in an element up to its closing tag, and passwords of four groups: `<Password>two words</Password>`, `abcd efgh ijkl mnop`. */
const content = /[^<>\n]{1,256}(?=<\/)/y
const groups = /(?:[a-z]{4} ){3}[a-z]{4}(?![\w-])/y

function wholeValue(text: string, start: number): Value | undefined {
  const end = isSign(text, start - 1, '>') && !isSign(text, start - 2, '=') ? endAt(content, text, start) : endAt(groups, text, start)
  return end < 0 ? readValue(text, start) : { start, end }
}

/** A plan of changes names the old and the new: `"a" -> "b"`. */
const arrow = /" -> "(?=[^"\n]{1,256}")/y

function changedTo(text: string, end: number): readonly Match[] {
  const start = endAt(arrow, text, end)
  return start < 0 ? none : [{ start, end: text.indexOf('"', start) }]
}

/** Says how a key is written, or where OpenSSL takes one from. */
const codingBefore = /(?:base64|pass):/y
/** A label before the host of a URL is the name of a user, whose password follows: matches `https://oauth2-`. */
const userinfo = /:\/\/[\w.~%-]{0,36}$/

/** Whether the label speaks of something that people type, not of a key or token. */
function isPassword(text: string, at: number): boolean {
  return /^_?(?:pass|pwd|pin|rootpw|cipass|credential)/i.test(text.slice(at, at + 11))
}

function valueStart(text: string, at: number): number {
  if (isWordAt(text, at, 'sig')) return endAt(signature, text, at)
  const assigned = endAt(assignment, text, at)
  if (assigned >= 0) return text[assigned - 1] === '>' && !isSign(text, assigned - 2, '="') && !isTag(text, at) ? -1 : assigned
  return isOption(text, at) ? endAt(option, text, at) : endAt(bare, text, at)
}

/** What turns a label into the opposite of one: matches `NOPASSWD:`, `--disabled-password`, `chpasswd`. */
const noLabelBefore = /(?:^|[^a-z])(?:no|ch|disabled?-)$/i

/** Whose password an option takes: matches `--dbpass`, `--smtp-userpass`; must not match `--bypass`. */
const ofOption =
  /[ \t]--?(?:[a-z]{1,12}-){0,2}(?:user|root|admin|db|ssh|sudo|smtp|mail|my|cert|p12|pfx|import|export|wifi|wlan|http|proxy|api|vnc|rdp|mqtt|ftp|bind|ldap|login|auth|master|zip|new|old)$/i

/** `bypass`, `spin` and the program `chpasswd` hold a label without being one. */
function isLabelStart(text: string, at: number): boolean {
  if (noLabelBefore.test(text.slice(Math.max(0, at - 9), at))) return false
  if (!isIn(text, at - 1, letter)) return true
  const name = text.slice(at, at + 5).toLowerCase()
  if (name === 'pass ' && ofOption.test(text.slice(Math.max(0, at - 24), at))) return true
  return !/^pass[^a-z]|^pin=|^pw[=:]|^psk/.test(name) || beginsSetting(text, at)
}

const optionReach = 40

function isOption(text: string, at: number): boolean {
  return /(?:^|\s)--?(?:[a-z][\w-]*)?$/i.test(text.slice(Math.max(0, at - optionReach), at))
}

function isTag(text: string, at: number): boolean {
  return /<[\w-]*$/.test(text.slice(Math.max(0, at - optionReach), at))
}

/** A passphrase is made of words, and so is what stands bare in an indented list of settings: it goes to the end of its line. */
function isPhrase(text: string, at: number, start: number): boolean {
  if (text[start] === '"' || text[start] === "'" || !isIn(text, start - 1, blank)) return false
  if (/^passphrase/i.test(text.slice(at, at + 10))) return true
  if (!/^[^,'"`{}()=:<>#[\]\n]*(?:\n|$)/.test(text.slice(start, start + lineReach))) return false
  return text[start - 2] === ':' && /(?:^|\n)[ \t]{1,32}[\w.-]{0,40}$/.test(text.slice(Math.max(0, at - 80), at))
}

const lineReach = 1024

function lineEnd(text: string, from: number): number {
  const end = text.slice(from, from + lineReach).search(/[\r\n"'`<]/)
  return end < 0 ? Math.min(text.length, from + lineReach) : from + end
}
