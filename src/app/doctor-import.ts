import { join } from 'node:path'
import type { Settings } from '../config.ts'
import { formatMinute } from '../page/format.ts'
import type { PartView } from '../page/system/system-view.ts'
import { readStartMark } from './start-mark.ts'

/** What became of the import that the last start began, where it shall begin one. */
export function examineStartImport({ dataDir, runMigration }: Settings): readonly PartView[] {
  if (!runMigration) return []
  const name = 'import'
  const mark = readStartMark(join(dataDir, 'import'))
  if (mark === undefined) return [{ name, state: 'off', text: 'is not done yet: it goes on while the service runs' }]
  const at = `${formatMinute(mark.at)} UTC`
  if ('finished' in mark) return [{ name, state: 'good', text: `was done at ${at}` }]
  return [
    {
      name,
      state: 'bad',
      text: `failed at ${at}: ${mark.failed}`,
      todo: 'Mend that and start the service again: it goes on where it was.',
    },
  ]
}
