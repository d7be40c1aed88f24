import { isIn, letter, underscore } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Ids of sessions and tokens of forms that stand outside of a header, behind the names that cookies have: only what is long and random, and no UUID, which tells runs apart. */
export const sessionId: Recognizer = {
  name: 'session-id',
  type: 'API_KEY',
  label: '<secret>',
  anchors: [
    'phpsessid',
    'jsessionid',
    'sessionid',
    'session_id',
    'session=',
    'session"',
    "session'",
    'session\\"',
    'session id',
    'session key',
    'connect.sid',
    'asp.net_sessionid=',
    'sid=',
    'csrftoken',
    'xsrf-token',
    'auth=',
  ],
  find: findSessionId,
  examples: {
    hidden: [
      ['curl -b PHPSESSID=0a1b2c3d4e5f6g7h8i9j0k1l2m x', 'curl -b PHPSESSID=<secret> x'],
      ['/x;jsessionid=9F8E7D6C5B4A39281706F5E4D3C2B1A0?y', '/x;jsessionid=<secret>?y'],
      ['{"session":"TXwD50nVRHWfskOuNljy8V8D2tvC"}', '{"session":"<secret>"}'],
      ['session id TXwD50nVRHWfskOuNljy8V8D2tvC', 'session id <secret>'],
      ['connect.sid=s%3Aab12CD34ef56GH78.ij90; Path', 'connect.sid=<secret>; Path'],
    ],
    kept: [
      'session=<8mHZxQacpq5CxnRQ>',
      'session_id=0d3f8b1e-6c2a-4f5d-9e7b-1a2b3c4d5e6f',
      'sid=ORCL',
      'ACCOUNT_SID=ACae2c025095762078b7f077458cb858be',
      'sid=S-1-5-21-1004336348-1177238915-682003330-512',
      'session=closed',
      'auth=basic',
      'session_id: 12345678901234567890',
      'side=0a1b2c3d4e5f6g7h8i9j',
    ],
  },
}

const named =
  /(?:phpsessid|asp\.net_sessionid|jsessionid|session[ _]?id|session key|session|connect\.sid|sid|csrftoken|xsrf-token|auth)(?:\\?["']?(?:[=:]| (?:is|=|:)(?= )|(?<= id|key)(?= ))[ \t]?\\?["']?)((?=[^\s;&"']{0,64}\d)(?=[^\s;&"']{0,64}[A-Za-z])(?!S-\d)(?![\da-f]{8}-[\da-f]{4}-)[\w%.+/=~-]{16,512})(?![^\s;&?"'`,)\]}\\])/diy

function findSessionId(text: string, at: number): readonly Match[] {
  if (isIn(text, at - 1, letter | underscore)) return none
  named.lastIndex = at
  const place = named.exec(text)?.indices?.[1]
  return place === undefined ? none : [{ start: place[0], end: place[1] }]
}
