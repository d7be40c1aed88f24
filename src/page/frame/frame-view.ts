import type { Href } from '../address.ts'
import type { Theme } from './theme.ts'

/** Something the reader has to know: `fault` where a page has no figures for it, `warning` where they are not what was asked for. */
export type NoticeView = {
  readonly tone: 'info' | 'warning' | 'fault'
  readonly text: string
  readonly link?: { readonly href: Href; readonly text: string }
}

/** A form that changes something: where it goes, and the token by which the service knows it for its own. */
export type FormTarget = { readonly action: Href; readonly token: string }

/** What stands around every page of the dashboard. */
export type FrameView = {
  readonly theme: Theme
  /** The address of the page itself, to which the theme switch returns. */
  readonly path: Href
  /** A file for elsewhere: nothing can be asked of it, so it has no form, no sign-in and no way to the service. */
  readonly isPublished?: true
  /** Who signed in; absent on the public pages. */
  readonly viewer?: { readonly name: string; readonly signOut: FormTarget }
  /** How long the figures took, up to when they count, and where the same figures are data. */
  readonly made: { readonly milliseconds: string; readonly asOf: string; readonly json?: Href; readonly csv?: Href }
  readonly notices: readonly NoticeView[]
  /** After how many seconds the page loads itself again, and the way to one that does not. */
  readonly refresh?: { readonly seconds: number; readonly pause: Href }
}
