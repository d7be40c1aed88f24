import { dottedEnd } from '../host-name.ts'
import { endAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isHost } from './host-label.ts'

/** Machines by the name that people tell: `mein Rechner heißt x`, `a server called x`, `der Server x-1 ist`. */
export const toldHost: Recognizer = {
  name: 'told-host',
  type: 'HOSTNAME',
  isWeighed: true,
  label: '<host>',
  anchors: [
    'rechner ',
    'laptop ',
    'notebook ',
    'computer ',
    'machine ',
    'maschine ',
    'server ',
    'nas ',
    'hostname ',
    'pc ',
    'vm ',
    'knoten ',
    'raspi ',
    'raspberry ',
  ],
  find: findToldHost,
  examples: {
    hidden: [
      ['Mein Rechner heißt notebook-ilse und', 'Mein Rechner heißt <host> und'],
      ['der Server heißt Dachs.', 'der Server heißt <host>.'],
      ['the laptop is called dachs, ok', 'the laptop is called <host>, ok'],
      ['a VM named web-7', 'a VM named <host>'],
      ['unser Server namens dachs ist', 'unser Server namens <host> ist'],
      ['mit dem Rechner "werkbank" verbunden', 'mit dem Rechner "<host>" verbunden'],
      ['hostname is dachs-1.', 'hostname is <host>.'],
      ['den Server kiste-04 neu starten', 'den Server <host> neu starten'],
      ['my NAS is called Heinz\n', 'my NAS is called <host>\n'],
    ],
    kept: [
      'the server is called twice',
      'a server named after it',
      'server called from main',
      'Rechner heißt es',
      'machine is named by the user',
      'hostname is not set',
      'hostname is too long',
      'the server "is" down',
      'server php8.2-fpm',
      'virtual machine pc-i440fx-8.1',
      'server HTTP/1.1 200',
      'VM 101',
      'server nginx-1.25',
      'server error-404',
    ],
  },
}

const kinds = '(?:rechner|laptop|notebook|computer|ma(?:schine|chine)|server|nas|hostname|pc|vm|knoten|raspi|raspberry pi|mini-pc)'
const quote = '["\'`„“»]'
const said = new RegExp(
  `${kinds},? (?:(?:heißt|heisst|nennt sich|namens|hört auf den namen|lautet|is (?:called|named)|named|called) ${quote}?(?=[a-z][\\w.-]{0,62}["'\`”“«]?(?:[,.;:!?)]?(?:\\s|$)))|(?:is|ist|was|war|genannt)? ?${quote}(?=[\\w.-]{2,63}["'\`”“«])|(?:is|ist) (?=[a-z][\\w.]{0,40}[\\d-][\\w-]{0,40}(?:[,.;:!?)]?(?:\\s|$))))`,
  'iy',
)
/** A name of letters, a hyphen and a number stands bare. */
const numbered =
  /(?:rechner|laptop|notebook|computer|ma(?:schine|chine)|server|nas|knoten) (?=[a-z]{2,16}(?:-[a-z]{2,16})?-?\d{2,3}(?![\w.-])|[a-z]{2,16}-\d(?![\w.-]))/iy
const noName =
  /^(?:twice|once|after|from|by|it|es|er|sie|so|das|die|der|with|without|when|for|if|in|on|at|to|as|via|pipes?|is|are|not|too|port|version|error|code|exit|http|https|status|sha|utf|rfc|ipv|phase|step|php|python|mysql|nginx|debian|ubuntu|windows|win|centos|node|tls|ssl)(?![a-z])/i

function findToldHost(text: string, at: number): readonly Match[] {
  const start = endAt(said, text, at, endAt(numbered, text, at))
  if (start < 0) return none
  const end = dottedEnd(text, start)
  const isName = end > start && isHost(text, start, end) && !noName.test(text.slice(start, end))
  return isName ? [{ start, end }] : none
}
