import type { Log, LogFacts } from '../base/log.ts'
import type { Seq } from '../event/entry.ts'
import type { EngineStatus } from './engine.ts'

/** What the thread says unasked: how it is, once a second, and each fault by its code; with `seq` where an entry was set aside for it. */
export type ConsumerNotice =
  | { readonly kind: 'status'; readonly status: EngineStatus }
  | { readonly kind: 'log'; readonly level: keyof Log; readonly facts: LogFacts; readonly message: string }
  | { readonly kind: 'fault'; readonly code: string; readonly seq?: Seq }
