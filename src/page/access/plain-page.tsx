import type { PropsWithChildren } from '@kitajs/html'
import type { LookedAt } from '../frame/header.tsx'
import { Layout } from '../frame/layout.tsx'

/** A page for who did not sign in yet: a title, its cards and the way back. */
export function PlainPage(props: PropsWithChildren<{ readonly title: string; readonly looked?: LookedAt | undefined }>): string {
  const { title } = props
  return Layout({
    title: `${title} · telemetry`,
    looked: props.looked,
    footer: { text: title, link: { href: '/', text: 'Start page' } },
    children: props.children,
  })
}
