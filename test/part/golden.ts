import { expect } from 'bun:test'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const folder = join(import.meta.dir, '../golden')

/** Expects a text to be what `test/golden/<name>` holds. `npm run golden` writes what is there now; nothing else ever does. */
export function expectGolden(name: string, text: string): void {
  const path = join(folder, name)
  if (process.env['GOLDEN'] === 'write') {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  expect(text).toBe(readFileSync(path, 'utf8'))
}
