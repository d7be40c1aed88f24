import { describe, expect, test } from 'bun:test'
import { findNames } from '../../../src/cloak/name/find-names.ts'

const size = 256 * 1024
/** Of processor time, so that what else runs on the machine does not count; a quadratic walk over so much takes ten seconds and more. */
const millisecondsMax = 2_500

const units = [
  'Word ',
  'word ',
  'Anna ',
  'A. ',
  'A-',
  'a:',
  'Name: ',
  'A & ',
  'Dr. ',
  'von ',
  'Anna von ',
  "A's",
  'GmbH ',
  'X GmbH & Co. ',
  'University of ',
  'in Leeds ',
  '<',
  'Anna <',
  'Regards,',
  'Anna: ',
  'Xyzzyx, ',
  'name;',
  '"so it is said" ',
  '🌻',
]

describe('a quarter of a megabyte takes linear time', () => {
  test.each(units.flatMap((unit) => [[unit, ''] as const, [unit, '\n'] as const]))('%j, with %j at 80', (unit, end) => {
    const line = end === '' ? unit : `${unit.repeat(Math.ceil(80 / unit.length))}${end}`
    const start = process.cpuUsage()
    findNames(line.repeat(Math.ceil(size / line.length)))
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1000).toBeLessThan(millisecondsMax)
  })

  test('four times as much of all that together', () => {
    const unit = units.join('\n')
    const start = process.cpuUsage()
    findNames(unit.repeat(Math.ceil((4 * size) / unit.length)))
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1000).toBeLessThan(4 * millisecondsMax)
  })
})
