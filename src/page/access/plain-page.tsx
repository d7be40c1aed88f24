import { Html } from '@elysiajs/html'
import type { PropsWithChildren } from '@kitajs/html'
import { Layout } from '../frame/layout.tsx'
import type { Theme } from '../frame/theme.ts'
import { PostForm } from './access-part.tsx'

/** Who signed in, for the line on top of the pages about access. */
export type SignedIn = { readonly name: string; readonly isAdmin: boolean; readonly token: string; readonly theme?: Theme }

/** A page about access rather than about runs: a title, who signed in, its cards and the way back. */
export function PlainPage(
  props: PropsWithChildren<{ readonly title: string; readonly signedIn?: SignedIn | undefined; readonly theme?: Theme | undefined }>,
): string {
  const { title, signedIn } = props
  return Layout({
    title: `${title} · telemetry`,
    theme: props.theme ?? signedIn?.theme ?? 'auto',
    footer: { text: title, link: { href: '/', text: 'Start page' } },
    children: [signedIn === undefined ? '' : AccessLine({ signedIn }), props.children],
  })
}

function AccessLine(props: { readonly signedIn: SignedIn }): string {
  const { name, isAdmin, token } = props.signedIn
  const element = (
    <nav class="card" aria-label="access">
      <PostForm action="/sign-out" token={token}>
        <strong safe>{name}</strong> <a href="/account">Account</a>{' '}
        {isAdmin ? (
          <>
            <a href="/users">Users</a> <a href="/keys">Keys</a>{' '}
          </>
        ) : (
          ''
        )}
        <button type="submit">Sign out</button>
      </PostForm>
    </nav>
  )
  return String(element)
}
