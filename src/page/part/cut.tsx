import { Html } from '@elysiajs/html'

/** So many characters fit wherever a text is cut, even of the widest. */
const fittingMax = 12

/** A text that others chose, in a table: the style sheet cuts it where it is longer than its place, and a pointer over it is told the whole. */
export function Cut(props: { readonly text: string }): string {
  const { text } = props
  return String(
    <span class="cut" title={titleOfCut(text)} safe>
      {text}
    </span>,
  )
}

/** The whole of a text that may be cut; nothing where it surely fits. */
export function titleOfCut(text: string): string | undefined {
  return text.length > fittingMax ? Html.escapeHtml(text) : undefined
}
