import { Html } from '@elysiajs/html'
import type { Href } from '../address.ts'
import { Link } from './link.tsx'

/** In place of a list that has nothing: why that is, and what to do. */
export function Empty(props: { readonly why: string; readonly todo?: { readonly href: Href; readonly text: string } }): string {
  const { why, todo } = props
  const element = (
    <p>
      <span safe>{why}</span> {todo === undefined ? '' : <Link href={todo.href} text={todo.text} />}
    </p>
  )
  return String(element)
}
