import { letter } from '../character.ts'
import { isPublicHost } from '../public-host.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** The schemes behind which a machine of a network stands. */
const schemes = [
  ...'http https ftp ftps sftp ws wss ldap ldaps ldapi imap imaps smtp smtps submission pop3 pop3s redis rediss amqp'.split(' '),
  ...'amqps mqtt mqtts nats kafka mongodb mongodb+srv mysql mariadb postgres postgresql sqlserver mssql oracle'.split(' '),
  ...'clickhouse influxdb bolt neo4j smb cifs nfs afp ssh git svn rsync rtsp rtmp rtmps srt stun turn turns sip sips'.split(' '),
  ...'ipp ipps socket lpd tcp udp tls opc.tcp coap socks5'.split(' '),
]

/** Addresses of the web and of other services, whole. Those of public download hosts and of this machine say nothing of anybody, so they are found only where little is asked. */
export const webAddress: Recognizer = {
  name: 'web-address',
  type: 'URL',
  label: '<URL>',
  score: 0.9,
  anchors: schemes.map((scheme) => `${scheme}://`),
  signs: [{ sign: 'www.', after: [letter] }],
  find: findAddress,
  examples: {
    hidden: [
      ['Visit https://www.example.com:8443/a?b=c now', 'Visit <URL> now'],
      ['(see http://nas.local/photo.)', '(see <URL>.)'],
      ['www.example.org/x, too', '<URL>, too'],
      ['"https://example.com/a%20b"', '"<URL>"'],
      ['ldap_uri = ldaps://dir1.campus.lan', 'ldap_uri = <URL>'],
      ['url="jdbc:mariadb://vhs-sql:3306/kurse"', 'url="<URL>"'],
    ],
    kept: [
      'https://github.com/a/b',
      'http://localhost:8080/x',
      'http://127.0.0.1:9',
      'https://$HOST/x',
      'http:// nothing',
      'webpack://app/src/a.js',
      'awww.',
      'www.',
    ],
  },
}

const form = /(?:[a-z][a-z\d.+]{1,11}:\/\/|www\.)([^\s"'`<>/?#\\]{1,512})([/?#][^\s"'`<>\\]{0,2048})?/iy
/** What ends a sentence or closes what stands around the address. */
const closing = /[.,;:!?)\]}*]+$/
/** What Java writes before the address of a database. */
const jdbc = 'jdbc:'
const publicScore = 0.35

function findAddress(text: string, at: number): readonly Match[] {
  form.lastIndex = at
  const found = form.exec(text)
  if (found === null || /[\p{L}\p{N}.+]/u.test(text[at - 1] ?? ' ')) return none
  const value = found[0].replace(closing, '')
  const host = (found[1] ?? '')
    .replace(closing, '')
    .replace(/^.*@/, '')
    .replace(/:\d{1,5}$/, '')
    .toLowerCase()
  if (!/[\p{L}\p{N}]/u.test(host) || /[${}*]/.test(host)) return none
  const isHarmless = isPublicHost(host) || /^(?:localhost|127\.|0\.0\.0\.0|\[::1?\])/.test(host)
  const start = text.slice(Math.max(0, at - jdbc.length), at) === jdbc ? at - jdbc.length : at
  return [{ start, end: at + value.length, ...(isHarmless && { score: publicScore }) }]
}
