import { expect, test } from 'bun:test'
import { sayAmount } from '../../src/alert/figure.ts'

test.each([
  [1, 'backups', '1 backup'],
  [2, 'backups', '2 backups'],
  [1_000, 'runs', '1,000 runs'],
  [1, '%', '1 %'],
  [12.25, '% free', '12.3 % free'],
])('%p of %s reads as %s', (value, unit, said) => {
  expect(sayAmount(value, unit)).toBe(said)
})
