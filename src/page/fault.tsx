import { Html } from '@elysiajs/html'
import type { FaultView } from './fault-view.ts'
import { Layout } from './frame/layout.tsx'
import { Empty } from './part/empty.tsx'

/** In place of a page that cannot be shown: an unknown record, a parameter that does not exist, a store that gives no answer. */
export function Fault(props: { readonly view: FaultView }): string {
  const { frame, title, text, todo } = props.view
  const element = (
    <section class="card notice fault" role="alert">
      <Empty why={text} {...(todo && { todo })} />
    </section>
  )
  return Layout({ title, frame, children: element })
}
