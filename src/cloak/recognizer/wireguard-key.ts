import { base64, isIn, runRight } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Secret keys of WireGuard, 44 characters of base64, behind the words of its settings and of `wg`. Public keys stay, as fingerprints do. */
export const wireguardKey: Recognizer = {
  name: 'wireguard-key',
  type: 'PRIVATE_KEY',
  label: '<wireguard-key>',
  anchors: ['privatekey', 'presharedkey', 'private key', 'preshared key', 'private-key', 'preshared-key', 'psk'],
  find: findWireguardKey,
  examples: {
    hidden: [
      ['PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=', 'PrivateKey = <wireguard-key>'],
      ['"PresharedKey": "/UwcSPg38hW/D9Y3tcS1FOV0K1wuURMbS0sesJEP5ak="', '"PresharedKey": "<wireguard-key>"'],
    ],
    kept: ['PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=', 'private key: missing', 'PrivateKey=short='],
  },
}

const keyLength = 43
const nameReach = 40
const settingName = /^(?:private.?key|preshared.?key|psk)["']?\s{0,4}[:=]?\s{0,4}["']?/i

function findWireguardKey(text: string, at: number): readonly Match[] {
  const word = settingName.exec(text.slice(at, at + nameReach))
  if (!word) return none
  const start = at + word[0].length
  const end = runRight(text, start, base64, keyLength + 1)
  return end - start === keyLength && text[end] === '=' && !isIn(text, end + 1, base64) ? [{ start, end: end + 1 }] : none
}
