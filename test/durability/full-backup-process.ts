import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyFolder, packCopy } from '../../src/archive/copy-folder.ts'
import { systemClock } from '../../src/base/clock.ts'

/** Makes a backup on a disk that is filled between the copying and the packing. Prints what was said and what stayed. */
const folder = process.argv[2] ?? ''
const into = join(folder, 'backup')
const copy = copyFolder({ folder, into, begunAt: systemClock.now() })
if (!copy.ok) throw new Error(copy.fault)
fillDisk(join(folder, 'filler'))
const said = await packCopy(copy.value, systemClock.now).catch((cause: Error) => cause.message)
process.stdout.write(JSON.stringify({ said, left: readdirSync(into) }))

function fillDisk(path: string): void {
  for (let bytes = 1 << 20; bytes >= 1 << 9; bytes >>= 1) {
    try {
      for (;;) writeFileSync(path, new Uint8Array(bytes), { flag: 'a' })
    } catch {
      // Less of it may still find room.
    }
  }
}
