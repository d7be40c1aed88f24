import type { Href } from '../address.ts'
import type { FrameView } from '../frame/frame-view.ts'
import type { PastView } from './past.tsx'
import type { KindView, RuleFieldsView } from './rule-form.tsx'

/** A script or an error that a rule is about, with its page where it has one. */
export type SubjectView = { readonly text: string; readonly href?: Href }

/** A rule and how it stands, in words. */
export type RuleView = {
  readonly id: string
  readonly href: Href
  readonly title: string
  readonly state: 'ok' | 'pending' | 'firing' | 'no_data' | 'muted'
  readonly now: string
  readonly limit: string
  /** What keeps it from being told, in words: a mute with its end, quiet hours. */
  readonly silences: readonly string[]
  readonly since: string
  /** When it was told of last and what became of that by channel; absent where it never was. */
  readonly lastSent?: { readonly at: string; readonly sent: string }
  /** When it is looked at next, or why it is not. */
  readonly nextLook: string
  /** Which subjects of it are not well, the first ones, and how many more there are. */
  readonly subjects: readonly SubjectView[]
  readonly moreSubjects: number
}

/** Something that was told, and where it is seen; `sent` says by channel what became of it. */
export type ToldView = {
  readonly at: string
  readonly title: string
  readonly summary: string
  readonly href?: Href
  readonly sent: string
  /** Channels that gave it up and could try again. */
  readonly again?: { readonly message: string; readonly channels: readonly string[] }
}

/** `/alerts`. `channels` are where messages go; `change` is there for who may change the rules. */
export type AlertsView = {
  readonly frame: FrameView
  readonly isEnabled: boolean
  readonly channels: readonly string[]
  readonly rules: readonly RuleView[]
  readonly told: readonly ToldView[]
  readonly change?: {
    readonly token: string
    readonly kinds: readonly KindView[]
    /** Whether there is somebody to send a test message to, and who asks may. */
    readonly mayTest: boolean
    readonly chosen: string
    readonly fields: RuleFieldsView
  }
}

/** `/alerts/{id}`: one rule with what it says, how it stands and what was told of it. */
export type RulePageView = {
  readonly frame: FrameView
  readonly rule: RuleView
  readonly facts: readonly { readonly name: string; readonly text: string }[]
  readonly past: PastView
  /** What was told of it and what was done to it. */
  readonly history: readonly ToldView[]
  /** For who may change it. The values of the rule that the settings make are theirs: others can only be tried. */
  readonly change?: {
    readonly token: string
    readonly mayTest: boolean
    readonly isOfSettings: boolean
    readonly fields: RuleFieldsView
  }
}
