import { Html } from '@elysiajs/html'

/** Names with what is to be said of them, one beside the other. */
export function FactsList(props: { readonly facts: readonly { readonly name: string; readonly text: string }[] }): string {
  const element = (
    <dl class="facts-list">
      {props.facts.map(({ name, text }) => (
        <>
          <dt safe>{name}</dt>
          <dd safe>{text}</dd>
        </>
      ))}
    </dl>
  )
  return String(element)
}
