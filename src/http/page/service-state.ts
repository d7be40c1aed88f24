import type { Condition } from '../health.ts'

/** How the parts of the service are, with figures. What is undefined is not known at this moment. */
export type ServiceState = Condition & {
  /** Events on disk that are not yet in the store. */
  readonly lagEvents: number | undefined
  /** Changes of runs that PocketBase does not have yet; undefined when it is off. */
  readonly mirrorLag: number | undefined
}
