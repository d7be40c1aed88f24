import { base64Url, digit, isIn, runLeft, runRight } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Keys of Telegram bots: alone, and in the addresses of the bots' interface, where shorter ones count too. */
export const telegramToken: Recognizer = {
  name: 'telegram-token',
  type: 'API_KEY',
  label: '<token>',
  anchors: [':aa', 'api.telegram.org/bot'],
  find: findTelegramToken,
  examples: {
    hidden: [
      ['https://api.telegram.org/bot123456:AAbb-ccDD/sendMessage', 'https://<host>/bot<token>/sendMessage'],
      ['bot 123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawX up', 'bot <token> up'],
      ['"123456789:AAHdqTcvCH1vGWJxfSeofSAs0K"', '"<token>"'],
    ],
    kept: ['123456789:AAHdq', 'id:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawX', '12:AA:bb:cc', 'api.telegram.org/bot'],
  },
}

const address = 'api.telegram.org/bot'
/** Bots have at least that many digits before the colon; a key has 35 signs behind it, of which a cut may have left fewer. */
const digitsMin = 6
const digitsReach = 16
const keyLengthMin = 20
const keyReach = 512

function findTelegramToken(text: string, at: number): readonly Match[] {
  if (text[at] !== ':') return findInAddress(text, at + address.length)
  const start = runLeft(text, at, digit, digitsReach)
  if (at - start < digitsMin || isIn(text, start - 1, digit) || !text.startsWith('AA', at + 1)) return none
  const end = runRight(text, at + 1, base64Url, keyReach)
  return end - at > keyLengthMin ? [{ start, end }] : none
}

/** Behind `bot` nothing else can stand, up to the slash before the method. */
function findInAddress(text: string, start: number): readonly Match[] {
  let end = runRight(text, start, base64Url, keyReach)
  if (text[end] === ':') end = runRight(text, end + 1, base64Url, keyReach)
  return end - start >= digitsMin ? [{ start, end }] : none
}
