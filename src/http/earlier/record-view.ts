import { installFields } from '../../event/install.ts'
import type { RunReading } from '../../event/reading.ts'

/** A record as the JSON APIs have always shown it: wire names; what is zero or empty is left out. */
export type RecordView = Readonly<Record<string, string | number | boolean>>

/** Fields that stand on every record, whatever their value. */
const alwaysShown: readonly string[] = ['random_id', 'type', 'nsapp', 'status']

/** A run as a record of the JSON APIs. */
export function viewRecord(reading: RunReading): RecordView {
  const view: Record<string, string | number | boolean> = {}
  for (const { wire, name } of installFields) {
    const value = reading[name]
    if (value !== undefined && (alwaysShown.includes(wire) || (value !== '' && value !== 0 && value !== false))) view[wire] = value
  }
  view['random_id'] ??= ''
  view['pipeline'] = JSON.stringify(
    reading.pipeline.map(({ stage, first }) => ({ s: stage === 'terminal' ? reading.status : stage, t: formatTime(first) })),
  )
  view['created'] = formatTime(reading.firstAt)
  return view
}

/** `YYYY-MM-DD HH:MM:SS.mmmZ`, the form of the earlier APIs and of PocketBase. */
export function formatTime(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ')
}
