import { Html } from '@elysiajs/html'
import { Layout, type LayoutProps } from './frame/layout.tsx'
import type { Theme } from './frame/theme.ts'
import { SendCard, type SendCardView } from './part/send-card.tsx'

/** What anybody sees. */
export type HomeView = SendCardView & {
  readonly madeAt: string
  readonly theme: Theme
  /** Whether the page loads itself again every few seconds. */
  readonly isLive: boolean
  /** What the holder of a key has to know instead of figures. */
  readonly notice?: string
}

const refreshSeconds = 5
const pausedPath = '/?live=0'

/** `/`: how to send the first event, whether it came, and where to sign in. */
export function Home(props: { readonly view: HomeView }): string {
  const { view } = props
  return Layout({
    title: 'telemetry',
    footer: footerOf(view),
    looked: { theme: view.theme, path: view.isLive ? '/' : pausedPath },
    ...(view.isLive && { refreshSeconds }),
    children: [view.notice === undefined ? '' : <Notice text={view.notice} />, <SendCard view={view} />, <SignInLine />],
  })
}

/** When the page was made, and the switch that stops it from loading itself again: not everybody reads in five seconds. */
function footerOf({ madeAt, isLive }: HomeView): NonNullable<LayoutProps['footer']> {
  return isLive
    ? { text: `${madeAt} UTC · loads again every ${refreshSeconds} seconds`, link: { href: pausedPath, text: 'Pause' } }
    : { text: `${madeAt} UTC · paused`, link: { href: '/', text: 'Go on' } }
}

function Notice(props: { readonly text: string }): string {
  const element = (
    <p class="card notice" role="status" safe>
      {props.text}
    </p>
  )
  return String(element)
}

function SignInLine(): string {
  const element = (
    <p>
      <a href="/sign-in">Sign in</a> to see what was counted.
    </p>
  )
  return String(element)
}
