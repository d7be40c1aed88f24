import { Html } from '@elysiajs/html'
import type { Href } from '../address.ts'
import { Link } from '../part/link.tsx'
import type { FrameView } from './frame-view.ts'
import { themePath, themes } from './theme.ts'

const navigation = [
  { name: 'overview', text: 'Overview', href: '/dashboard', isOpen: true },
  { name: 'scripts', text: 'Scripts', href: '/script-analysis', isOpen: true },
  { name: 'errors', text: 'Errors', href: '/error-analysis', isOpen: true },
  { name: 'records', text: 'Records', href: '/records', isOpen: false },
  { name: 'alerts', text: 'Alerts', href: '/alerts', isOpen: false },
  { name: 'system', text: 'System', href: '/system', isOpen: false },
] as const satisfies readonly { readonly name: string; readonly text: string; readonly href: Href; readonly isOpen: boolean }[]

export type NavName = (typeof navigation)[number]['name']

/** The ways to the pages, who signed in, and the theme switch. Who did not sign in sees the ways that are open to all. */
export function Header(props: { readonly frame: FrameView; readonly current: NavName | undefined }): string {
  const { frame, current } = props
  const ways = navigation.filter(({ isOpen }) => isOpen || frame.viewer !== undefined)
  const element = (
    <header class="top">
      <div>
        <a class="brand" href="/">
          telemetry
        </a>
        <nav aria-label="pages">
          {ways.map(({ name, text, href }) => (
            <Link href={href} text={text} isCurrent={name === current} />
          ))}
        </nav>
        {frame.isPublished ? '' : <ThemeSwitch frame={frame} />}
        {frame.isPublished ? '' : <Account frame={frame} />}
      </div>
    </header>
  )
  return String(element)
}

/** How a page looks, and its own address, to which the switch returns. */
export type LookedAt = Pick<FrameView, 'theme' | 'path'>

/** The top of a page that leads nowhere yet: the product's name is its heading. A page that answers a form has no address to switch the theme at. */
export function PlainHeader(props: { readonly looked: LookedAt | undefined }): string {
  const { looked } = props
  const element = (
    <header class="top">
      <div>
        <h1>
          <a class="brand" href="/">
            telemetry
          </a>
        </h1>
        {looked === undefined ? '' : <ThemeSwitch frame={looked} />}
      </div>
    </header>
  )
  return String(element)
}

function ThemeSwitch(props: { readonly frame: LookedAt }): string {
  const element = (
    <form class="switch" method="post" action={themePath} aria-label="theme">
      <input type="hidden" name="back" value={Html.escapeHtml(props.frame.path)} />
      {themes.map((theme) => (
        <button type="submit" name="theme" value={theme} aria-pressed={theme === props.frame.theme ? 'true' : 'false'}>
          {theme}
        </button>
      ))}
    </form>
  )
  return String(element)
}

function Account(props: { readonly frame: FrameView }): string {
  const { viewer } = props.frame
  return viewer === undefined ? '<a href="/sign-in">Sign in</a>' : Viewer({ viewer })
}

function Viewer(props: { readonly viewer: NonNullable<FrameView['viewer']> }): string {
  const { name, signOut } = props.viewer
  const element = (
    <form method="post" action={signOut.action} class="viewer">
      <input type="hidden" name="token" value={Html.escapeHtml(signOut.token)} />
      <a class="name" href="/account" safe>
        {name}
      </a>
      <button type="submit">Sign out</button>
    </form>
  )
  return String(element)
}
