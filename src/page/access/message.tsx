import { Html } from '@elysiajs/html'
import { PlainPage } from './plain-page.tsx'

/** What a page says instead of what was asked for, and where to go from there. */
export type MessageView = {
  readonly title: string
  readonly text: string
  readonly link: { readonly href: `/${string}`; readonly text: string }
}

/** A page with one sentence and one link. */
export function Message(props: { readonly view: MessageView }): string {
  const { title, text, link } = props.view
  const card = (
    <section class="card">
      <h2 safe>{title}</h2>
      <p safe>{text}</p>
      <p>
        <a href={link.href} safe>
          {link.text}
        </a>
      </p>
    </section>
  )
  return PlainPage({ title, children: [String(card)] })
}
