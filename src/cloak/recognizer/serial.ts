import { dot, hyphen, isIn, letter, runRight, word } from '../character.ts'
import { endAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Serial numbers of machines and disks behind their label, and in the names under `/dev/disk/by-id`. */
export const serial: Recognizer = {
  name: 'serial',
  type: 'SERIAL_NUMBER',
  isWeighed: true,
  label: '<serial>',
  anchors: ['serial', 's/n', 'service tag', 'asset tag', '/by-id/', 'wwn', 'seriennummer', 'imei', 'imsi', 'iccid', 'fabrikationsnummer'],
  find: findSerial,
  examples: {
    hidden: [
      ['Serial Number: S3Z9NB0K123456X', 'Serial Number: <serial>'],
      ['ID_SERIAL_SHORT=WD-WX11D00ABCDE', 'ID_SERIAL_SHORT=<serial>'],
      ['S/N: C02ABC123DEF', 'S/N: <serial>'],
      ['Seriennummer: 2140123456', 'Seriennummer: <serial>'],
      ['Die Seriennummer des Geräts ist CSQ55015474.', 'Die Seriennummer des Geräts ist <serial>.'],
      ['the serial number is CSQ55015474', 'the serial number is <serial>'],
      ['IMEI 490154203237518', 'IMEI <serial>'],
      ['serial=0x1F2E3D4C,', 'serial=<serial>,'],
      ['/dev/disk/by-id/ata-Samsung_SSD_860_S3Z9NB0K-part1', '/dev/disk/by-id/<serial>'],
      ['LU WWN Device Id: 5 002538 e40a1b2c3', 'LU WWN Device Id: <serial>'],
    ],
    kept: [
      'serial0: socket',
      'Serial: 8250/16550 driver',
      'Serial Number: Not Specified',
      'serialize: true',
      'serial console',
      'wwn: none',
      'serial number is 5 of 7',
      'IMEI is missing',
      'serial is faster',
      '/dev/serial/by-id/usb-Nabu_Casa_ZWA-2-if00',
    ],
  },
}

const label =
  /(?:serial(?:[_ -]?(?:number|num|no|nr|short))?|s\/n|service tag|asset tag|wwn(?: device id)?)\.?["']?[ \t]{0,24}[:=#][ \t]{0,8}["']?/iy
/** In a sentence only what is long, and no word. */
const told =
  /(?:(?:serien|fabrikations)nummer|serial (?:number|no\.?)|imei|imsi|iccid)(?: (?:des|der|von|of|for) (?:the |your |my )?[\p{L}-]{2,24})?(?:(?: lautet| ist| is):?|:)?[ \t]{1,3}(?=(?=[A-Z-]{0,12}\d)[A-Z\d-]{7,32}(?![\w-]))/iuy
const valueReach = 64

function findSerial(text: string, at: number): readonly Match[] {
  if (text[at] === '/') return findDiskId(text, at)
  if (isIn(text, at - 1, letter)) return none
  const start = endAt(label, text, at, endAt(told, text, at))
  if (start < 0) return none
  const value = /^(?:\d [0-9a-f]{6} [0-9a-f]{9}|[\w:.-]+)/i.exec(text.slice(start, start + valueReach))?.[0].replace(/[.:-]+$/, '') ?? ''
  return value.length >= 5 && /\d/.test(value) ? [{ start, end: start + value.length }] : none
}

/** A part that tells one device from the others of its kind: matches `ata-Samsung_SSD_860_S3Z9NB0K`, `wwn-0x5002538e40a1b2c3`; must not match `usb-Nabu_Casa_ZWA-2-if00`. */
const ofDevice = /(?:^|[_.-])(?=[^_.-]{0,40}\d[^_.-]{0,40}\d)(?:0x)?[A-Za-z\d]{7,40}(?![A-Za-z\d])/

function findDiskId(text: string, at: number): readonly Match[] {
  const start = at + '/by-id/'.length
  const end = runRight(text, start, word | hyphen | dot, 128)
  return ofDevice.test(text.slice(start, end)) ? [{ start, end }] : none
}
