import { failureOf } from '../../event/failure.ts'
import { type Failure, fingerprintOf, fingerprintVersion } from '../../event/fingerprint.ts'
import type { RunHead } from '../../event/reading.ts'
import type { WritableWords } from '../words.ts'
import { type ReadingColumn, readingColumns } from './columns.ts'

/** Says how the cells below are made: whatever changes them takes a new one, and every store is brought up to date. */
export const readingVersion = `readings-1.${fingerprintVersion}`

/** The cells of `readingColumns`. */
export function encodeReading(reading: RunHead, words: WritableWords): (number | null)[] {
  return readingColumns.map((column) => {
    const text = texts[column](reading)
    return text === undefined ? null : words.code(wordKind[column], text)
  })
}

/** The kinds of their words: categories are named alike, whether they were reported or read. */
const wordKind = { os_release: 'os_release', gpu: 'gpu', category: 'error_category', error_group: 'error_group' } as const

const texts: Readonly<Record<ReadingColumn, (reading: RunHead) => string | undefined>> = {
  os_release: ({ osType, osVersion }) => (osType === undefined || osVersion === undefined ? osType : `${osType} ${osVersion}`),
  gpu: ({ gpuVendor, gpuPassthrough }) =>
    gpuVendor === 'unknown' && gpuPassthrough === 'unknown' ? undefined : `${gpuVendor} ${gpuPassthrough}`,
  category: ({ errorCategory }) => errorCategory,
  error_group: groupOfRun,
}

/** The fingerprint of the group of errors that a run belongs to, by its text and its log; nothing for one that succeeded, or left nothing to group it by. */
export function groupOfRun(reading: RunHead): string | undefined {
  return isFailure(reading) ? recallFingerprint(failureOf(reading)) : undefined
}

/** Failures whose fingerprint is remembered. Most of a day say what others said, and to read one costs as much as to store a run. */
const rememberedMax = 1_000
const remembered = new Map<string, string>()

function recallFingerprint(failure: Failure): string {
  const key = JSON.stringify([failure.error, failure.exitCode, failure.errorCategory, failure.cause])
  const known = remembered.get(key)
  if (known !== undefined) return known
  if (remembered.size >= rememberedMax) remembered.clear()
  const fingerprint = fingerprintOf(failure)
  remembered.set(key, fingerprint)
  return fingerprint
}

/** Whether a run ended without success and left something to group it by. One that a timer gave up left nothing. */
function isFailure({ status, error, exitCode }: RunHead): boolean {
  const hasEnded = status === 'failed' || status === 'aborted' || status === 'unknown'
  return hasEnded && (error !== undefined || exitCode !== undefined)
}
