import type { Log } from '../base/log.ts'
import type { StoreWriter } from '../store/port.ts'
import type { ConsumerSettings } from './consumer-settings.ts'

/**
 * Works beside the runner, in its thread and on its writer, so that the store keeps one writer. A mirror is one.
 * `start` may be called once; `wake` says that the store may have changed; `stop` finishes what is in flight.
 */
export type Companion = {
  readonly name: string
  start(): void
  wake(): void
  stop(): Promise<void>
  /** What `/healthz` and the metrics show of it; must pass `postMessage`. */
  status(): unknown
}

/** Makes the companions that the settings ask for. */
export type CreateCompanions = (settings: ConsumerSettings, store: StoreWriter, log: Log) => readonly Companion[]
