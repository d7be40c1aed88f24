import { alphanumeric, blank, colon, hex, other, runLeft } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Names behind an address in a line of `/etc/hosts`. */
export const hostsFile: Recognizer = {
  name: 'hosts-file',
  label: '<host>',
  anchors: ['.', ':'],
  beside: { before: hex | colon | blank | other, after: alphanumeric | colon },
  find: findHostsLine,
  examples: {
    hidden: [
      ['10.0.0.5 pve1.example.com pve1', '<ipv4> <host> <host>'],
      ['127.0.1.1\tmybox', '<ipv4>\t<host>'],
      ['fd00::5 nas nas2\n', '<ipv6> <host> <host>\n'],
    ],
    kept: ['1.5 seconds', '1.2.3.4-1 package', '::1 localhost ip6-localhost ip6-loopback', 'abc def'],
  },
}

const addressReach = 5
/** More words than this are a sentence that begins with an address. */
const namesMax = 6
const line = /(?:\d{1,3}(?:\.(?:\d{1,3}|x)){3}|[0-9a-f]{0,4}:[0-9a-f:]{1,42})[ \t]+(?=[A-Za-z])([\w. \t-]{1,512}?)[ \t]*(?=\r?\n|$|#)/iy
const nobody = /^(?:localhost|ip6-.*|.*\.localdomain|broadcasthost)$/i

function findHostsLine(text: string, at: number): readonly Match[] {
  const lineStart = runLeft(text, at, hex, addressReach)
  if (lineStart > 0 && text[lineStart - 1] !== '\n') return none
  line.lastIndex = lineStart
  const names = line.exec(text)?.[1]
  if (names === undefined || names.split(/[ \t]+/).length > namesMax) return none
  const start = text.indexOf(names, at)
  return [...names.matchAll(/[\w.-]+/g)]
    .filter(([name]) => !nobody.test(name))
    .map(({ 0: name, index }) => ({ start: start + index, end: start + index + name.length }))
}
