import type { InstallEvent } from '../../src/event/install.ts'
import { join, lift } from '../../src/event/merge.ts'
import type { RunState } from '../../src/event/run.ts'
import type { StoreWriter } from '../../src/store/port.ts'

/** A report with the fields that a case is about. */
export type Report = Partial<InstallEvent> & { readonly at?: number }

/** The state that reports add up to; each is a container's success at time 0 unless it says otherwise. */
export function stateOf(...reports: readonly Report[]): RunState {
  return reports
    .map(({ at = 0, ...fields }) => {
      const install: InstallEvent = { type: 'lxc', nsapp: 'alpine', status: 'success', ...fields }
      return lift({ kind: 'install', install, repairs: [], rules: [] }, at)
    })
    .reduce(join)
}

/** A key that spells the number `n`. */
export function keyOf(n: number): Uint8Array {
  const key = new Uint8Array(16)
  new DataView(key.buffer).setUint32(0, n)
  return key
}

/** Writes the run `n` of a tenant as it shall be, whatever it was. */
export function put(store: StoreWriter, n: number, after: RunState, tenant = 'default'): void {
  const key = keyOf(n)
  const [before] = store.load([{ tenant, key }])
  store.apply('test', store.cursor('test') + 1, [{ tenant, key, ...(before && { before }), after }])
}
