import type { PropsWithChildren } from '@kitajs/html'
import { Layout } from '../frame/layout.tsx'
import type { Theme } from '../frame/theme.ts'

/** A page for who did not sign in yet: a title, its cards and the way back. */
export function PlainPage(props: PropsWithChildren<{ readonly title: string; readonly theme?: Theme | undefined }>): string {
  const { title } = props
  return Layout({
    title: `${title} · telemetry`,
    ...(props.theme !== undefined && { theme: props.theme }),
    footer: { text: title, link: { href: '/', text: 'Start page' } },
    children: props.children,
  })
}
