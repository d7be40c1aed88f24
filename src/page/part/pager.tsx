import { Html } from '@elysiajs/html'
import type { Href } from '../address.ts'
import { Link } from './link.tsx'

/** The ways to the neighbours of a page of a list. A way that is absent leads nowhere. */
export function Pager(props: { readonly label: string; readonly newer?: Href; readonly older?: Href }): string {
  const { label, newer, older } = props
  const element = (
    <nav class="pager" aria-label={label}>
      {newer === undefined ? <span class="muted">‹ newer</span> : <Link href={newer} text="‹ newer" />}
      {older === undefined ? <span class="muted">older ›</span> : <Link href={older} text="older ›" />}
    </nav>
  )
  return String(element)
}
