import type { PropsWithChildren } from '@kitajs/html'
import { Layout } from './layout.tsx'

/** A page about access rather than about runs: a title, its cards and the way back. */
export function PlainPage(props: PropsWithChildren<{ readonly title: string }>): string {
  return Layout({
    title: `${props.title} · telemetry`,
    footer: { text: props.title, link: { href: '/', text: 'Start page' } },
    children: props.children,
  })
}
