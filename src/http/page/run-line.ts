import { formatMinute, formatSeconds } from '../../page/format.ts'
import type { RunLineView } from '../../page/record/run-line-view.ts'
import type { RunView } from '../../store/reader-port.ts'

/** A run as a line of a list. */
export function runLineOf({ reading }: Pick<RunView, 'reading'>): RunLineView {
  const { executionId, randomId, status, nsapp, type, osType, osVersion, method, exitCode, error, installDuration, repairs } = reading
  return {
    id: executionId ?? randomId ?? '',
    time: formatMinute(reading.firstAt),
    state: status,
    script: nsapp,
    type,
    system: [osType, osVersion].filter(Boolean).join(' '),
    method: method ?? '',
    ...(exitCode !== undefined && { exitCode }),
    error: error ?? '',
    took: installDuration === undefined ? '' : formatSeconds(installDuration),
    isRepaired: repairs.length > 0,
  }
}
