import { letter } from '../character.ts'
import { isPublicHost } from '../public-host.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Addresses of the web, whole. Those of public download hosts and of this machine say nothing of anybody, so they are found only where little is asked. */
export const webAddress: Recognizer = {
  name: 'web-address',
  type: 'URL',
  label: '<URL>',
  score: 0.9,
  anchors: ['http://', 'https://', 'ftp://', 'ws://', 'wss://'],
  signs: [{ sign: 'www.', after: [letter] }],
  find: findAddress,
  examples: {
    hidden: [
      ['Visit https://www.example.com:8443/a?b=c now', 'Visit <URL> now'],
      ['(see http://nas.local/photo.)', '(see <URL>.)'],
      ['www.example.org/x, too', '<URL>, too'],
      ['"https://example.com/a%20b"', '"<URL>"'],
    ],
    kept: [
      'https://github.com/a/b',
      'http://localhost:8080/x',
      'http://127.0.0.1:9',
      'https://$HOST/x',
      'http:// nothing',
      'awww.',
      'www.',
    ],
  },
}

const form = /(?:(?:https?|ftp|wss?):\/\/|www\.)([^\s"'`<>/?#\\]{1,512})([/?#][^\s"'`<>\\]{0,2048})?/iy
/** What ends a sentence or closes what stands around the address. */
const closing = /[.,;:!?)\]}*]+$/
const publicScore = 0.35

function findAddress(text: string, at: number): readonly Match[] {
  form.lastIndex = at
  const found = form.exec(text)
  if (found === null || /[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ')) return none
  const value = found[0].replace(closing, '')
  const host = (found[1] ?? '')
    .replace(closing, '')
    .replace(/^.*@/, '')
    .replace(/:\d{1,5}$/, '')
    .toLowerCase()
  if (!/[\p{L}\p{N}]/u.test(host) || /[${}*]/.test(host)) return none
  const isHarmless = isPublicHost(host) || /^(?:localhost|127\.|0\.0\.0\.0|\[::1?\])/.test(host)
  return [{ start: at, end: at + value.length, ...(isHarmless && { score: publicScore }) }]
}
