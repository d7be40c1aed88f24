import { Html } from '@elysiajs/html'
import { Link } from './link.tsx'

type Fact = { readonly name: string; readonly text: string; readonly href?: string }

/** Names with what is to be said of them, one beside the other. What has an address opens what it counts. */
export function FactsList(props: { readonly facts: readonly Fact[] }): string {
  const element = (
    <dl class="facts-list">
      {props.facts.map(({ name, text, href }) => (
        <>
          <dt safe>{name}</dt>
          {href === undefined ? (
            <dd safe>{text}</dd>
          ) : (
            <dd>
              <Link href={href} text={text} />
            </dd>
          )}
        </>
      ))}
    </dl>
  )
  return String(element)
}
