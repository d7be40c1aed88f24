import type { Href } from './address.ts'
import type { FrameView } from './frame/frame-view.ts'

/** A page in place of the one that was asked for: what is the case, and what to do. */
export type FaultView = {
  readonly frame: FrameView
  readonly title: string
  readonly text: string
  readonly todo?: { readonly href: Href; readonly text: string }
}
