import type { FrameView } from '../frame/frame-view.ts'

/** A rule and how it stands, in words. */
export type RuleView = {
  readonly id: string
  readonly title: string
  readonly state: 'ok' | 'pending' | 'firing' | 'no_data' | 'muted'
  readonly now: string
  readonly limit: string
  readonly since: string
  /** Which subjects of it are not well. */
  readonly subjects: readonly string[]
}

/** Something that was told; `sent` says by channel what became of it. */
export type ToldView = { readonly at: string; readonly title: string; readonly sent: string }

/** `/alerts`. `channels` are where messages go. */
export type AlertsView = {
  readonly frame: FrameView
  readonly isEnabled: boolean
  readonly channels: readonly string[]
  readonly rules: readonly RuleView[]
  readonly told: readonly ToldView[]
}
