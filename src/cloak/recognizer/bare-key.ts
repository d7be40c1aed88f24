import { alphanumeric, hyphen, isIn } from '../character.ts'
import { endAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Keys behind the bare word `key`, which is also that of caches, maps and columns: only what looks like a key, and like no hash. */
export const bareKey: Recognizer = {
  name: 'bare-key',
  type: 'API_KEY',
  label: '<secret>',
  anchors: ['key:', 'key=', 'key =', 'key":'],
  find: findBareKey,
  examples: {
    hidden: [
      ['encryption:\n  key: "LQ0jAQz9k3kVgUXrN/NZ6bYB/bdxs+cqG7RW5IShnp0="', 'encryption:\n  key: "<secret>"'],
      ['email: x\nkey: fM3T2FXdBlixaAHtQ3NUdNBkPXydXGJM', 'email: x\nkey: <secret>'],
    ],
    kept: ['key: password', 'key=0123456789abcdef0123456789abcdef', 'cache key: Linux-node-0123456789abcdef0123456789abcdef'],
  },
}

const key = /key\\?["']?[ \t]{0,4}[:=][ \t]{0,4}\\?["']?/iy
/** 32 bytes of base64, or digits, small letters and capitals mixed. */
const strongKey = /(?:[\w+/]{43}=|(?=\w{0,64}\d)(?=\w{0,64}[a-z])(?=\w{0,64}[A-Z])[A-Za-z\d_]{24,128})(?![\w+/=.-])/y

function findBareKey(text: string, at: number): readonly Match[] {
  if (isIn(text, at - 1, alphanumeric | hyphen)) return none
  const start = endAt(key, text, at)
  const end = start < 0 ? -1 : endAt(strongKey, text, start)
  return end < 0 ? none : [{ start, end }]
}
