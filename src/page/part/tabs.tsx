import { Html } from '@elysiajs/html'
import type { Href } from '../address.ts'
import { formatCount } from '../format.ts'
import { Link } from './link.tsx'

export type Tab = { readonly text: string; readonly href: Href; readonly count: number; readonly isCurrent: boolean }

/** The parts of a list as links, each with how much it holds. */
export function Tabs(props: { readonly label: string; readonly tabs: readonly Tab[] }): string {
  const element = (
    <nav class="switch" aria-label={Html.escapeHtml(props.label)}>
      {props.tabs.map(({ text, href, count, isCurrent }) => (
        <Link href={href} text={`${text} ${formatCount(count)}`} isCurrent={isCurrent} />
      ))}
    </nav>
  )
  return String(element)
}
