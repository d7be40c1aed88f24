import { Html } from '@elysiajs/html'
import type { PropsWithChildren } from '@kitajs/html'
import type { Href } from '../address.ts'
import type { FrameView } from '../frame/frame-view.ts'
import { Layout } from '../frame/layout.tsx'
import { Link } from '../part/link.tsx'

/** Who signed in, as the pages about access show it. `token` goes into their forms. */
export type SignedIn = { readonly name: string; readonly isAdmin: boolean; readonly token: string; readonly frame: FrameView }

const ways = [
  { text: 'Account', href: '/account' },
  { text: 'Users', href: '/users' },
  { text: 'Keys', href: '/keys' },
  { text: 'Audit', href: '/audit' },
] as const satisfies readonly { readonly text: string; readonly href: Href }[]

/** A page about access for who signed in: the top and foot of every other page, and for admins the ways from one to the next. */
export function AccessPage(
  props: PropsWithChildren<{ readonly title: (typeof ways)[number]['text']; readonly signedIn: SignedIn }>,
): string {
  const { title, signedIn } = props
  return Layout({
    title,
    frame: signedIn.frame,
    children: [signedIn.isAdmin ? AccessWays({ current: title }) : '', props.children],
  })
}

function AccessWays(props: { readonly current: string }): string {
  const element = (
    <nav class="switch" aria-label="access">
      {ways.map(({ text, href }) => (
        <Link href={href} text={text} isCurrent={text === props.current} />
      ))}
    </nav>
  )
  return String(element)
}
