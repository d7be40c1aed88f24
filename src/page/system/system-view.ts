import type { Href } from '../address.ts'
import type { FrameView } from '../frame/frame-view.ts'

/** How a part of the service is, in words. `off` was not attached. */
export type PartView = {
  readonly name: string
  readonly state: 'good' | 'odd' | 'bad' | 'off'
  readonly text: string
  readonly todo?: string
  readonly href?: Place
}

/** One named figure, formatted with its unit; `href` is where what it counts is found. */
export type FactView = { readonly name: string; readonly text: string; readonly href?: Href | Place }

/** A card of the same page. */
export type Place = `#${string}`

/** How often something was done to what clients sent, by its code. */
export type CodeCountView = { readonly code: string; readonly count: number; readonly meaning: string }

/** What is done by the clock: its period, and its last and next run in words. */
export type TimerView = {
  readonly name: string
  readonly purpose: string
  readonly every: string
  readonly state: 'good' | 'bad' | 'off'
  readonly last: string
  readonly next: string
}

/** `/system`. Counts of what came in are since the start. */
export type SystemView = {
  readonly frame: FrameView
  readonly startedAt: string
  readonly parts: readonly PartView[]
  /** What `doctor` found by the clock in whole files and on the network, and when; absent for who may not see it. */
  readonly checks?: { readonly lookedAt: string; readonly parts: readonly PartView[] }
  readonly storage: readonly FactView[]
  readonly events: readonly FactView[]
  readonly refused: readonly CodeCountView[]
  readonly repaired: readonly CodeCountView[]
  readonly timers: readonly TimerView[]
  /** What the next runs of the retention remove. */
  readonly retention: readonly FactView[]
  /** Runs PocketBase refused for a fault of their own: the newest ones, and how many there are. */
  readonly parked: {
    readonly count: number
    readonly runs: readonly { readonly id: string; readonly reason: string; readonly since: string }[]
  }
  readonly versions: readonly FactView[]
  /** Whether the reader may manage users and keys. */
  readonly isAdmin: boolean
}
