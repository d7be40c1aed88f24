import { createHash } from 'node:crypto'
import { installFields } from '../../src/event/install.ts'

const timeNames = ['received_at', 'old_created', 'created_at', 'created'] as const
const contentNames = [...installFields.map(({ wire }) => wire), ...timeNames].sort()

/**
 * An id for a record that has none of a run, by the names of the wire and with its times in one form: always the same for the same record, wherever it
 * stands. The id that its database gave it decides, with its time; without one, all that it says. It is no UUID, so it is replaced by a keyed hash as any
 * foreign id is: nobody can find out by trying what a hidden text was.
 */
export function deriveId(record: Readonly<Record<string, unknown>>): string {
  const { id } = record
  const hasId = (typeof id === 'string' && id !== '') || typeof id === 'number'
  const names = hasId ? ['id', ...timeNames] : contentNames
  const content = names.flatMap((name) => (record[name] === undefined ? [] : [[name, record[name]]]))
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}
