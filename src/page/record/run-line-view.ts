import type { StateName } from '../part/state.tsx'

/** One run in a list; every text is formatted. `id` is that of its page. */
export type RunLineView = {
  readonly id: string
  readonly time: string
  readonly state: StateName
  readonly script: string
  readonly type: string
  readonly system: string
  readonly method: string
  readonly exitCode?: number
  readonly error: string
  readonly took: string
  readonly isRepaired: boolean
}
