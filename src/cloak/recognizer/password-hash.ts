import { endAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Hashes of passwords as `crypt` and its kin write them, which can be guessed from, with the login before them (`jo:$2y$…`). */
export const passwordHash: Recognizer = {
  name: 'password-hash',
  type: 'PASSWORD',
  label: '<secret>',
  otherLabels: ['<user>'],
  anchors: [
    '$1$',
    '$5$',
    '$6$',
    '$y$',
    '$2a$',
    '$2b$',
    '$2y$',
    '$apr1$',
    '$argon2',
    '{ssha}',
    '{sha}',
    '{ssha256}',
    '{ssha512}',
    '{sha256}',
    '{sha512}',
    'scram-sha-256$',
  ],
  find: findPasswordHash,
  examples: {
    hidden: [
      ['jo:$apr1$4FXqFvoG$07BwbGJbZShpiLmxkI1H5G', '<user>:<secret>'],
      ['root:$6$rounds=4096$saltsalt$Qyb1c0Zk7GJvF3mYx5dK9w:19000:0', 'root:<secret>:19000:0'],
      ['"max:$$2y$$05$$8JSfk6Q0wgmWvJ8EXYmDdLMgcRMeVkgIAtVKvxvatxMmJ4Il0HkqV"', '"<user>:<secret>"'],
      ['passwd $2b$12$8JSfk6Q0wgmWvJ8EXYmDdLMgcRMeVkgIAtVKvxvatxMmJ4Il0HkqV', 'passwd <secret>'],
      ["'$argon2id$v=19$m=65540,t=3,p=4$c2FsdHNhbHQ$aGFzaGhhc2g'", "'<secret>'"],
      ['jo:{SHA512-CRYPT}$6$saltsalt$Qyb1c0Zk7GJvF3mYx5dK9w:::', '<user>:<secret>:::'],
      ['userPassword: {SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr', 'userPassword: <secret>'],
    ],
    kept: ['echo $1$2', '"$6$suffix"', "awk '{print $5$6}'", 'cost of $5$', 'uses $argon2id', '{SHA} is weak', 'perl -e $2a$b'],
  },
}

/** `$` may be doubled, as files of Compose need it. */
const hash = new RegExp(
  [
    '[$]{1,2}(?:1|apr1)[$]{1,2}[./\\w]{1,8}[$]{1,2}[./\\w]{6,22}',
    '[$]{1,2}2[aby][$]{1,2}\\d\\d[$]{1,2}[./\\w]{6,53}',
    '[$]{1,2}[56][$]{1,2}(?:rounds=\\d{1,9}[$]{1,2})?[./\\w]{1,16}[$]{1,2}[./\\w]{6,86}',
    '[$]{1,2}y[$]{1,2}[./\\w]{1,8}[$]{1,2}[./\\w]{1,64}[$]{1,2}[./\\w]{6,64}',
    '[$]{1,2}argon2(?:id?|d)[$]{1,2}v=\\d{1,3}[$]{1,2}[mtp=\\d,]{5,40}[$]{1,2}[\\w+/]{6,128}(?:[$]{1,2}[\\w+/]{1,256}={0,2})?',
    '\\{S?SHA(?:256|512)?\\}[\\w+/]{16,128}={0,2}',
    'SCRAM-SHA-256\\$\\d{1,9}:[\\w+/=]{8,64}\\$[\\w+/=]{8,64}:[\\w+/=]{8,64}',
  ].join('|'),
  'iy',
)
/** What Dovecot and LDAP write before a hash. */
const scheme = /\{[A-Za-z\d.-]{2,14}\}$/
const owner = /(?:^|[\s"'`=])([A-Za-z_][\w.@-]{0,63}):$/d

function findPasswordHash(text: string, at: number): readonly Match[] {
  const from = text[at - 1] === '$' ? at - 1 : at
  const end = endAt(hash, text, from)
  if (end < 0) return none
  const start = from - (scheme.exec(text.slice(Math.max(0, from - 16), from))?.[0].length ?? 0)
  const before = text.slice(Math.max(0, start - 72), start)
  const place = owner.exec(before)?.indices?.[1]
  const match: Match = { start, end }
  if (!place || /^(?:root|admin|\w*pass\w*|\w*hash|\w*secret|\w*auth)$/i.test(before.slice(...place))) return [match]
  return [{ start: start - before.length + place[0], end: start - before.length + place[1], label: '<user>', type: 'USERNAME' }, match]
}
